/** The list of checks on the page, and how each came out. */

import { button, h } from "../widget/dom.js";

/** @import { CheckWords, Outcome, Results, Words } from "./shapes.js" */

const MARKS = { passed: "✓", failed: "✗", not_possible: "–" };

/**
 * A sentence with what it names.
 * @param {string} text
 * @param {Record<string, any>} slots
 */
export const fill = (text, slots) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => String(slots[name] ?? whole));

export class View {
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();

  /**
   * @param {ShadowRoot} root
   * @param {Words} words
   * @param {() => void} again
   * @param {boolean} staged whether what is tried out shows below
   */
  constructor(root, words, again, staged) {
    this.words = words;
    const { ui, groups } = words;
    this.sum = h("p.sum", { role: "status" }, ui.running);
    this.again = button("again", again, ui.again);
    this.again.disabled = true;
    this.text = h("textarea", {
      readonly: true,
      rows: 8,
      "aria-label": ui.json,
      spellcheck: "false",
    });
    this.json = h("details.json.waits", h("summary", ui.json), this.text);
    const lists = groups.map(({ name, checks }) =>
      h(
        "section",
        h("h3", name),
        h(
          "ul",
          checks.map((check) => this.#row(check)),
        ),
      ),
    );
    const stage = h(
      "section.stage",
      h("h3", ui.stage),
      h("p", ui.stage_note),
      h("slot", { name: "stage" }),
    );
    root.replaceChildren(
      h(
        "div.box",
        { lang: ui.lang },
        h("h2", ui.title),
        this.sum,
        h("p", this.again),
        lists,
        this.json,
      ),
      staged ? h("div.box", { lang: ui.lang }, stage) : "",
    );
  }

  /** @param {CheckWords} check */
  #row({ key, name, proves, fix }) {
    const { ui } = this.words;
    const row = h(
      "li",
      h(
        "details",
        h(
          "summary",
          h("span.mark", { "aria-hidden": "true" }, "·"),
          h("span.status", ui.waits),
          h("span.name", name),
        ),
        h(
          "div",
          h("p.reason", { hidden: true }),
          h("p", h("strong", ui.proves), " ", proves),
          h("p.fix", { hidden: true }, h("strong", ui.fix), " ", fix),
        ),
      ),
    );
    row.dataset.key = key;
    this.#rows.set(key, row);
    return row;
  }

  /** @param {Outcome} outcome */
  tell({ key, status, reason }) {
    const row = this.#rows.get(key);
    if (!row) return;
    /** @param {string} selector */
    const part = (selector) => /** @type {HTMLElement} */ (row.querySelector(selector));
    row.className = status;
    part(".mark").textContent = MARKS[status];
    part(".status").textContent = this.words.ui[status];
    part(".reason").textContent = reason;
    part(".reason").hidden = !reason;
    part(".fix").hidden = status !== "failed";
  }

  /** @param {Results} results */
  end(results) {
    const { ui } = this.words;
    this.sum.textContent = fill(ui.sum, results);
    this.text.value = JSON.stringify(results, null, 2);
    this.json.classList.remove("waits");
    this.again.disabled = false;
    // Only now: nothing that somebody reads meanwhile is to move.
    for (const row of this.#rows.values())
      if (row.className !== "passed") row.querySelector("details")?.setAttribute("open", "");
  }

  /** @param {string} key */
  name_of(key) {
    const all = this.words.groups.flatMap(({ checks }) => checks);
    return all.find((one) => one.key === key)?.name ?? key;
  }
}
