/** `<legal-screener src>`: loads a release once, then asks and answers on the device. */

import { load_release, parse } from "../engine/release.js";
import { button, h } from "./dom.js";
import { get, get_lines, located } from "./fetched.js";
import { bring, copied, trouble } from "./later.js";
import { open as show } from "./screens.js";
import { begin } from "./visit.js";
import { waiting_form } from "./waiting.js";

/** @import { Release } from "../engine/shapes.js" */
/** @import { App, Visit, WidgetBook } from "./shapes.js" */

/** What plugins add in the browser, by key; see `load_release`. */
export const plugins = { operators: {}, question_types: {} };

/**
 * What is said while nothing has come; why nothing does is in trouble.js, which may not come
 * either. Then it is the line.
 * @type {Record<string, string[]>}
 */
const FIRST = {
  en: [
    "The questions are loading.",
    "The questions could not be loaded. Check your connection. ",
    "Try again",
  ],
  es: [
    "Las preguntas se están cargando.",
    "No se pudieron cargar las preguntas. Revise su conexión. ",
    "Intentar de nuevo",
  ],
};

/** @type {Promise<CSSStyleSheet> | null | undefined} */
let sheet;
/** The one style sheet, which all screeners of a page share. */
const style = () =>
  (sheet ??= get(new URL("screener.css", import.meta.url))
    .then((response) => response.text())
    .then((text) => new CSSStyleSheet().replace(text)));

/**
 * What stands at an address: a line with a release in one language, and a line with the words
 * for it; with `as_of` one more.
 * @param {URL} address
 * @returns {Promise<[Release, ...WidgetBook[]]>}
 */
export async function fetch_release(address) {
  const [[text, ...books], named, sent] = await get_lines(address);
  const told = books.map((book) => located(parse(book), address));
  const sha256 = told[0]?.release ?? named ?? sent;
  return [load_release(text, { sha256, ...plugins }), ...told];
}

/**
 * The visit that an element names.
 * @param {LegalScreener} host
 */
async function load(host) {
  // An empty one is the page itself, and nothing to load.
  const address = new URL(host.src, host.src && document.baseURI);
  address.searchParams.set("words", host.wanted);
  // The rest comes later, and where there is no such part, all of it now.
  address.searchParams.set("part", "start");
  const [release, words = await (await copied()).words_of(release, address, host.wanted)] =
    await fetch_release(address);
  Object.assign(words.ui, host.says?.[words.locale]);
  return begin(release, words);
}

/**
 * The language around a node, also of the page around the shadow roots that it stands in.
 * @param {any} node
 * @returns {string}
 */
const lang_around = (node) =>
  node ? (node.closest("[lang]")?.lang ?? lang_around(node.getRootNode().host)) : "";

export class LegalScreener extends HTMLElement {
  static observedAttributes = ["src", "locale"];

  /**
   * When Escape was pressed last, in a row.
   * @type {number[]}
   */
  escapes = [];

  /** @type {App | undefined} */
  app;

  /**
   * Words in place of the visit’s own, by their language: see frame.js.
   * @type {Record<string, Record<string, any>> | undefined}
   */
  says;

  /** Whether “Continue” was pressed before the questions were there. */
  pressed = false;

  /** The attributes when it was loaded last, and `src` alone. */
  named = "";
  source = "";

  get src() {
    return this.getAttribute("src") ?? "";
  }

  set src(value) {
    this.setAttribute("src", value ?? "");
  }

  get locale() {
    return this.getAttribute("locale") ?? "";
  }

  set locale(value) {
    this.setAttribute("locale", value ?? "");
  }

  /** The language that it is to speak, if it can. */
  get wanted() {
    return this.locale || lang_around(this);
  }

  connectedCallback() {
    addEventListener("keydown", this, true);
    addEventListener("pagehide", this);
    // It was moved, with answers that could be lost.
    if (this.app?.visit.asked.length) addEventListener("beforeunload", this);
    /** @type {any} */
    const own = this;
    for (const name of LegalScreener.observedAttributes) {
      // What the page set before the script came hides the property.
      const value = own[name];
      if (delete own[name] && value) own[name] = value;
    }
    this.attributeChangedCallback();
    // A page may say later what to load; one that never does is told.
    setTimeout(() => this.src || this.shadowRoot || this.load(), 3000);
  }

  attributeChangedCallback() {
    // Whoever sets several sets one after the other.
    queueMicrotask(() => this.wake());
  }

  /** Loads what the attributes name, if that is something else, and wanted. */
  wake() {
    const { src, locale } = this;
    const named = locale + src;
    if (!this.isConnected || this.named === named || this.waits()) return;
    this.named = named;
    if (this.source !== src) {
      // Other questions: the answers are to none of them.
      this.source = src;
      this.app?.visit.clear();
      this.app = undefined;
      removeEventListener("beforeunload", this);
      this.shadowRoot?.replaceChildren();
    }
    if (src) this.load();
  }

  /**
   * Whether nobody wants the questions yet: they are in something folded, or the form that
   * asks the first one is not answered. What changes that wakes the element.
   */
  waits() {
    const folded = this.closest("details:not([open])");
    if (folded) folded.addEventListener("toggle", this);
    else if (this.getAttribute("asks") === "") {
      this.onclick = this.oninput = () => {
        this.setAttribute("asks", "now");
        this.wake();
      };
    } else return false;
    return true;
  }

  disconnectedCallback() {
    removeEventListener("keydown", this, true);
    removeEventListener("pagehide", this);
    removeEventListener("beforeunload", this);
  }

  /** Whether words stand inside; what an editor's tidying puts there, such as `br`, is nothing. */
  get filled() {
    return /[\p{L}\p{N}]/u.test(this.textContent) || this.querySelector(":not(br,p,div,span)");
  }

  async load(root = this.shadowRoot ?? this.attachShadow({ mode: "open" })) {
    const { named, app } = this;
    // The same questions, in another language.
    if (app)
      return (await app.settle()) ? app.later.languages?.translate(this) : app.stage.no_language();
    const asked = this.wanted.slice(0, 2).toLowerCase();
    const lang = FIRST[asked] ? asked : "en";
    const [loading, failed, retry] = FIRST[lang];
    // What stands inside the element serves until the screener is ready, or instead.
    const box = h("div.ls", { role: "status", lang }, loading);
    root.replaceChildren(this.filled ? h("slot") : box);
    let begun = false;
    this.addEventListener("input", () => (begun = true));
    const form = waiting_form(this, () => (this.pressed = true));
    try {
      const opens = this.hasAttribute("handover") && bring();
      const [visit, css] = await Promise.all([opens ? opens.done : load(this), style()]);
      // Nobody's half-filled form is taken away, but for ours: what was picked is taken over.
      if (named !== this.named || (begun && !form)) return;
      root.adoptedStyleSheets = [css];
      if (opens) opens.came.later.file?.handover(this, opens.came);
      else {
        const typed = form && { ...form.typed(), pressed: this.pressed };
        this.app = show(this, /** @type {Visit} */ (visit), typed);
      }
    } catch (error) {
      // Asked for again if it was what failed.
      sheet = null;
      const again = () => {
        sheet = null;
        this.load();
      };
      const told = await trouble()
        .then((/** @type {any} */ part) =>
          part.tell(this, error, lang, again, style, import.meta.url),
        )
        .catch(() => ({ said: [failed, button("button", again, retry)] }));
      if (named !== this.named) return;
      // Sentences of the server's take the place of all else.
      if (!told.gone && form) form.fail(again, told.busy);
      else if (!told.gone && this.filled) root.replaceChildren(h("slot"));
      else {
        root.replaceChildren(box);
        box.replaceChildren(h("div", told.said));
      }
    }
  }

  /** @param {any} event of the keyboard, of a page that goes, or of what may be wanted now */
  handleEvent(event) {
    const { type, key, repeat, timeStamp } = event;
    if (key && !repeat) {
      this.escapes = key === "Escape" ? [timeStamp, ...this.escapes] : [];
      if (this.escapes[2] > timeStamp - 2000) this.leave();
    } else if (type === "beforeunload") {
      // The browser asks, in its own words. A file that was opened is there still.
      if (this.app?.visit.asked.length && !this.hasAttribute("handover"))
        event.returnValue = !event.preventDefault();
    } else if (type === "pagehide") {
      // Another page comes, and “Back” must not bring the answers back: they go first.
      for (const form of this.querySelectorAll("form")) form.reset();
      this.app?.clear(true);
    } else this.wake();
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
        // Nor would a frame show that page: most forbid it. Nothing of ours is seen.
        open(this.away, "", "noreferrer");
        location.replace("about:blank");
      }
    };
    if (this.app) this.app.rewind(go);
    else go();
  }
}
