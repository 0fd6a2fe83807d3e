/**
 * Words for the parts of a release: labels, numbers, dates, lists. All wording is data,
 * made by the Python half for one language and day: `word_book` in
 * `screening_block/engine/phrases.py`.
 */

export const OTHER = "other";

/** A template with its slots filled, all at once: what a value holds is not read. */
export const fill = (template, values) =>
  template.replace(/\{([a-z]+)\}/g, (slot, name) => values[name] ?? slot);

/**
 * The words of one release.
 * @param {object} book of `word_book`, as `parse` reads it
 */
export function wording({ data, questions }, book) {
  const { words } = book;

  /** A text of the release in this locale or its source locale, or "". */
  function text(path, day) {
    for (const locale of [book.locale, data.locale]) {
      const found = path.reduce((texts, key) => texts?.[key], data.texts[locale])?.trim();
      if (found) return render(found, day);
    }
    return "";
  }

  /** A text with `{threshold}` and `{date}` filled in. */
  const render = (found, day) =>
    found.replace(/\{(\w+)\}/g, (slot, name) =>
      name === "date" ? (day ? date(day) : words.later) : (book.thresholds[name] ?? slot),
    );

  /** A text, or the key of what it belongs to in plain letters. */
  const label = (path, key = path.at(-1)) => text(path) || key.replaceAll("_", " ");
  const question = (key) => label(["questions", key, "label"], key);

  function option(key, value) {
    if (typeof value === "boolean") return value ? words.said_yes : words.said_no;
    const { chart } = questions.get(key);
    if (chart && value !== OTHER) return label(["charts", chart, "rows", value]);
    const found = ["questions", key, "options", value];
    return value === OTHER ? text(found) || words.other : label(found);
  }

  /** `a, b and c`; nothing is "none of these". */
  function list(items) {
    const parts = [...new Set(items)];
    const form = (place) => (parts.length < 3 ? "two" : place < parts.length - 1 ? "comma" : "last");
    if (!parts.length) return words.nothing;
    return parts.reduce((a, b, place) => fill(book.list[form(place)], { a, b }));
  }

  /** A string, in its form for a number if it has such, with its slots filled. */
  const say = (forms, slots = {}, n = slots.n) => fill(forms[book.plural[n]] ?? forms.other ?? forms, slots);

  const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, () => book.digits.group);

  /** `1,825 days`; a unit without forms of its own follows the number. */
  function number(value, unit = "") {
    const n = grouped(value);
    const forms = book.units[unit];
    return forms ? say(forms, { n }, value) : `${n} ${unit.replaceAll("_", " ")}`;
  }

  /** Minor units as an amount; whole amounts without the minor part. */
  function money(value, currency) {
    const form = book.money[currency] ?? book.money[""];
    const size = Math.abs(value);
    const rest = size % 10 ** form.digits;
    let amount = grouped((size - rest) / 10 ** form.digits);
    if (rest) amount += book.digits.decimal + String(rest).padStart(form.digits, "0");
    return (value < 0 ? "-" : "") + fill(form.text, { amount, currency });
  }

  function date(day) {
    const [year, month, number] = day.split("-").map(Number);
    return fill(book.date, { month: book.months[month - 1], day: number, year });
  }

  /** A visitor's own answer, known, in their words. */
  function answer(key, value) {
    const { base, type, unit, currency = type === "money" && "USD" } = questions.get(key);
    if (Array.isArray(value)) return list(value.map((one) => option(key, one)));
    if (typeof value === "number") return currency ? money(value, currency) : number(value, unit);
    return base === "date" ? date(value) : option(key, value);
  }

  return { text, render, label, question, option, list, date, answer, say };
}
