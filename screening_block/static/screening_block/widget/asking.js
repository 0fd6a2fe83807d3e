/** The screen of a question: its form, what was wrong with what was typed, its answer. */

import { button, fold, h, markup } from "./dom.js";
import { fields_of } from "./question.js";
import { focus_on, when_painted } from "./stage.js";

/** @import { Value } from "../engine/shapes.js" */
/** @import { App, Told, Want } from "./shapes.js" */

/**
 * @param {App} app
 * @param {string} key
 * @param {Told} [told]
 */
export function ask(app, key, { says, before } = {}) {
  const { visit, stage } = app;
  const { asked, release, ui } = visit;
  const place = [...asked, key].indexOf(key);
  const [progress, total] = app.later.result?.progress_of(app, place) ?? [
    visit.say(ui.progress.plain, { i: place + 1 }),
  ];
  const section = visit.section(key);
  const { nodes, read } = fields_of(visit, key);
  const [help, why, where] = ["help", "why", "where"].map((part) =>
    markup(visit.text(["questions", key, part])),
  );
  /** @param {Value | null} value @returns {[string, () => void]} */
  const after = (value) => [
    String([key, value]),
    () => app.go_on(visit.keep(key, value), undefined, key),
  ];
  const ready = () => app.settled && stage.prepare(...after(read(() => undefined) ?? null));
  /** @param {Value | null} value */
  const keep = async (value) => {
    if (!app.settled) {
      const moment = h("p.hint", { tabindex: -1 }, ui.moment);
      form.inert = true;
      form.after(moment);
      focus_on(moment);
      const came = await app.settle();
      // The visitor went elsewhere meanwhile.
      if (!form.isConnected || form.closest(".ahead")) return;
      if (!came) {
        moment.remove();
        form.inert = false;
        return refuse(ui.unreachable);
      }
    }
    stage.take(...after(value));
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const value = read(refuse);
    if (value !== undefined) keep(value);
  };
  /** @type {Want} Says what is wanted, never what was typed, and leads to the fields. */
  const refuse = (message, ...fields) => {
    const go = button("link", () => fields[0]?.focus(), message);
    const summary = h(
      "div.summary",
      { role: "alert", tabindex: -1 },
      h("p", h("strong", ui.problem)),
      go,
    );
    error.replaceChildren(h("span.hidden", `${ui.error} `), message);
    error.hidden = false;
    /** @type {NodeListOf<HTMLElement>} */
    const inputs = form.querySelectorAll("select, input:not([name])");
    for (const input of inputs) input.setAttribute("aria-invalid", String(fields.includes(input)));
    form.querySelector(".summary")?.remove();
    form.prepend(summary);
    focus_on(summary);
    return undefined;
  };
  const error = h("p.error", { id: "error", hidden: true });
  /** @type {HTMLFormElement} */
  let form;
  const off = visit.off(key);
  const beside = h("div");
  app
    .arrival()
    .then(() => beside.replaceChildren(...(app.later.languages?.question_beside(app, key) ?? [])));
  /** @param {HTMLElement} heading */
  const build = (heading) => {
    const about = { "aria-describedby": "help error" };
    const set = h(
      "fieldset",
      about,
      h("legend", heading),
      h("div", { id: "help" }, help, off && h("p.hint", ui.off)),
      error,
      nodes,
    );
    // `dialog` sends nothing anywhere, whatever happens to the script.
    form = h(
      "form",
      off,
      {
        method: "dialog",
        autocomplete: "off",
        novalidate: true,
        oninput: () => when_painted(/** @type {HTMLElement} */ (form.parentNode), ready),
      },
      h("div.field", set),
      h(
        "div.buttons",
        // Not on submit: a frame that may only run scripts submits nothing. Enter presses it too.
        h("button.button", { onclick: submit }, ui.next),
        button(
          "button.quiet",
          () => keep(null),
          release.questions.get(key)?.optional ? ui.skip : ui.unsure,
        ),
      ),
      where.length > 0 && fold(ui.where, where),
      why.length > 0 && fold(ui.why, why),
    );
    return [
      app.back(place),
      total && h("progress", { max: total, value: place, "aria-hidden": "true" }),
      section && h("p.part", section),
      form,
      beside,
      asked.length > 0 ? app.later.result?.given(app) : app.from_file(),
      app.review(),
    ];
  };
  says ||= section ? `${section}: ${progress}` : progress;
  stage.show(visit.question(key), build, {
    place,
    progress,
    says,
    before,
    ready,
    at: (other) => other.question(key),
  });
}
