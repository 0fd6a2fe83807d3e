/** The one canonicaliser of answers. Nothing is coerced. */

import { AnswerError } from "./errors.js";
import { TYPES, need, public_value } from "./types.js";

/** @import { Answers, Cell, Question, Release } from "./shapes.js" */

/** The option of a chart for what is not in its list. */
export const OTHER = "other";

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
 * The cell of a value.
 * @param {Question} question
 * @param {any} value
 */
function read(question, value) {
  const { base, plugin, data } = question;
  const { canonical } = need(TYPES[base], "missing_plugin");
  try {
    if (plugin) value = plugin.canonicalise(value, data);
  } catch {
    need(false);
  }
  return canonical(question, value);
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
