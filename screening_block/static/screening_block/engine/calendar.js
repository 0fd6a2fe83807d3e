/** The rest of `dates.py`, which only sentences and tests need: days to dates and back. */

import { date_key, div, join, key_day, shift_key } from "./dates.js";
import { EngineError } from "./errors.js";

/** `YYYY-MM-DD` of a key of the years 1 to 9999. */
export function date_text(key) {
  return String(key).padStart(8, "0").replace(/(..)(..)$/, "-$1-$2");
}

/** The key of a day number; the inverse of `key_day`. */
export function day_key(number) {
  // From a January at most two years too early, month by month.
  let month = join(1969 + div(number, 365.25), 1, 1);
  for (let next = month; key_day(next) <= number; next = shift_key(next, 1)) month = next;
  return month + number - key_day(month);
}

/** The key `n` days, months or years later. */
export function moved(key, n, unit, next_day) {
  return unit === "days" ? day_key(key_day(key) + n) : shift_key(key, n, unit, next_day);
}

function refuse(code) {
  throw new EngineError({ path: "", code });
}

/** Days from 1970-01-01 to a date of the years 1 to 9999; negative before it. */
export function day_no(date) {
  return key_day(date_key(date, 1, 9999) ?? refuse("date"));
}

/** A date of the years 1 to 9999 moved by `n` days, months or years. */
export function shift(date, n, unit, roll = "last_day") {
  const units = ["days", "months", "years"];
  const rolls = ["last_day", "next_day"];
  if (!Number.isInteger(n) || !units.includes(unit) || !rolls.includes(roll)) refuse("period");
  const key = date_key(date, 1, 9999) ?? refuse("date");
  if (Math.abs(n) > 4_000_000) refuse("range");
  const found = moved(key, n, unit, roll === "next_day");
  return found >= 10000 && found <= 99991231 ? date_text(found) : refuse("range");
}
