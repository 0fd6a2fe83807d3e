/**
 * A screener that a check made. This is the one place that looks into one or presses what it
 * shows, and it takes no element that it was not handed as its own: what a visitor answers in
 * another of the page is out of reach. A test holds that no other module looks.
 */

import { until, expect } from "./verdicts.js";

/** @typedef {HTMLElement & {src: string, locale: string, app?: {settled: boolean},
 *   leave(): void, handleEvent(event: any): void}} Screener */

export class Subject {
  /** @param {HTMLElement} node made by a check, a moment ago */
  constructor(node) {
    this.node = /** @type {Screener} */ (node);
    // What a page counts are its visitors.
    for (const name of ["started", "finished"])
      node.addEventListener(`screener:${name}`, (event) => event.stopPropagation());
  }

  /**
   * What shows, without what is made ready behind it.
   * @param {string} selector
   * @returns {HTMLElement[]}
   */
  showing(selector) {
    /** @type {HTMLElement[]} */
    const found = [...(this.node.shadowRoot?.querySelectorAll(selector) ?? [])].map(
      (one) => /** @type {HTMLElement} */ (one),
    );
    return found.filter((one) => !one.closest(".ahead, .hidden, [hidden]"));
  }

  /** The box with the questions. */
  get box() {
    return this.showing(".ls:not([role])")[0];
  }

  get heading() {
    return this.showing("h2")[0];
  }

  get title() {
    return this.heading?.textContent ?? "";
  }

  /** What it says where there are no questions. */
  get message() {
    const [said] = [...this.showing(".notice"), ...this.showing("[role=status]")];
    return said?.textContent ?? "";
  }

  /** @param {number} [milliseconds] */
  async comes(milliseconds) {
    expect(await until(() => this.showing(".promise")[0], milliseconds), "no_questions");
    return this;
  }

  /** To the first question, with all parts of the script. */
  async start() {
    await this.comes();
    this.press(".ls > div .button");
    expect(await until(() => this.showing("form")[0]), "no_first_question");
    await until(() => this.node.app?.settled, 4000);
    return this;
  }

  /** @param {string} selector */
  press(selector) {
    this.showing(selector)[0]?.click();
  }

  /**
   * Gives the question that shows an answer, the first option where there are some, and waits
   * for what follows.
   * @param {boolean} [unsure]
   */
  async answer(unsure = false) {
    const { heading } = this;
    const [option] = unsure ? [] : this.showing("form input[name]");
    option?.click();
    this.press(option ? "form .button" : "form .quiet");
    expect(await until(() => this.heading !== heading), "no_next_question");
    return this;
  }

  /** Whether one step back stands the answer that was given. */
  async keeps() {
    const { heading } = this;
    const back = this.showing(".back")[0];
    if (!back) return false;
    back.click();
    await until(() => this.heading !== heading);
    const options = this.showing("form input[name]");
    return !options[0] || options.some((one) => /** @type {HTMLInputElement} */ (one).checked);
  }

  /** Presses what leads on, whatever shows, until it is over. @returns {Promise<boolean>} */
  async finish() {
    let over = false;
    this.node.addEventListener("screener:finished", () => (over = true));
    for (let step = 0; step < 200 && !over; step++) {
      const { heading } = this;
      this.press(
        ["form .quiet", ".check .button", ".ls > div .button"].find(
          (one) => this.showing(one)[0],
        ) ?? "button",
      );
      if (!(await until(() => over || this.heading !== heading, 4000))) return false;
    }
    return over;
  }
}
