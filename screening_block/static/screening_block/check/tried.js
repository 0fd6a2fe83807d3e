/**
 * The page in a frame that a check made; never part of a frame that is embedded. It presses
 * what a check asks for, never gives an answer, and is closed once a visitor touches it.
 */

/** @import { Told } from "./shapes.js" */
/** @import { Screener } from "./subject.js" */

export function live_tried() {
  let closed = false;
  let left = 0;
  for (const type of ["pointerdown", "keydown", "input"])
    addEventListener(type, ({ isTrusted }) => (closed ||= isTrusted), true);

  /** @returns {Screener | null} */
  const screener = () => document.querySelector("legal-screener");

  /** @param {string} selector @returns {HTMLElement | undefined} */
  const shown = (selector) => {
    const root = screener()?.shadowRoot?.querySelector(".ls") ? screener()?.shadowRoot : document;
    /** @type {HTMLElement[]} */
    const all = [...(root?.querySelectorAll(selector) ?? [])].map(
      (one) => /** @type {HTMLElement} */ (one),
    );
    return all.find((one) => !one.closest(".ahead, .hidden, [hidden]"));
  };

  /** @param {string} asked @returns {Told} */
  function look(asked) {
    const { says = "" } = document.documentElement.dataset;
    const exit = shown(".exit a, .ls-exit a")?.textContent;
    const heading = shown("h1, h2");
    return {
      legalScreenerTried: asked,
      title: heading?.textContent ?? "",
      top: Math.round((heading?.getBoundingClientRect().top ?? 0) + scrollY),
      starts: !!shown(".promise"),
      asks: !!shown("form .button") && !!screener()?.shadowRoot?.querySelector("form"),
      hides: !!says && Object.values(JSON.parse(says)).some((words) => words.exit === exit),
      left,
    };
  }

  addEventListener("message", async ({ data, source }) => {
    const asked = data?.legalScreenerTry;
    if (!asked || !source) return;
    const own = screener();
    if (own) own.leave = () => left++;
    if (asked === "start" && !closed) shown(".ls > div .button")?.click();
    // What was pressed shows after a moment.
    await new Promise((done) => setTimeout(done, 60));
    const told = closed ? { legalScreenerTried: asked, closed } : look(asked);
    /** @type {Window} */ (source).postMessage(told, "*");
  });
}
