/** Where checks put what they try out: inside their own element, in the page's own rules. */

import { h } from "../widget/dom.js";
import { NotPossible, pause } from "./verdicts.js";
import { Subject } from "./subject.js";

/** @typedef {{src?: string, locale?: string, inside?: Node | null}} Wanted of a screener */

export class Stage {
  /** @type {HTMLElement} */
  #host;

  /** @param {HTMLElement} host the element of the checks */
  constructor(host) {
    this.#host = host;
  }

  /**
   * A box in the page. Its style is set by script, which no policy forbids.
   * @param {Partial<CSSStyleDeclaration>} [style]
   * @returns {HTMLElement}
   */
  place(style = {}) {
    const made = h("div", { slot: "stage" });
    Object.assign(made.style, style);
    this.#host.append(made);
    return made;
  }

  /**
   * A screener in a place, or in a new one.
   * @param {Wanted} wanted
   * @param {HTMLElement | ShadowRoot} [place]
   */
  screener({ src, locale, inside }, place = this.place()) {
    const node = document.createElement("legal-screener");
    if (locale) node.setAttribute("locale", locale);
    if (src) node.setAttribute("src", src);
    if (inside) node.append(inside);
    place.append(node);
    return new Subject(node);
  }

  /** A copy of a screener, as a page makes one. @param {Subject} subject */
  copy({ node }) {
    const copy = /** @type {HTMLElement} */ (node.cloneNode(true));
    this.place().append(copy);
    return new Subject(copy);
  }

  /** One that a page writes as a text. @param {string} src */
  written(src) {
    const place = this.place();
    const pattern = document.createElement("legal-screener");
    pattern.setAttribute("src", src);
    place.innerHTML = pattern.outerHTML;
    return new Subject(/** @type {HTMLElement} */ (place.firstElementChild));
  }

  /** Takes away all that was put up. */
  clear() {
    for (const one of [...this.#host.querySelectorAll(":scope > [slot=stage]")]) one.remove();
  }

  /** @param {Node} node */
  holds(node) {
    return this.#host.contains(node);
  }

  /** An empty page of its own, of the same origin and under the same policy. */
  async apart() {
    const frame = h("iframe", { title: "—", width: "100%", height: "300" });
    this.place().append(frame);
    // Some browsers put another document in its place after a moment.
    await pause(0);
    return new PageApart(frame);
  }
}

export class PageApart {
  /** @param {HTMLIFrameElement} frame */
  constructor(frame) {
    this.document = /** @type {Document} */ (frame.contentDocument);
    this.window = /** @type {Window} */ (frame.contentWindow);
    /** @type {string[]} What went wrong in it. */
    this.errors = [];
    this.window.addEventListener("error", ({ message }) => this.errors.push(message));
    this.window.addEventListener("unhandledrejection", ({ reason }) =>
      this.errors.push(String(reason)),
    );
  }

  /** @param {string} address of a module */
  script(address) {
    const node = this.document.createElement("script");
    node.type = "module";
    try {
      node.src = address;
    } catch {
      throw new NotPossible("trusted_types");
    }
    this.document.head.append(node);
  }

  /** @param {Wanted} wanted */
  screener({ src, locale }) {
    const node = this.document.createElement("legal-screener");
    if (locale) node.setAttribute("locale", locale);
    if (src) node.setAttribute("src", src);
    this.document.body.append(node);
    return new Subject(node);
  }
}
