/**
 * What an answer is: one object for each answer type, as in the Python half
 * (`screening_block/engine/types.py`). `tests/vectors/answers.json` and `said.json` hold
 * for both.
 */

import { date_key, date_text } from "./dates.js";

/** @import { AnswerType, Cell, Question, Value } from "./shapes.js" */

/**
 * `good`, or a refusal.
 * @template T
 * @param {T} good
 * @returns {NonNullable<T>}
 */
export function need(good, code = "type") {
  if (!good) throw { code };
  return good;
}

/** @type {NonNullable<AnswerType["listed"]>} */
const options_of = ({ options }) => [...options.keys()];

/** @type {AnswerType["format_answer"]} */
const format_options = (w, key, value) => w.list([value].flat().map((one) => w.option(key, one)));

/** @type {AnswerType["canonical"]} */
function canonical_option({ options }, value) {
  need(typeof value === "string");
  need(options.has(value), "unknown_option");
  return value;
}

/** @type {AnswerType["canonical"]} */
function canonical_number({ min, max }, value) {
  need(Number.isSafeInteger(value));
  need(!(value < min || value > max), "range");
  return value + 0; // which makes 0 of -0
}

/** @type {Record<string, AnswerType>} */
export const TYPES = {
  // A record that inherits nothing.
  __proto__: /** @type {any} */ (null),
  choice: {
    input: "one",
    listed: options_of,
    canonical: canonical_option,
    format_answer: format_options,
  },
  choices: {
    input: "several",
    listed: options_of,
    canonical(question, value) {
      const { options } = question;
      need(Array.isArray(value));
      need(value.length <= options.size, "duplicate");
      /** @type {string[]} */
      const keys = value
        .map((/** @type {unknown} */ item) => canonical_option(question, item))
        .sort();
      need(new Set(keys).size === keys.length, "duplicate");
      need(keys.length < 2 || !keys.some((key) => options.get(key)?.exclusive), "exclusive");
      return keys;
    },
    format_answer: format_options,
  },
  yes_no: {
    input: "one",
    listed: () => [true, false],
    canonical(question, value) {
      need(typeof value === "boolean");
      return value;
    },
    format_answer: format_options,
  },
  integer: {
    input: "number",
    canonical: canonical_number,
    format_answer: (w, key, value, { unit }) => w.number(value, unit),
  },
  money: {
    input: "number",
    canonical: canonical_number,
    format_answer: (w, key, value, { currency }) => w.money(value, currency),
  },
  date: {
    input: "date",
    canonical(question, value) {
      need(typeof value === "string");
      return need(date_key(value), "date");
    },
    value_of: (cell) => date_text(Number(cell)),
    format_answer: (w, key, value) => w.date(value),
  },
};

/**
 * A cell as JSON; null for both kinds of unknown.
 * @param {Question} question
 * @param {Cell} [cell]
 * @returns {Value | null}
 */
export const public_value = ({ base }, cell = null) =>
  cell === null ? cell : (TYPES[base].value_of?.(cell) ?? cell);
