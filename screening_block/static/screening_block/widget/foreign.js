/**
 * Marks the words of a release's own language that its texts in another one leave as they are,
 * so that a screen reader says them as such. A later part, which comes where there are any.
 * The server's half: `screening_block/visitor/foreign_words.py`.
 */

import { h } from "./dom.js";

/** @import { Host, Visit } from "./shapes.js" */
/** @typedef {Visit["release"]["data"]} Data */

/** Of an element, who looks at what it shows. @type {WeakMap<Host, MutationObserver>} */
const watching = new WeakMap();

/**
 * What finds the foreign words in the texts of a language.
 * @type {(data: Data, locale: string) => RegExp | undefined}
 */
function words_of({ locale: own, texts }, locale) {
  /** @type {string[]} */
  const lines = texts[locale]?.foreign_words?.trim().split(/\s*\n\s*/) ?? [];
  // The longest first: "aggravated felony" is one phrase.
  const phrases = lines
    .filter(Boolean)
    .sort((one, other) => other.length - one.length)
    .map((one) => one.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&").replace(/\s+/g, "\\s+"));
  return phrases[0] && locale !== own
    ? RegExp(`(?<![\\p{L}\\p{N}])(${phrases.join("|")})(?![\\p{L}\\p{N}])`, "iu")
    : undefined;
}

/**
 * Marks them in all that a node shows, each text by the language that is said around it.
 * @param {Node} root
 * @param {Data} data
 */
export function mark(root, data) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const all = [];
  while (walker.nextNode()) all.push(/** @type {Text} */ (walker.currentNode));
  /** @type {Record<string, RegExp | undefined>} */
  const known = {};
  for (const text of all) {
    const around = text.parentElement;
    const lang = around?.closest("[lang]")?.getAttribute("lang");
    if (!lang || around?.closest("option, title, textarea, script, style")) continue;
    if (!(lang in known)) known[lang] = words_of(data, lang);
    const parts = known[lang] ? text.data.split(known[lang]) : [];
    if (parts.length > 1)
      text.replaceWith(
        ...parts.map((part, at) => (at % 2 ? h("span", { lang: data.locale }, part) : part)),
      );
  }
}

/**
 * Marks them in what an element shows, now and from now on.
 * @param {Host} host
 * @param {Visit} visit
 */
export function watch(host, { release: { data } }) {
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  watching.get(host)?.disconnect();
  const observer = new MutationObserver((changes) => {
    for (const place of new Set(changes.map(({ target }) => target))) mark(place, data);
    // What was done here needs no second look.
    observer.takeRecords();
  });
  watching.set(host, observer);
  mark(root, data);
  observer.observe(root, { childList: true, subtree: true });
}
