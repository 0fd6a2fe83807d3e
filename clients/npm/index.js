/** Brings the element `<legal-screener>` into a page. It always comes from the site itself. */

/** @import * as declared from "./types/index.js" */

const NAME = "legal-screener";
const SCRIPT = "embed/v1/screener.js";
/** What follows the address of the site in that of a release. */
const API = "/api/v1/";

/** @type {Map<string, Promise<void>>} By address: whoever asks again waits for the same. */
const loading = new Map();

/** Keeps the space of the first screen on a phone until the questions have come. */
export const SPACE = Object.freeze({ display: "block", minHeight: "640px" });

/** @type {typeof declared.siteOf} */
export function siteOf(src) {
  const at = src.indexOf(API);
  if (at < 0) throw new TypeError(`This is no address of a screener's release: ${src}`);
  return src.slice(0, at + 1);
}

/** @type {typeof declared.load} */
export function load(site, { nonce } = {}) {
  // On a server there is nothing to load, and one element serves the screeners of all sites.
  if (typeof document === "undefined" || customElements.get(NAME)) return Promise.resolve();
  const address = new URL(SCRIPT, new URL(site.replace(/\/*$/, "/"), document.baseURI)).href;
  const known = loading.get(address);
  if (known) return known;
  const begun = bring(address, nonce).then(() => undefined);
  loading.set(address, begun);
  begun.catch(() => loading.delete(address));
  return begun;
}

/**
 * Adds the script, unless the page has it, and waits for the element.
 * @param {string} address
 * @param {string} [nonce]
 */
function bring(address, nonce) {
  const defined = customElements.whenDefined(NAME);
  if ([...document.scripts].some(({ src }) => src === address)) return defined;
  const script = document.createElement("script");
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => {
    script.onerror = () => {
      script.remove();
      reject(new Error(`The screener's script did not load: ${address}`));
    };
  });
  script.type = "module";
  if (nonce) script.nonce = nonce;
  script.src = address;
  document.head.append(script);
  return Promise.race([defined, failed]);
}

/** @type {typeof declared.loadFor} */
export async function loadFor(src) {
  try {
    if (src) await load(siteOf(src));
  } catch (error) {
    // What stands inside the element stays.
    console.warn(error);
  }
}
