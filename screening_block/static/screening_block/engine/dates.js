/**
 * Calendar arithmetic on whole numbers; no `Date` and no clock.
 *
 * Inside the engine a date is its date key, `year * 10000 + month * 100 + day`: keys
 * sort as dates do. The Gregorian rule holds for every year.
 */

import { EngineError } from "./errors.js";

export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2100;
const LENGTHS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days from 1 March of year 0 to 1 January 1970, which is day 0. */
const EPOCH = 719468;

const div = (a, b) => Math.floor(a / b);
const split = (key) => [div(key, 10000), div(key, 100) % 100, key % 100];
const join = (year, month, day) => year * 10000 + month * 100 + day;

function month_length(year, month) {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : LENGTHS[month];
}

/** The key of strict ASCII `YYYY-MM-DD`, or null if that is not a real date. */
export function date_key(text, first = FIRST_YEAR, last = LAST_YEAR) {
  if (typeof text !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return null;
  const [year, month, day] = text.split("-").map(Number);
  const real =
    year >= first && year <= last && month >= 1 && month <= 12 &&
    day >= 1 && day <= month_length(year, month);
  return real ? join(year, month, day) : null;
}

/** `YYYY-MM-DD` of a key of the years 1 to 9999. */
export function date_text(key) {
  const text = String(key).padStart(8, "0");
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** Day number of a key: 1 January 1970 is 0. */
export function key_day(key) {
  let [year, month, day] = split(key);
  // Years run from March here, so that the leap day is the last of its year.
  if (month < 3) {
    year -= 1;
    month += 12;
  }
  return (
    365 * year + div(year, 4) - div(year, 100) + div(year, 400) +
    div(153 * (month - 3) + 2, 5) + day - 1 - EPOCH
  );
}

/** The key of a day number; the inverse of `key_day`. */
export function day_key(number) {
  const era = div(number + EPOCH, 146097);
  let rest = number + EPOCH - era * 146097;
  const year = div(rest - div(rest, 1460) + div(rest, 36524) - div(rest, 146096), 365);
  rest -= 365 * year + div(year, 4) - div(year, 100);
  const month = div(5 * rest + 2, 153);
  const day = rest - div(153 * month + 2, 5) + 1;
  const full = year + 400 * era;
  return month < 10 ? join(full, month + 3, day) : join(full + 1, month - 9, day);
}

/**
 * The key `n` days, months or years later. Months and years keep the day number; where
 * there is none it is the month's last day, or with `next_day` the first one after it.
 */
export function shift_key(key, n, unit, next_day) {
  if (unit === "days") return day_key(key_day(key) + n);
  let [year, month, day] = split(key);
  if (unit === "years") year += n;
  else {
    const months = year * 12 + month - 1 + n;
    year = div(months, 12);
    month = months - year * 12 + 1;
  }
  const length = month_length(year, month);
  if (day <= length) return join(year, month, day);
  return next_day ? join(year, month + 1, 1) : join(year, month, length);
}

const refuse = (code) => {
  throw new EngineError({ path: "", code });
};

/** Days from 1970-01-01 to a date of the years 1 to 9999; negative before it. */
export function day_no(date) {
  return key_day(date_key(date, 1, 9999) ?? refuse("date"));
}

/** A date of the years 1 to 9999 moved by `n` days, months or years. */
export function shift(date, n, unit, roll = "last_day") {
  const known =
    Number.isInteger(n) && ["days", "months", "years"].includes(unit) &&
    ["last_day", "next_day"].includes(roll);
  if (!known) refuse("period");
  const key = date_key(date, 1, 9999) ?? refuse("date");
  if (Math.abs(n) > 4_000_000) refuse("range");
  const moved = shift_key(key, n, unit, roll === "next_day");
  return moved >= 10000 && moved <= 99991231 ? date_text(moved) : refuse("range");
}
