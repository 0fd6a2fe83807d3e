/**
 * Numbers as people write them, understood or refused, never taken for others. What may be
 * typed is a pattern from `screening_block/engine/numbers.py`, where the rules are.
 */

/**
 * A decimal digit of any script: those of a script begin at a code ending in 0 or 6.
 * @param {string} sign
 */
function digit(sign) {
  const code = sign.charCodeAt(0);
  if (sign[1]) return sign;
  const first = code - (code % 16);
  return String(code - first - (/\p{Nd}/u.test(String.fromCharCode(first)) ? 0 : 6));
}

/** @type {(text: string) => string} */
export const with_digits = (text) => (text.length <= 40 ? text.replace(/\p{Nd}/gu, digit) : "");

/**
 * @param {string} text what was typed
 * @param {string} pattern
 * @param {number} digits behind the decimal mark
 * @returns {?number} in units of 10 ** -digits; null for what is no such number
 */
export function read_number(text, pattern, digits) {
  const found = RegExp(`^(?:${pattern})$`, "iu").exec(with_digits(text));
  if (!found) return null;
  const [, sign, whole, rest = ""] = found;
  const number = Number(whole.replace(/\D/g, "") + rest.padEnd(digits, "0"));
  if (!Number.isSafeInteger(number)) return null;
  return /[-−－]/.test(sign) && number ? -number : number;
}
