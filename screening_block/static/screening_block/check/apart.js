/** Runs the checks in a page of their own, where the one that shows them is not to move. */

import { h } from "../widget/dom.js";

/** @import { Outcome, Results } from "./shapes.js" */

/**
 * What is tried out scrolls to itself and takes the focus, as it has to. So it stands in an
 * empty page as large as the window, below the one that is read: nobody sees it, and for a
 * browser it is in view. It has the origin and the policy of the page around it.
 * @param {ShadowRoot} root where the frame goes
 * @param {Record<string, string>} attributes of the element that runs them
 * @param {string} script
 * @param {(outcome: Outcome) => void} told
 * @returns {Promise<Results>}
 */
export async function run_apart(root, attributes, script, told) {
  const frame = h("iframe.apart", { title: "—", tabindex: "-1", "aria-hidden": "true" });
  root.append(frame);
  // Some browsers put another document in its place after a moment.
  await new Promise((go) => setTimeout(go));
  const page = /** @type {Document} */ (frame.contentDocument);
  page.documentElement.lang = attributes.locale;
  const inner = page.createElement("legal-screener-check");
  for (const [name, value] of Object.entries(attributes)) inner.setAttribute(name, value);
  const module = page.createElement("script");
  module.type = "module";
  module.src = script;
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  try {
    return await new Promise((done, failed) => {
      inner.addEventListener("screener:told", (event) =>
        told(/** @type {CustomEvent} */ (event).detail),
      );
      inner.addEventListener("screener:checked", (event) =>
        done(/** @type {CustomEvent} */ (event).detail),
      );
      module.addEventListener("error", () => failed(new Error(script)));
      page.body.append(inner);
      page.head.append(module);
    });
  } finally {
    frame.remove();
    focused?.focus({ preventScroll: true });
  }
}
