/** The one canonicaliser of answers. Nothing is coerced. */

import { date_key, date_text } from "./dates.js";
import { AnswerError } from "./errors.js";

/** @import { Answers, Cell, Question, Release, Value } from "./shapes.js" */

/** The option of a chart for what is not in its list. */
export const OTHER = "other";

/**
 * A cell as JSON; null for both kinds of unknown.
 * @param {Question} question
 * @param {Cell} [cell]
 * @returns {Value | null}
 */
export function public_value({ base }, cell = null) {
  return cell && base === "date" ? date_text(Number(cell)) : cell;
}

/**
 * Cells as canonical JSON, in question order: what a visitor may save.
 * @param {Release} release
 * @param {Cell[]} cells
 */
export function values_of({ questions }, cells) {
  const values = /** @type {Answers} */ ({ __proto__: null });
  for (const [key, question] of questions) {
    const cell = cells[question.index];
    if (cell !== undefined) values[key] = public_value(question, cell);
  }
  return values;
}

/**
 * `good`, or a refusal.
 * @template T
 * @param {T} good
 * @returns {NonNullable<T>}
 */
const need = (good, code = "type") => {
  if (!good) throw { code };
  return good;
};

/** @typedef {(question: Question, value: any) => NonNullable<Cell>} Reader */

/**
 * Per type of question, what makes a value canonical or refuses it.
 * @type {Record<string, Reader> & {choice: (question: Question, value: any) => string}}
 */
export const READERS = {
  // A record that inherits nothing.
  __proto__: /** @type {any} */ (null),
  choice({ options }, value) {
    need(typeof value === "string");
    need(options.has(value), "unknown_option");
    return value;
  },
  choices(question, value) {
    const { options } = question;
    need(Array.isArray(value));
    need(value.length <= options.size, "duplicate");
    /** @type {string[]} */
    const keys = value.map((/** @type {unknown} */ item) => READERS.choice(question, item)).sort();
    need(new Set(keys).size === keys.length, "duplicate");
    need(keys.length < 2 || !keys.some((key) => options.get(key)?.exclusive), "exclusive");
    return keys;
  },
  yes_no(question, value) {
    need(typeof value === "boolean");
    return value;
  },
  integer({ min, max }, value) {
    need(Number.isSafeInteger(value));
    need(!(value < min || value > max), "range");
    return value + 0; // which makes 0 of -0
  },
  date(question, value) {
    need(typeof value === "string");
    return need(date_key(value), "date");
  },
};
READERS.money = READERS.integer;

/** @type {Reader} */
function read(question, value) {
  const { base, plugin, data } = question;
  need(READERS[base], "missing_plugin");
  try {
    if (plugin) value = plugin.canonicalise(value, data);
  } catch {
    need(false);
  }
  return READERS[base](question, value);
}

/**
 * `values`, the answers in their canonical form, and `cells`: per question undefined (not
 * asked), null (not sure) or the value: a key, sorted keys, a boolean, an integer or a
 * date key. Throws an `AnswerError` with every problem.
 * @param {Release} release
 * @param {Record<string, unknown>} answers question key to answer; null is "I'm not sure"
 */
export function parse_answers(release, answers) {
  if (Object(answers) !== answers || Array.isArray(answers)) {
    throw new AnswerError({ path: "", code: "type" });
  }
  /** @type {Cell[]} */
  const cells = Array(release.questions.size).fill(undefined);
  const problems = [];
  for (const [key, value] of Object.entries(answers)) {
    try {
      const question = need(release.questions.get(key), "unknown_question");
      cells[question.index] = value === null ? null : read(question, value);
    } catch (refusal) {
      const { code } = /** @type {{code: string}} */ (refusal);
      // What cannot be a question's key is not repeated.
      problems.push({ path: /^[a-z0-9_]{1,64}$/.test(key) ? key : "", code });
    }
  }
  if (problems.length) throw new AnswerError(...problems);
  return { cells, values: values_of(release, cells) };
}
