/** Strict JSON in, for answers that were saved as text. */

import { AnswerError } from "./errors.js";

const MAX_DEPTH = 32;
const MAX_TEXT = 4 * 1024 * 1024;
/** A string, with the colon that makes it a key, or a bracket. */
const TOKENS = /("[^"\\]*(?:\\.[^"\\]*)*"?)(\s*:)?|[[{\]}]/gs;

/**
 * The value of a JSON text. Refuses, as `AnswerError`, what is not JSON, too deep or
 * too long, and keys that stand twice, which `JSON.parse` alone would let pass.
 * @param {string} text
 */
export function parse_json(text) {
  /** @type {(code: string) => never} */
  const refuse = (code) => {
    throw new AnswerError({ path: "", code });
  };
  if (text.length > MAX_TEXT) refuse("size");
  /** @type {Set<string>[]} */
  const open = [];
  let deepest = 0;
  let twice = false;
  try {
    for (const [mark, name, colon] of text.matchAll(TOKENS)) {
      if (colon) {
        const key = JSON.parse(name);
        const keys = open.at(-1);
        twice ||= keys?.has(key) ?? false;
        keys?.add(key);
      } else if (!name) {
        if (mark === "[" || mark === "{") open.push(new Set());
        else open.pop();
        deepest = Math.max(deepest, open.length);
        if (deepest > MAX_DEPTH) break;
      }
    }
    if (deepest <= MAX_DEPTH) {
      const value = JSON.parse(text);
      if (!twice) return value;
    }
  } catch {
    refuse("json");
  }
  return refuse(deepest > MAX_DEPTH ? "nesting" : "duplicate_key");
}
