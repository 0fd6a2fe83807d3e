/**
 * Answers of a server that it does not give: slow ones, altered ones, none. For addresses that a
 * check marked, and for nothing else that the page fetches.
 */

/** @typedef {(go: () => Promise<Response>) => Promise<Response>} How an answer is made of the real one */

/** @type {Map<string, How>} */
const made = new Map();
/** @type {typeof fetch | undefined} */
let real;

/**
 * Marks an address: its answer is made. A mark is behind `#`, which goes to no server.
 * @param {string} address
 * @param {How} how
 */
export function answer_for(address, how) {
  const mark = `#check-${made.size + 1}`;
  made.set(mark, how);
  if (!real) {
    const before = (real = globalThis.fetch);
    globalThis.fetch = (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input, document.baseURI);
      const found = made.get(url.hash);
      return found ? found(() => before(url, init)) : before(input, init);
    };
  }
  return address + mark;
}

/** From now on the page fetches by itself again. */
export function restore() {
  made.clear();
  if (real) globalThis.fetch = real;
  real = undefined;
}
