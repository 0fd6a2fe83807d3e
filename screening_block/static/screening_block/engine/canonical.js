/** Strict JSON in. */

import { EngineError } from "./errors.js";

const MAX_DEPTH = 32;
const MAX_TEXT = 4 * 1024 * 1024;
// A string, with the colon that makes it a key, or a bracket.
const TOKENS = /("[^"\\]*(?:\\.[^"\\]*)*"?)(\s*:)?|[[{\]}]/gs;

const refuse = (code) => {
  throw new EngineError({ path: "", code });
};

/**
 * The value of a JSON text. Refuses with `EngineError` what is not JSON, too deep or
 * too long, and keys that stand twice, which `JSON.parse` alone would let pass.
 * @param {string} text
 */
export function parse_json(text) {
  if (text.length > MAX_TEXT) refuse("size");
  const keys = [];
  let twice = false;
  let value;
  try {
    for (const [mark, name, colon] of text.matchAll(TOKENS)) {
      if (colon) {
        const key = JSON.parse(name);
        const seen = keys.at(-1);
        twice ||= seen.has(key);
        seen.add(key);
      } else if (mark === "[" || mark === "{") {
        if (keys.push(new Set()) > MAX_DEPTH) break;
      } else if (!name) keys.pop();
    }
    if (keys.length <= MAX_DEPTH) value = JSON.parse(text);
  } catch {
    refuse("json");
  }
  if (keys.length > MAX_DEPTH) refuse("nesting");
  if (twice) refuse("duplicate_key");
  return value;
}

/**
 * A private copy of a JSON value. Its objects inherit nothing, so that a key called
 * `constructor` or `__proto__` is a key like any other.
 */
export function plain(value, depth = 0) {
  if (depth > MAX_DEPTH) refuse("nesting");
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (value && typeof value === "object") {
    const copy = Object.create(null);
    for (const key of Object.keys(value)) copy[key] = plain(value[key], depth + 1);
    return copy;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) refuse("range");
  return value;
}
