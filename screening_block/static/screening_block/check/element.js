/** The element: asks for its words, runs the checks once it stands in a page, says how they came out. */

import style from "./check.css";
import { h } from "../widget/dom.js";
import { run_apart } from "./apart.js";
import { run_checks } from "./run.js";
import { Stage } from "./stage.js";
import { View, fill } from "./view.js";

/** @import { Outcome, Results, Words } from "./shapes.js" */

/** Where the files of the embed kit are. */
const BASE = String(new URL("./", import.meta.url));

export class LegalScreenerCheck extends HTMLElement {
  /**
   * How it came out, once it is over; the event `screener:checked` has the same.
   * @type {Results | undefined}
   */
  results;

  #root = this.attachShadow({ mode: "open" });
  #running = false;

  constructor() {
    super();
    // What stands in it shows until the list of checks does.
    this.#root.append(h("slot"));
  }

  get src() {
    return new URL(this.getAttribute("src") ?? "", document.baseURI).href;
  }

  get locale() {
    const around = /** @type {HTMLElement | null} */ (this.closest("[lang]"))?.lang;
    return this.getAttribute("locale") || around || "";
  }

  connectedCallback() {
    // What stands after it in the page is there, too, when it begins.
    setTimeout(() => this.run());
  }

  /** Runs the checks, all or those that `only` names, unless they run already. */
  async run() {
    if (this.#running || !this.isConnected || !this.getAttribute("src")) return;
    this.#running = true;
    this.results = undefined;
    try {
      const words = await this.#words();
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      this.#root.adoptedStyleSheets = [sheet];
      const view = new View(this.#root, words, () => this.run(), !this.hasAttribute("apart"));
      this.results = await (this.hasAttribute("apart")
        ? this.#run_apart(view, words)
        : this.#run_here(view, words));
      view.end(this.results);
      const detail = this.results;
      this.dispatchEvent(
        new CustomEvent("screener:checked", { bubbles: true, composed: true, detail }),
      );
    } catch (error) {
      this.#root.replaceChildren(h("p", { role: "alert" }, `The checks could not begin. ${error}`));
    } finally {
      this.#running = false;
    }
  }

  /** As a module, so that a policy that lets this script in lets them in. @returns {Promise<Words>} */
  async #words() {
    const address = new URL("check/words.js", BASE);
    address.searchParams.set("locale", this.locale);
    return (await import(String(address))).default;
  }

  /** The page from which they run. */
  get #page() {
    return location.origin + location.pathname;
  }

  /** @param {View} view @param {Words} words @returns {Promise<Results>} */
  async #run_apart(view, words) {
    const attributes = { src: this.src, locale: words.ui.lang, only: this.#only };
    const told = (/** @type {Outcome} */ outcome) => view.tell(outcome);
    const results = await run_apart(this.#root, attributes, `${BASE}check.js`, told);
    return { ...results, page: this.#page };
  }

  get #only() {
    return this.getAttribute("only") ?? "";
  }

  /** @param {View} view @param {Words} words @returns {Promise<Results>} */
  async #run_here(view, words) {
    const { src } = this;
    const checks = await run_checks(
      {
        base: BASE,
        src,
        locale: words.ui.lang,
        seamless: this.hasAttribute("seamless"),
        stage: new Stage(this),
      },
      {
        only: this.#only.split(/\s+/).filter(Boolean),
        say: (code, slots) => {
          const named = slots.check ? { ...slots, check: view.name_of(slots.check) } : slots;
          return fill(words.reasons[code] ?? code, named);
        },
        told: (outcome) => {
          view.tell(outcome);
          this.dispatchEvent(new CustomEvent("screener:told", { detail: outcome }));
        },
        goes: () => this.isConnected,
      },
    );
    /** @param {string} wanted */
    const count = (wanted) => checks.filter(({ status }) => status === wanted).length;
    return {
      format: 1,
      src,
      page: this.#page,
      passed: count("passed"),
      failed: count("failed"),
      not_possible: count("not_possible"),
      checks,
    };
  }
}
