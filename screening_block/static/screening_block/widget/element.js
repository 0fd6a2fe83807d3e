/** `<legal-screener src>`: loads a release once, then asks and answers on the device. */

import { load_release, parse } from "../engine/release.js";
import { button, h } from "./dom.js";
import { get } from "./fetched.js";
import { bring } from "./later.js";
import { open } from "./screens.js";
import { begin } from "./visit.js";
import { waiting_form } from "./waiting.js";

/** @import { Release } from "../engine/shapes.js" */
/** @import { App, Visit, WidgetBook } from "./shapes.js" */

/** What plugins add in the browser, by key; see `load_release`. */
export const plugins = { operators: {}, question_types: {} };

/** @type {Promise<CSSStyleSheet> | null | undefined} */
let sheet;
/** The one style sheet, which all screeners of a page share. */
const style = () =>
  (sheet ??= get(new URL("screener.css", import.meta.url))
    .then((response) => response.text())
    .then((text) => new CSSStyleSheet().replace(text)));

/**
 * What stands at an address: a line with a release, refused if it is not what its ETag
 * names, and a line with the words for it; with `as_of` one more.
 * @param {URL} address
 * @returns {Promise<[Release, ...WidgetBook[]]>}
 */
export async function fetch_release(address) {
  const response = await get(address);
  const [text, ...books] = (await response.text()).split("\n");
  let [sha256] = /[0-9a-f]{64}/.exec(response.headers.get("etag") ?? "") ?? [];
  // Only pages that came over https can compute it.
  if (globalThis.crypto?.subtle) {
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const found = Array.from(new Uint8Array(hash), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
    if ((sha256 ??= found) !== found) throw Error("ETag");
  }
  /** @param {string} book */
  const read = (book) => {
    const words = parse(book);
    for (const name of ["help_url", "open_url"])
      if (words[name]) words[name] = new URL(words[name], address).href;
    return words;
  };
  return [load_release(text, { sha256, ...plugins }), ...books.map(read)];
}

/**
 * The visit at an address.
 * @param {string} src
 * @param {string} locale
 */
async function load(src, locale) {
  const address = new URL(src, document.baseURI);
  address.searchParams.set("words", locale);
  const [release, words] = await fetch_release(address);
  return begin(release, words);
}

export class LegalScreener extends HTMLElement {
  /**
   * When Escape was pressed last, in a row.
   * @type {number[]}
   */
  escapes = [];

  /** @type {App | undefined} */
  app;

  /** Whether “Continue” was pressed before the questions were there. */
  pressed = false;

  connectedCallback() {
    addEventListener("keydown", this, true);
    addEventListener("pagehide", this);
    if (!this.shadowRoot && this.getAttribute("src"))
      this.load(this.attachShadow({ mode: "open" }));
  }

  disconnectedCallback() {
    removeEventListener("keydown", this, true);
    removeEventListener("pagehide", this);
    removeEventListener("beforeunload", this);
  }

  /** @param {ShadowRoot} root */
  async load(root) {
    // What stands inside the element serves until the screener is ready, or instead.
    /** @type {HTMLElement} */
    const waiting = this.firstElementChild
      ? h("slot")
      : h("p", { role: "status" }, "The questions are loading.");
    root.replaceChildren(waiting);
    let begun = false;
    this.addEventListener("input", () => (begun = true));
    const form = waiting_form(this, () => (this.pressed = true));
    try {
      /** @type {HTMLElement | null} */
      const around = this.closest("[lang]");
      const locale = this.getAttribute("locale") || around?.lang || "";
      const src = /** @type {string} */ (this.getAttribute("src"));
      const opens = this.hasAttribute("handover") && bring({});
      const [visit, css] = await Promise.all([opens ? opens.done : load(src, locale), style()]);
      // Nobody's half-filled form is taken away, but for ours: what was picked is taken over.
      if (begun && !form) return;
      root.adoptedStyleSheets = [css];
      if (opens) opens.came.later.file?.handover(this, opens.came);
      else {
        const typed = form && { ...form.typed(), pressed: this.pressed };
        this.app = open(this, /** @type {Visit} */ (visit), typed);
      }
    } catch (error) {
      // Asked for again if it was what failed.
      sheet = null;
      console.warn(error);
      const { detail } = /** @type {{detail?: string}} */ (error);
      // A sentence of the server's, not an error.
      if (detail) root.replaceChildren(h("p", { role: "status" }, detail));
      else if (form) form.fail(() => this.load(root));
      else if (!this.firstElementChild) {
        const again = button("button", () => this.load(root), "Try again");
        waiting.replaceChildren(
          "The questions could not be loaded. Check your connection. ",
          again,
        );
      }
    }
  }

  /** @param {any} event of the keyboard, or of a page that is to go or goes */
  handleEvent(event) {
    const { type, key, repeat, timeStamp } = event;
    if (key && !repeat) {
      this.escapes = key === "Escape" ? [timeStamp, ...this.escapes] : [];
      if (this.escapes[2] > timeStamp - 2000) this.leave();
    } else if (type === "beforeunload") {
      // The browser asks, in its own words. A file that was opened is there still.
      if (this.app?.visit.asked.length && !this.hasAttribute("handover"))
        event.returnValue = !event.preventDefault();
    } else if (!key) {
      // Another page comes, and “Back” must not bring the answers back: they go first.
      for (const form of this.querySelectorAll("form")) form.reset();
      this.app?.clear(true);
    }
  }

  /** A page that raises no question. */
  get away() {
    return this.getAttribute("exit-url") || "https://www.weather.gov/";
  }

  /** Replaces this page by a harmless one, and leaves nothing of the visit behind. */
  leave() {
    this.app?.visit.clear();
    this.shadowRoot?.replaceChildren();
    const go = () => {
      try {
        // In a frame, the page around it goes too, where that is allowed.
        /** @type {Window} */ (top).location.replace(this.away);
      } catch {
        location.replace(this.away);
      }
    };
    if (this.app) this.app.rewind(go);
    else go();
  }
}
