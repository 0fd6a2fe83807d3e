/**
 * Lengths of time as people write them: “2 weeks”, “1 year and 6 months”. What may be typed
 * are patterns from `screening_block/engine/durations.py`, where the rules are.
 */

import { with_digits } from "./numbers.js";

/** @typedef {{pattern: string, times: number[], vague: string}} Durations */

/**
 * @param {string} text what was typed
 * @param {Durations} known
 * @returns {?number} in the unit that is wanted; null for what is no such length
 */
export function read_duration(text, { pattern, times }) {
  const found = RegExp(`^(?:${pattern})$`, "u").exec(with_digits(text).toLowerCase());
  return found && times.reduce((sum, size, at) => sum + size * +(found[at + 1] ?? 0), 0);
}

/**
 * Whether what is no such length names a unit that cannot be converted.
 * @type {(text: string, known: Durations) => boolean}
 */
export const is_vague = (text, { vague }) =>
  RegExp(vague, "u").test(with_digits(text).toLowerCase());
