/** The rest of `dates.py`, which only sentences and tests need: days to dates and back. */

import { date_key, date_text, div, join, key_day, shift_key } from "./dates.js";
import { EngineError } from "./errors.js";

/**
 * The key of a day number; the inverse of `key_day`.
 * @param {number} number
 */
export function day_key(number) {
  // From a January at most two years too early, month by month.
  let month = join(1969 + div(number, 365.25), 1, 1);
  for (let next = month; key_day(next) <= number; next = shift_key(next, 1)) month = next;
  return month + number - key_day(month);
}

/**
 * The key `n` days, months or years later.
 * @param {number} key
 * @param {number} n
 * @param {string} unit
 * @param {boolean} [next_day]
 */
export function moved(key, n, unit, next_day) {
  return unit === "days" ? day_key(key_day(key) + n) : shift_key(key, n, unit, next_day);
}

/**
 * @param {string} code
 * @returns {never}
 */
function refused(code) {
  throw new EngineError({ path: "", code });
}

/**
 * Days from 1970-01-01 to a date of the years 1 to 9999; negative before it.
 * @param {string} date
 */
export function day_no(date) {
  return key_day(date_key(date, 1, 9999) ?? refused("date"));
}

/**
 * A date of the years 1 to 9999 moved by `n` days, months or years.
 * @param {string} date
 * @param {number} n
 * @param {string} unit
 */
export function shift(date, n, unit, roll = "last_day") {
  const units = ["days", "months", "years"];
  const rolls = ["last_day", "next_day"];
  if (!Number.isInteger(n) || !units.includes(unit) || !rolls.includes(roll)) refused("period");
  const key = date_key(date, 1, 9999) ?? refused("date");
  if (Math.abs(n) > 4_000_000) refused("range");
  const found = moved(key, n, unit, roll === "next_day");
  return found >= 10000 && found <= 99991231 ? date_text(found) : refused("range");
}
