/** The result in full: a later part, see `later.js`. */

import { is_open } from "../engine/presented.js";
import { button, fold, h, markup, section } from "./dom.js";
import { again, given, linked, told_nodes } from "./findings.js";
import { groups, in_full, unknown } from "./found.js";

/** @import { App, FullFinding } from "./shapes.js" */

// For the screens and the other parts.
export { groups, in_full, unknown };

/**
 * A finding; what is grave and sure stands open, the rest unfolds.
 * @param {App} app
 * @param {FullFinding} found
 */
function finding_node(app, found) {
  const { visit } = app;
  const { ui } = visit;
  const { level, group, citations, missing, off } = found;
  const top = [h("h4", found.heading), h("span.level", ui.level[level])];
  const more = [
    told_nodes(app, found),
    fold(
      ui.reasons,
      h(
        "ul",
        found.apart,
        found.because.map((reason) => h("li", reason)),
      ),
      citations.length > 0 && [
        h("p", ui.law),
        h(
          "ul",
          citations.map(({ text, url, status }) =>
            h(
              "li",
              linked(text, url),
              status === "needs_checking" && [" ", h("span.mark", ui.check)],
            ),
          ),
        ),
      ],
      h("p.fine", found.checked),
    ),
    missing.length > 0 &&
      fold(
        ui.open,
        h(
          "ul.off",
          missing.map(({ question }) =>
            h("li", visit.question(question), " ", again(app, question, ui.answer)),
          ),
        ),
      ),
  ];
  return h(
    `article.finding.${found.severity}.${level}.in-${group}${off ? ".off" : ""}`,
    is_open(found) ? [top, more] : h("details", h("summary", top), more),
  );
}

/** @param {App} app */
export function result_nodes(app) {
  const { visit } = app;
  const { ui } = visit;
  const found = groups(visit);
  const open = unknown(visit);
  const on_paper = unknown(visit, true);
  /** @param {string} key */
  const off = (key) => !on_paper.includes(key) && { class: "off" };
  const sheet = () => [
    app.later.sheet && h("p", button("button", app.sheet, ui.make_sheet)),
    h("p", h("strong", ui.keep)),
  ];
  return [
    h("p.lead", ui.lead),
    app.review(),
    sheet(),
    found.map(([title, members]) =>
      section(
        title,
        members.map((one) => finding_node(app, one)),
      ),
    ),
    !found.length && h("p", ui.nothing),
    open.length > 0 &&
      section(
        ui.unknown,
        h("p", ui.look),
        h(
          "dl",
          open.map((key) => [
            h("dt", off(key), visit.question(key)),
            h(
              "dd",
              off(key),
              markup(visit.text(["questions", key, "where"]) || ui.nowhere),
              again(app, key, ui.answer),
            ),
          ]),
        ),
      ),
    section(ui.yours, given(app)),
    app.later.help?.section(app),
    sheet(),
    h("p.fine", ui.as_of),
  ];
}
