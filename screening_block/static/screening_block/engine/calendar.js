/** The rest of `dates.py`, which only sentences and tests need: days to dates and back. */

import { date_key, div, join, key_day, shift_key } from "./dates.js";
import { EngineError } from "./errors.js";

/** Days from 1 March of year 0 to 1 January 1970. */
const EPOCH = 719468;

/** `YYYY-MM-DD` of a key of the years 1 to 9999. */
export function date_text(key) {
  return String(key).padStart(8, "0").replace(/(..)(..)$/, "-$1-$2");
}

/** The key of a day number; the inverse of `key_day`. */
export function day_key(number) {
  const era = div(number + EPOCH, 146097);
  let rest = number + EPOCH - 146097 * era;
  const year = div(rest - div(rest, 1460) + div(rest, 36524) - div(rest, 146096), 365);
  rest -= 365 * year + div(year, 4) - div(year, 100);
  const month = div(5 * rest + 2, 153);
  const day = rest - div(153 * month + 2, 5) + 1;
  const full = year + 400 * era;
  return month < 10 ? join(full, month + 3, day) : join(full + 1, month - 9, day);
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
