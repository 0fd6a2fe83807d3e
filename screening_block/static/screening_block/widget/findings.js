/** Findings and answers on a screen. In a later part. */

import { button, fold, h, link, markup } from "./dom.js";

/** @import { App, Go, Part, FullFinding } from "./shapes.js" */

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
 * @type {(actions: FullFinding["actions"], go?: Go) => Part}
 */
export const actions_node = (actions, go) =>
  actions[0] &&
  h(
    "ul.actions",
    actions.map((action) => h("li", go?.(action) || linked(action.label, action.url))),
  );

/**
 * What a finding says and what to do about it; `go` as in `actions_node`.
 * @type {(app: App, found: FullFinding, go?: Go) => Part[]}
 */
export const told_nodes = ({ visit }, { body, notes, actions, off, apart }, go) => [
  h("div", markup(body)),
  h("div", apart, notes.map(markup)),
  actions_node(actions, go),
  off && h("p.fine", visit.ui.off),
];

/**
 * A finding by itself.
 * @param {App} app
 * @param {FullFinding} found
 */
export const plain_node = (app, found) =>
  h(
    `article.finding.${found.severity}.${found.level}${found.off ? ".off" : ""}`,
    h("h3", found.heading),
    told_nodes(app, found),
  );
