/** Findings and answers on the screen, as far as they are wanted before the result. */

import { rank } from "../engine/ranks.js";
import { button, fold, h, link, markup } from "./dom.js";

/** @import { App, Go, Part, ShownFinding } from "./shapes.js" */

/**
 * A button that asks a question again, if it was asked before.
 * @type {(app: App, key: string, text: string) => Part}
 */
export const again = ({ visit, question }, key, text) =>
  visit.asked.includes(key) &&
  button("link", () => question(key), text, h("span.hidden", ` ${visit.question(key)}`));

/**
 * Answers, each with a button to change it.
 * @param {App} app
 * @param {string[]} keys
 */
export const answers_node = (app, keys) =>
  h(
    "dl.given",
    keys.map((key) =>
      h(
        "div",
        h("dt", app.visit.question(key)),
        h("dd", app.visit.told(key)),
        h("dd", again(app, key, app.visit.ui.change)),
      ),
    ),
  );

/**
 * What can be done with all answers: save them, clear them.
 * @param {App} app
 * @returns {Part[]}
 */
export function kept(app) {
  const { ui } = app.visit;
  const box = h("div");
  const offer = () => {
    const ask = button("link", sure, ui.clear);
    box.replaceChildren(ask);
    return ask;
  };
  /** Once more, because nothing brings them back. */
  function sure() {
    const text = h("p", { tabindex: -1 }, ui.clear_ask);
    box.replaceChildren(
      text,
      h(
        "div.buttons",
        button("button", () => app.clear(), ui.clear_yes),
        button("button.quiet", () => offer().focus(), ui.clear_no),
      ),
    );
    text.focus();
  }
  offer();
  return [app.later.file?.saving(app), box];
}

/**
 * The answers so far, folded, and what can be done with them.
 * @param {App} app
 */
export const given = (app) => {
  const { asked, say, ui } = app.visit;
  return h(
    "div.off",
    fold(say(ui.so_far, { n: asked.length }), () => answers_node(app, asked)),
    kept(app),
  );
};

/**
 * A text, as a link where it has an address.
 * @type {(text: string, url?: string) => Part}
 */
export const linked = (text, url) => (url ? link(url, text) : text);

/**
 * `go` makes what leads to who can help with something, where that stands.
 * @type {(actions: ShownFinding["actions"], go?: Go) => Part}
 */
export const actions_node = (actions, go) =>
  actions[0] &&
  h(
    "ul.actions",
    actions.map((action) => h("li", go?.(action) || linked(action.label, action.url))),
  );

/**
 * What a finding says and what to do about it; `go` as in `actions_node`.
 * @type {(app: App, found: ShownFinding, go?: Go) => Part[]}
 */
export const told_nodes = ({ visit }, { body, notes, actions, off, apart }, go) => [
  h("div", markup(body)),
  h("div", apart, notes.map(markup)),
  actions_node(actions, go),
  off && h("p.fine", visit.ui.off),
];

/**
 * A finding by itself: urgent for sure, or all there is of it.
 * @param {App} app
 * @param {ShownFinding} found
 * @param {Part} [level]
 * @param {Part} [call]
 */
export const plain_node = (app, found, level, call) =>
  h(
    `article.finding.${found.severity}.${found.level}${found.off ? ".off" : ""}`,
    h("h3", found.heading),
    level,
    told_nodes(app, found),
    call,
  );

/**
 * What stands in for the result in full, where that part of the script did not come.
 * @param {App} app
 */
export function plain_nodes(app) {
  const { visit } = app;
  const { ui } = visit;
  const found = visit.outcome.findings
    .map((one) => visit.worded(one))
    .filter((one) => rank(one) < 8);
  found.sort((one, other) => rank(one) - rank(other));
  return [
    h("p.lead", ui.lead),
    h("p.notice", h("strong", ui.partly)),
    app.review(),
    found.map((one) =>
      plain_node(
        app,
        one,
        h("span.level", ui.level[one.level]),
        one.severity === "urgent" && app.later.help?.urgent(app, one),
      ),
    ),
    !found.length && h("p", ui.nothing),
    h("h3", ui.yours),
    given(app),
    h("p", h("strong", ui.keep)),
    h("p.fine", ui.as_of),
  ];
}
