/**
 * Words for the parts of a release: labels, numbers, dates, lists. All wording is data,
 * shared with the Python half: `screening_block/engine/sentences.<locale>.json`, which
 * the page hands in.
 */

const DATE_NAME = "date";
export const OTHER = "other";
/** What a comparison becomes when it is denied, and when its sides change places. */
export const DENIED = { lt: "ge", le: "gt", eq: "ne", ge: "lt", gt: "le" };
export const TURNED = { lt: "gt", le: "ge", eq: "eq", ge: "le", gt: "lt" };

const own = (object, key) =>
  object !== null && typeof object === "object" && Object.hasOwn(object, key)
    ? object[key]
    : undefined;

// What Python calls white space; `trim` differs on a few characters.
const SPACE =
  "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const ENDS = new RegExp(`^${SPACE}|${SPACE}$`, "g");

/** A template with its slots filled, all at once: what a value holds is not read. */
export function fill(template, values) {
  return template.replace(/\{([a-z]+)\}/g, (slot, name) => own(values, name) ?? slot);
}

/** A locale's sentences over the English ones: what a locale lacks stays English. */
export function merge(english, over) {
  const merged = { ...english, ...over };
  for (const [key, value] of Object.entries(english)) {
    const better = own(over, key);
    if (is_object(value) && is_object(better)) merged[key] = merge(value, better);
  }
  return merged;
}

const is_object = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** The words of one release in one locale on one day. */
export class Wording {
  constructor(release, locale, as_of, sentences) {
    this.release = release;
    this.locales = [locale, release.locale];
    this.as_of = as_of;
    this.s = sentences;
    this.words = sentences.words;
    this.thresholds = release.data.thresholds;
  }

  // Labels

  /** A text of the release in this locale or its source locale, or "". */
  text(...path) {
    for (const locale of this.locales) {
      const value = path.reduce(own, own(this.release.data.texts, locale));
      const bare = typeof value === "string" ? value.replace(ENDS, "") : "";
      if (bare) return this.render(bare);
    }
    return "";
  }

  /** A text, or the last key of its path in plain letters. */
  label(...path) {
    const key = path.at(path.at(-1) === "label" ? -2 : -1);
    return this.text(...path) || key.replaceAll("_", " ");
  }

  question(key) {
    return this.label("questions", key, "label");
  }

  /** A label before an answer: with a colon, unless it ends in a mark already. */
  head(label) {
    return /[?:!]$/.test(label) ? label : `${label.replace(/\.+$/, "")}:`;
  }

  option(question, value) {
    if (typeof value === "boolean") return this.words[value ? "said_yes" : "said_no"];
    const { chart } = this.release.questions.get(question).data;
    if (chart !== undefined && value !== OTHER) return this.label("charts", chart, "rows", value);
    const found = this.text("questions", question, "options", value);
    return found || (value === OTHER ? this.words.other : value.replaceAll("_", " "));
  }

  /** Values of a chart's column as a list. */
  cell(chart, column, values, word) {
    const label = (value) => this.label("charts", chart, "values", column, value);
    return this.list(values.map(label), word);
  }

  /** `a, b and c`; nothing is "none of these". */
  list(items, word = "and") {
    const parts = [...new Set(items)];
    const forms = this.s.lists[word];
    if (!parts.length) return this.words.nothing;
    if (parts.length === 2) return fill(forms.two, { a: parts[0], b: parts[1] });
    const last = parts.length - 1;
    return parts.reduce((a, b, place) => fill(place < last ? forms.comma : forms.last, { a, b }));
  }

  // Values

  /** `1,825 days`; a unit without forms of its own follows the number. */
  number(n, unit) {
    const shown = `${n < 0 ? "-" : ""}${this.grouped(Math.abs(n))}`;
    const forms = own(this.s.units, unit ?? "");
    if (!forms) return `${shown} ${unit.replaceAll("_", " ")}`;
    const form = own(this.s.plural, String(n)) ?? "other";
    return fill(own(forms, form) ?? forms.other, { n: shown });
  }

  grouped(n) {
    return String(n).replace(/\B(?=(\d{3})+$)/g, () => this.s.digits.group);
  }

  /** Minor units as an amount; whole amounts without the minor part. */
  money(amount, currency) {
    const form = own(this.s.money, currency) ?? this.s.money[""];
    const minor = 10 ** form.digits;
    const rest = Math.abs(amount) % minor;
    let shown = this.grouped((Math.abs(amount) - rest) / minor);
    if (rest) shown += this.s.digits.decimal + String(rest).padStart(form.digits, "0");
    const text = fill(form.text, { amount: shown, currency });
    return amount < 0 ? `-${text}` : text;
  }

  date(text) {
    const [year, month, day] = text.split("-").map(Number);
    const name = this.s.months[month - 1];
    return fill(this.s.date, { month: name, day: String(day), year: String(year) });
  }

  /** A number, an amount (if a currency is given) or a date. */
  value(value, unit, currency) {
    if (typeof value === "string") return this.date(value);
    return currency ? this.money(value, currency) : this.number(value, unit);
  }

  /** A visitor's own answer, known, in their words. */
  answer(question, value) {
    const { type, unit } = this.release.questions.get(question).data;
    if (Array.isArray(value)) return this.list(value.map((item) => this.option(question, item)));
    if (typeof value === "number") return this.value(value, unit, this.currency_of(question));
    const dated = type === "date" || (type !== "choice" && /^[-0-9]{10}$/.test(value));
    return dated ? this.date(value) : this.option(question, value);
  }

  currency_of(question) {
    const { currency, type } = this.release.questions.get(question).data;
    return currency || (type === "money" ? "USD" : undefined);
  }

  /** How a bare number beside an operand is counted: [unit, currency]. */
  measure({ question, threshold }) {
    if (question !== undefined) {
      return [this.release.questions.get(question).data.unit, this.currency_of(question)];
    }
    if (threshold === undefined) return [];
    const { unit, type } = this.thresholds[threshold];
    return [unit, type === "money" ? "USD" : undefined];
  }

  // Thresholds

  /** The value on the day of this wording, or null. */
  threshold_value(key) {
    const past = this.thresholds[key].values.filter(({ from }) => from <= this.as_of);
    return past.at(-1)?.value ?? null;
  }

  /** A threshold's value with its unit. */
  threshold(key) {
    const value = this.threshold_value(key);
    if (value === null) return this.words.no_value;
    return this.value(value, ...this.measure({ threshold: key }));
  }

  /** The citations of a threshold, or "". */
  citation(key) {
    const texts = (this.thresholds[key].citations ?? []).map(({ text }) => text);
    return [...new Set(texts)].join("; ");
  }

  /** A text with `{threshold}` and `{date}` filled in. */
  render(text, date = null) {
    return text.replace(/\{([a-z0-9_]{1,64})\}/g, (slot, name) => {
      if (name === DATE_NAME) return date === null ? this.words.later : this.date(date);
      return own(this.thresholds, name) ? this.threshold(name) : slot;
    });
  }

  /** `365 days or more`, `before May 1, 2015`. */
  phrase(kind, cmp, x) {
    return fill(this.s.phrases[kind][cmp], { x });
  }

  /** `date` or `number`: which phrases fit a comparison of these operands. */
  kind_of(...operands) {
    for (const { question, threshold, today, value } of operands) {
      if (today || typeof value === "string") return "date";
      if (question && this.release.questions.get(question).type === "date") return "date";
      if (threshold) return this.thresholds[threshold].type === "date" ? "date" : "number";
    }
    return "number";
  }
}
