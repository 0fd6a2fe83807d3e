/** How a check comes out: it ends, or throws one of these. And how it waits for something. */

/** @typedef {Record<string, string | number>} Slots of a sentence */

/** The key of a reason, with what its sentence names. */
class Verdict extends Error {
  /**
   * @param {string} code
   * @param {Slots} [slots]
   */
  constructor(code, slots = {}) {
    super(code);
    this.code = code;
    this.slots = slots;
  }
}
/** It is not as it should be. */
export class Failed extends Verdict {}
/** On this page, or in this browser, nobody can tell. */
export class NotPossible extends Verdict {}

/**
 * @param {unknown} good
 * @param {string} code
 * @param {Slots} [slots]
 */
export function expect(good, code, slots) {
  if (!good) throw new Failed(code, slots);
}

/**
 * @param {unknown} good
 * @param {string} code
 * @param {Slots} [slots]
 */
export function need(good, code, slots) {
  if (!good) throw new NotPossible(code, slots);
}

/** @param {number} milliseconds */
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * Waits until something is there; gives it, or the last empty value.
 * @template T
 * @param {() => T} look
 * @param {number} [milliseconds]
 * @returns {Promise<T>}
 */
export async function until(look, milliseconds = 6000) {
  const end = performance.now() + milliseconds;
  for (;;) {
    const found = look();
    if (found || performance.now() > end) return found;
    await pause(15);
  }
}
