/**
 * Words for the parts of a release: labels, numbers, dates, lists. All wording is data,
 * made by the Python half for one language and day: `word_book` in
 * `screening_block/engine/phrases.py`.
 */

import { OTHER } from "./answers.js";
import { TYPES } from "./types.js";

/** @import { Book, Question, Release, Value } from "./shapes.js" */

/**
 * A template with its slots filled, all at once: what a value holds is not read.
 * @param {string} template
 * @param {Record<string, any>} values
 */
export const fill = (template, values) =>
  template.replace(/\{(\w+)\}/g, (slot, /** @type {string} */ name) => values[name] ?? slot);

/**
 * The words of one release.
 * @param {Release} release
 * @param {Book} book of `word_book`, as `parse` reads it
 */
export function wording({ data, questions }, book) {
  const { words } = book;

  /**
   * A text of the release in this locale or its source locale, what stands for it, or "";
   * with `{threshold}` and `{date}` filled in. Without a day, what is left without it.
   * @param {string[]} path
   * @param {string | null} [day]
   * @returns {string}
   */
  function text(path, day) {
    /** @param {any} texts */
    const at = (texts) => path.reduce((part, step) => part?.[step], texts)?.trim();
    const left = day ? null : at(book.undated);
    const found =
      left ?? (at(data.texts[book.locale]) || at(data.texts[data.locale]) || at(book.texts) || "");
    return fill(found, { __proto__: null, ...book.thresholds, date: day && date(day) });
  }

  /** @param {string} key */
  const question = (key) => text(["questions", key, "label"]);

  /**
   * @param {string} key
   * @param {any} value
   */
  function option(key, value) {
    const { chart } = /** @type {Question} */ (questions.get(key));
    return text(
      chart && value !== OTHER
        ? ["charts", chart, "rows", value]
        : ["questions", key, "options", value],
    );
  }

  /**
   * `a, b and c`; nothing is "none of these".
   * @param {string[]} items
   */
  function list(items) {
    const parts = [...new Set(items)];
    /** @param {number} place */
    const form = (place) =>
      parts.length < 3 ? "two" : place < parts.length - 1 ? "comma" : "last";
    if (!parts.length) return words.nothing;
    return parts.reduce((a, b, place) => fill(book.list[form(place)], { a, b }));
  }

  /**
   * A string, in its form for a number if it has such, with its slots filled.
   * @param {any} forms
   * @param {Record<string, any>} [slots]
   * @param {number} [n]
   */
  const say = (forms, slots = {}, n = slots.n) =>
    fill(forms[book.plural[n]] ?? forms.other ?? forms, slots);

  /** @param {number} n */
  const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, () => book.digits.group);

  /**
   * @param {number} value
   * @param {string} unit
   */
  const number = (value, unit) => say(book.units[unit], { n: grouped(value) }, value);

  /**
   * Minor units as an amount; whole amounts without the minor part.
   * @param {number} value
   * @param {string} currency
   */
  function money(value, currency) {
    const form = book.money[currency];
    const size = Math.abs(value);
    const rest = size % 10 ** form.digits;
    let amount = grouped((size - rest) / 10 ** form.digits);
    if (rest) amount += book.digits.decimal + String(rest).padStart(form.digits, "0");
    return (value < 0 ? "-" : "") + fill(form.text, { amount, currency });
  }

  /** @param {string} day */
  function date(day) {
    const [year, month, number] = day.split("-").map(Number);
    return fill(book.date, { month: book.months[month - 1], day: number, year });
  }

  /**
   * A visitor's own answer, known, in their words.
   * @param {string} key
   * @param {Value} value
   */
  function answer(key, value) {
    const { base } = /** @type {Question} */ (questions.get(key));
    return TYPES[base].format_answer(w, key, value, book.questions[key]);
  }

  const w = { text, question, option, list, number, money, date, answer, say };
  return w;
}
