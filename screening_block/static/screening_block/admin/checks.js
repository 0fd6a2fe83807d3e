/**
 * The checks and the overview beside a screener's form. What stands in the form is posted
 * a moment after the last change; the answer (see `admin/checks.py`) fills both panels.
 * Nothing is saved by it, and typing never waits for it.
 */

import { Overview, fill } from "./overview.js";
import { goTo } from "./places.js";

/** Shorter than Wagtail's before it saves: a server that answers one request at a time
 * would have the checks wait for that. */
const PAUSE = 500;
/** The first check lets the page come to rest. */
const FIRST = 1500;

/** @type {(target: EventTarget | Node) => Element} */
const elementOf = (target) => /** @type {Element} */ (target);

class Checks {
  /** @param {HTMLElement} panel @param {HTMLFormElement} form */
  constructor(panel, form) {
    this.panel = panel;
    this.form = form;
    /** What was posted last. */
    this.posted = null;
    this.request = null;
    /** @type {ReturnType<typeof setTimeout>} */
    this.timer = null;
    this.part = (name) => panel.querySelector(`[data-ls-${name}]`);
    this.overview = new Overview(document.querySelector("[data-ls-parts]"));
    this.counter = document.querySelector(
      '[data-side-panel-toggle="ls-problems"] [data-side-panel-toggle-counter]',
    );
    const later = () => this.later(PAUSE);
    for (const kind of ["input", "change"]) form.addEventListener(kind, later);
    // Blocks that come, go and move fire neither. A condition that draws what it means
    // is no change.
    const blocks = new MutationObserver((records) => {
      if (records.some(({ target }) => !elementOf(target).closest(".ls-condition"))) later();
    });
    for (const room of form.querySelectorAll('[id$="-root"]'))
      blocks.observe(room, { childList: true, subtree: true });
    this.part("again").addEventListener("click", () => this.check(true));
    document.addEventListener("click", ({ target }) => {
      const button = elementOf(target).closest?.("[data-ls-go]");
      if (button) goTo(button.dataset.lsGo, button.dataset.lsRow);
    });
    this.later(FIRST);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), pause);
  }

  /** @param {boolean} [again] even if nothing has changed since */
  async check(again = false) {
    const data = new FormData(this.form);
    const entries = [...data].flat();
    const same =
      entries.length === this.posted?.length && entries.every((one, i) => one === this.posted[i]);
    if (same && !again) return;
    this.posted = entries;
    this.request?.abort();
    const request = (this.request = new AbortController());
    this.show("checking");
    performance.mark("ls-checks-asked");
    // As one line: read by the server far sooner than thousands of fields one by one.
    const body = new URLSearchParams(/** @type {any} */ (data));
    try {
      const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
      const response = await fetch(this.panel.dataset.url, {
        method: "POST",
        body,
        signal: request.signal,
        headers: { Accept: "application/json", [CSRF_HEADER_NAME]: CSRF_TOKEN },
      });
      if (!response.ok) throw new Error(String(response.status));
      this.draw(await response.json());
      this.show("");
      performance.mark("ls-checks-shown");
    } catch {
      if (request.signal.aborted) return;
      // Asked again at the next change, whatever it is.
      this.posted = null;
      this.show("failed");
    }
  }

  show(state) {
    for (const one of this.panel.querySelectorAll("[data-ls-state]"))
      one.hidden = one.dataset.lsState !== state;
    this.panel.classList.toggle("is-old", state === "failed");
  }

  draw({ summary, count, errors, problems, parts, used }) {
    fill(this.part("problems"), problems);
    // A live region is read out when its text changes, and only then.
    if (this.part("summary").textContent !== summary) this.part("summary").textContent = summary;
    this.panel.dataset.found = errors ? "errors" : count ? "warnings" : "nothing";
    if (this.counter) {
      this.counter.textContent = String(count);
      this.counter.hidden = !count;
      this.counter.classList.toggle("ls-checks-errors", errors > 0);
    }
    if (parts !== null) this.overview.draw(parts, used);
  }
}

const panel = document.querySelector("[data-ls-checks]");
/** @type {HTMLFormElement} */
const form = document.querySelector("form[data-edit-form]");
if (panel && form) {
  if (document.readyState === "complete") new Checks(panel, form);
  else window.addEventListener("load", () => new Checks(panel, form), { once: true });
}
