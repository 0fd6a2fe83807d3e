/** The one canonicaliser of answers. Nothing is coerced. */

import { date_key } from "./dates.js";
import { AnswerError } from "./errors.js";

/**
 * Usable answers. `cells` holds per question undefined (not asked), null (not sure) or
 * the value: a key, sorted keys, a boolean, an integer or a date key.
 */
export class Answers {
  constructor(release, cells) {
    this.release = release;
    this.cells = cells;
  }
  /** As canonical JSON, in question order: what a visitor may save. */
  get values() {
    const values = { __proto__: null };
    for (const [key, question] of this.release.questions) {
      const cell = this.cells[question.index];
      if (cell !== undefined) values[key] = public_value(question, cell);
    }
    return values;
  }
}

/** A cell as JSON; null for both kinds of unknown. */
export function public_value({ base }, cell = null) {
  if (cell === null || base !== "date") return Array.isArray(cell) ? [...cell] : cell;
  return String(cell).replace(/(..)(..)$/, "-$1-$2");
}

/** `good`, or a refusal. */
const need = (good, code = "type") => {
  if (!good) throw { code };
  return good;
};

/** Per type of question, what makes a value canonical or refuses it. */
export const READERS = {
  __proto__: null,
  choice({ options }, value) {
    need(typeof value === "string");
    need(options.has(value), "unknown_option");
    return value;
  },
  choices(question, value) {
    const { options } = question;
    need(Array.isArray(value));
    need(value.length <= options.size, "duplicate");
    const keys = Array.from(value, (item) => READERS.choice(question, item)).sort();
    need(new Set(keys).size === keys.length, "duplicate");
    need(keys.length < 2 || !keys.some((key) => options.get(key).exclusive), "exclusive");
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

function read(question, value) {
  const { base, plugin, data } = question;
  need(base, "missing_plugin");
  try {
    if (plugin) value = plugin.canonicalise(value, data);
  } catch {
    value = null;
  }
  return READERS[base](question, value);
}

/**
 * @param {object|Answers} answers question key to answer; null is "I'm not sure"
 * @returns {Answers} or throws `AnswerError` with every problem
 */
export function parse_answers(release, answers) {
  if (answers instanceof Answers && answers.release === release) return answers;
  if (Object(answers) !== answers || Array.isArray(answers)) {
    throw new AnswerError({ path: "", code: "type" });
  }
  const cells = Array(release.questions.size).fill();
  const problems = [];
  for (const [key, value] of Object.entries(answers)) {
    try {
      const question = need(release.questions.get(key), "unknown_question");
      cells[question.index] = value === null ? null : read(question, value);
    } catch ({ code }) {
      // What cannot be a question's key is not repeated.
      problems.push({ path: /^[a-z0-9_]{1,64}$/.test(key) ? key : "", code });
    }
  }
  if (problems.length) throw new AnswerError(...problems);
  return new Answers(release, cells);
}
