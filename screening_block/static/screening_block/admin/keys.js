/**
 * Keys, which nobody has to type: a new one is made from the label, and stays as it is
 * once it is published or a condition uses it.
 */

import { others, put, slug, unique } from "./key_names.js";
import { blockAround, uses } from "./page_state.js";

const LABELS = ["label", "heading", "text"];

/**
 * What the conditions of the page call the holder of a key field, or null.
 * @returns {import("./page_state.js").Subject | null}
 */
function subject(field) {
  const room = /^(questions|facts)-\d+-value-key$/.exec(field.name)?.[1];
  if (room) return { kind: room.slice(0, -1), key: field.value };
  if (!/^questions-\d+-value-options-\d+-value-key$/.test(field.name)) return null;
  return { kind: "option", key: field.value, question: blockAround(field)?.value.key };
}

/** @returns {Promise<"published"|"used"|"">} why a key cannot change */
async function fixed(field) {
  const what = subject(field);
  if (!what?.key) return "";
  if (uses(what).length) return "used";
  const { vocabulary } = await import("./condition_server.js");
  const { published } = await vocabulary();
  const there =
    what.kind === "fact"
      ? published.facts.includes(what.key)
      : what.kind === "question"
        ? what.key in published.questions
        : published.questions[what.question]?.includes(what.key);
  return there ? "published" : "";
}

class KeyController extends window.StimulusModule.Controller {
  connect() {
    const { element: field } = this;
    if (this.note || !/(^|-)key$/.test(field.name)) return;
    field.closest("[data-contentpath], .w-panel, .w-field__wrapper")?.classList.add("ls-keyed");
    this.auto = !field.value;
    this.note = document.createElement("p");
    this.note.className = "ls-keyed__note";
    this.note.id = `${field.id || field.name}-note`;
    this.note.setAttribute("role", "status");
    field.after(this.note);
    this.label = LABELS.map((name) => field.form?.elements[field.name.replace(/key$/, name)]).find(
      (found) => found?.tagName,
    );
    this.bound = new AbortController();
    const on = (target, kind, act) =>
      target?.addEventListener(kind, act, { signal: this.bound.signal });
    on(this.label, "input", () => this.make());
    for (const each of [this.label, field]) on(each, "focus", () => this.settle());
    on(field, "input", () => (this.auto &&= this.making));
  }

  disconnect() {
    this.bound?.abort();
    this.note?.remove();
    this.note = null;
  }

  /** Whether the key may still change, found out when somebody is about to. */
  async settle() {
    const { element: field } = this;
    const why = await fixed(field).catch(() => "");
    if (why) this.auto = false;
    field.readOnly = Boolean(why);
    if (!why) return;
    const { vocabulary } = await import("./condition_server.js");
    this.note.textContent = (await vocabulary()).say(`key_${why}`);
  }

  make() {
    if (!this.auto) return;
    const { element: field } = this;
    const made = slug(this.label.value);
    this.making = true;
    put(field, made ? unique(made, others(field)) : "");
    this.making = false;
  }
}

window.wagtail.app.register("ls-key", KeyController);
