/** Dates are keys, year * 10000 + month * 100 + day, which sort as they do. No `Date`. */

/** @type {(a: number, b: number) => number} whole, towards the past */
export const div = (a, b) => Math.floor(a / b);
/** @type {(key: number) => [year: number, month: number, day: number]} */
export const split = (key) => [div(key, 10000), div(key, 100) % 100, key % 100];
/** @type {(year: number, month: number, day: number) => number} */
export const join = (year, month, day) => year * 10000 + month * 100 + day;

/**
 * Days from 1970-01-01. Years run from March, so that a leap day is the last.
 * @param {number} year
 * @param {number} month may be 13: the January that follows
 * @param {number} day
 */
function day_of(year, month, day) {
  if (month < 3) {
    year -= 1;
    month += 12;
  }
  const leaps = div(year, 4) - div(year, 100) + div(year, 400);
  return 365 * year + leaps + div(153 * month - 457, 5) + day - 719469;
}

/** @type {(key: number) => number} */
export const key_day = (key) => day_of(...split(key));
/** @type {(year: number, month: number) => number} */
const month_length = (year, month) => day_of(year, month + 1, 1) - day_of(year, month, 1);

/**
 * The key of strict ASCII `YYYY-MM-DD`, or null if that is not a real date.
 * @param {any} text
 */
export function date_key(text, first = 1900, last = 2100) {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return null;
  const [year, month, day] = text.split("-").map(Number);
  const real = year >= first && year <= last && month > 0 && month < 13 && day > 0;
  return real && day <= month_length(year, month) ? join(year, month, day) : null;
}

/**
 * `YYYY-MM-DD` of a key of the years 1 to 9999.
 * @type {(key: number) => string}
 */
export const date_text = (key) =>
  String(key)
    .padStart(8, "0")
    .replace(/(..)(..)$/, "-$1-$2");

/** @type {Record<string, number>} How many months a unit has. */
const MONTHS = { months: 1, years: 12 };

/**
 * `n` months or years later: the same day, or the month's last or the next first.
 * @param {number} key
 * @param {number} n
 * @param {string} [unit]
 * @param {boolean} [next_day]
 */
export function shift_key(key, n, unit = "months", next_day) {
  const size = MONTHS[unit];
  if (!size) throw unit;
  const [year, month, day] = split(key);
  const months = year * 12 + month - 1 + n * size;
  /** @type {[year: number, month: number]} */
  const place = [div(months, 12), months - 12 * div(months, 12) + 1];
  const most = month_length(...place);
  return join(...place, 0) + (day <= most ? day : next_day ? 101 : most);
}
