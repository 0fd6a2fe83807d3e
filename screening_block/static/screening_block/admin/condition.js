/**
 * A condition in the admin: its sentence, and the editor when somebody opens it. The text
 * area stays the field; it is only hidden. A screener has hundreds of conditions, so a
 * closed one is two elements, and its sentence is asked for once it comes into sight.
 */

import { h } from "../widget/dom.js";
import { icon } from "./condition_parts.js";
import { ask } from "./condition_server.js";
import "./used.js";

const { Controller } = window.StimulusModule;

const sight = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries)
      /** @type {HTMLElement} */ (target).lsCondition?.sighted(isIntersecting);
  },
  { rootMargin: "100px" },
);

/** The closed conditions in sight, whose sentences follow when a label changes. */
const inSight = new Set();
let timer;
document.addEventListener("change", () => {
  clearTimeout(timer);
  timer = setTimeout(() => inSight.forEach((one) => one.ask()), 400);
});

class ConditionController extends Controller {
  static values = { words: Object };

  connect() {
    if (this.box) return;
    const { element: field, wordsValue: words } = this;
    // A field that is not seen cannot be focused, so the browser must not insist on it.
    field.removeAttribute("required");
    field.classList.add("ls-condition__text");
    this.said = h("p.ls-condition__said");
    this.button = h("button.button.button-small.button-secondary.ls-condition__edit", {
      type: "button",
      "aria-expanded": "false",
      onclick: () => (this.editor ? this.shut() : this.open()),
    });
    this.problems = h("span.ls-condition__problems");
    this.box = h(
      "div.ls-condition",
      h("div.ls-condition__line", this.said, this.problems, this.button),
    );
    this.box.lsCondition = this;
    field.after(this.box);
    field.focus = () => this.button.focus();
    Object.assign(this, { words, shown: "" });
    this.draw(null);
    sight.observe(this.box);
  }

  disconnect() {
    sight.unobserve(this.box);
    inSight.delete(this);
    this.editor?.close();
    this.editor = null;
    this.box?.remove();
    this.box = null;
  }

  sighted(yes) {
    if (!yes) inSight.delete(this);
    else if (!this.editor) {
      inSight.add(this);
      this.ask();
    }
  }

  async ask() {
    const text = this.element.value;
    if (!text.trim()) return this.draw(null);
    const said = await ask(text);
    if (said && this.box && text === this.element.value && !this.editor) this.draw(said);
  }

  /** @param {import("./condition_server.js").Said|null} said */
  draw(said) {
    const { words, editor } = this;
    const empty = !this.element.value.trim();
    const sentence = said?.sentence || (empty ? words.none : this.said.textContent || "…");
    const problem = !editor && said?.problems[0]?.message;
    const label = editor ? words.done : empty ? words.add : words.edit;
    const shown = JSON.stringify([sentence, problem, label]);
    // Asked again after every change on the page, most say what they said.
    if (shown === this.shown) return;
    this.shown = shown;
    this.said.textContent = sentence;
    this.said.classList.toggle("is-empty", empty);
    this.problems.replaceChildren(...(problem ? [icon("warning"), ` ${problem}`] : []));
    this.box.classList.toggle("is-wrong", Boolean(problem));
    const field =
      this.element.closest("[data-contentpath]")?.querySelector("label")?.firstChild?.textContent ??
      "";
    this.button.replaceChildren(icon(editor ? "check" : empty ? "plus" : "edit"), label);
    this.button.setAttribute("aria-label", `${label}: ${field}`);
    this.button.setAttribute("aria-expanded", String(Boolean(editor)));
  }

  async open() {
    this.box.classList.add("is-opening");
    try {
      const { ConditionEditor } = await import("./condition_editor.js");
      this.editor = await ConditionEditor.open(this.element, {
        label: this.button.getAttribute("aria-label"),
        onsaid: (said) => this.draw(said),
      });
    } catch {
      // No network: the text itself can still be edited.
      this.element.classList.add("is-shown");
      return;
    } finally {
      this.box.classList.remove("is-opening");
    }
    inSight.delete(this);
    this.box.classList.add("is-open");
    this.box.append(this.editor.element);
    this.draw(null);
    if (this.element.value.trim()) this.button.focus();
    else this.editor.focus([], "add");
  }

  /**
   * Opens it with the focus on one of its tests.
   * @param {string} row the path of the test, "1.0"
   */
  async openAt(row) {
    if (!this.editor) await this.open();
    for (let path = row.split(".").map(Number); path.length && this.editor; path.pop())
      if (this.editor.slots.has(path.join("."))) return this.editor.focus(path, "subject");
    return null;
  }

  shut() {
    this.editor.close();
    this.editor = null;
    this.box.classList.remove("is-open");
    this.element.classList.remove("is-shown");
    inSight.add(this);
    this.draw(null);
    this.ask();
    this.button.focus();
  }
}

window.wagtail.app.register("ls-condition", ConditionController);
