/**
 * The result in full: a later part, see `later.js`. The page without script lays out the
 * same, in the same words: `screening_block/visitor/pages.py`.
 */

import { parse } from "../engine/release.js";
import { button, fold, h, markup, section } from "./dom.js";
import { actions_node, again, answers_node, given, kept, linked, told_nodes } from "./findings.js";
import { in_full } from "./found.js";
import { get_part } from "./fetched.js";
import css from "./result.css";
import { shown_of } from "./shown.js";
import { progress_of } from "./totals.js";
import { way_of } from "./way.js";

/** @import { App, FullFinding, Part, ShownResult, Visit } from "./shapes.js" */

/**
 * Puts what was left out into what is there, at its place.
 * @param {any} into
 * @param {object} more
 */
function merge(into, more) {
  for (const [name, value] of Object.entries(more)) {
    if (Object(into[name]) === into[name]) merge(into[name], value);
    else into[name] = value;
  }
}

/**
 * Asks for what the first question did not need: what only a result says.
 * @param {Visit} visit
 */
export async function fetch({ release, book }) {
  if (!book.parts_url || book.atoms) return;
  const more = parse(await get_part(book, book.locale, "rest"));
  merge(release.data, more.release);
  merge(book, more.words);
}

// For the screens and the other parts.
export { given, in_full, progress_of, shown_of };
/** @param {App} app */
export const way = (app) => way_of(app, { check_nodes, result_nodes });

/** The style of what follows the first answer. */
export const style = new CSSStyleSheet();
style.replaceSync(css);

/** Of a group, how many questions or findings are listed at once; the others unfold. */
const MOST_LISTED = 3;

/**
 * What a finding says, what to do about it, whom to call, and why.
 * @type {(app: App, found: FullFinding, call?: Part) => Part[]}
 */
function whole(app, found, call) {
  const { visit } = app;
  const { ui } = visit;
  const { because, citations, missing, apart } = found;
  const starred = citations.some(({ status }) => status === "needs_checking");
  return [
    told_nodes(app, found, app.later.help?.to_section(app)),
    call,
    fold(
      ui.reasons,
      h(
        "ul",
        apart,
        because.map((reason) => h("li", reason)),
      ),
      citations[0] && [
        h("p", ui.law),
        h(
          "ul",
          citations.map(({ text, url, status }) =>
            // Nobody translates these.
            h(
              "li",
              { lang: visit.release.locale },
              linked(text, url),
              status === "needs_checking" && " *",
            ),
          ),
        ),
        starred && h("p.fine", ui.starred),
      ],
      h("p.fine", found.checked),
    ),
    missing[0] &&
      h(
        "div.off",
        fold(
          ui.open,
          h(
            "ul",
            missing.map(({ question }) =>
              h("li", visit.question(question), " ", again(app, question, ui.answer)),
            ),
          ),
        ),
      ),
    app.later.languages?.finding_beside(app, found.key),
  ];
}

/**
 * A finding. In the open it says what it is about and, where that is sure, what to do; the
 * rest unfolds.
 * @param {App} app
 * @param {FullFinding} found
 * @param {ShownResult} read
 * @param {boolean} [folded]
 */
function finding_node(app, found, read, folded) {
  const { ui } = app.visit;
  const { group, level, severity, notes, actions, apart, off } = found;
  const sure = level === "applies";
  const top = [
    h("h4", found.heading),
    // A next step fits everybody it is shown to.
    group !== "next" && h("span.level", ui.level[level]),
  ];
  const [first, ...rest] = found.body.split("\n\n");
  const brief = rest[0] || (!apart && notes[0]);
  const call = severity === "urgent" && app.later.help?.urgent(app, found, read);
  return h(
    `article.finding.${severity}.${level}.in-${group}${off ? ".off" : ""}`,
    folded
      ? fold(top, () => h("div", whole(app, found, call)))
      : [
          top,
          brief
            ? [
                h("div", markup(first)),
                sure && actions_node(actions, app.later.help?.to_section(app)),
                call,
                fold(ui.more_about, () =>
                  h(
                    "div",
                    whole(app, { ...found, body: rest.join("\n\n"), actions: sure ? [] : actions }),
                  ),
                ),
              ]
            : whole(app, found, call),
        ],
  );
}

/**
 * Questions that are open; each unfolds to where its answer is found.
 * @param {App} app
 * @param {string[]} keys
 */
const asked_nodes = (app, keys) =>
  h(
    "ul.bare",
    keys.map((key) =>
      h(
        "li",
        app.visit.off(key),
        fold(
          app.visit.question(key),
          markup(app.visit.text(["questions", key, "where"]) || app.visit.ui.nowhere),
          again(app, key, app.visit.ui.answer),
        ),
      ),
    ),
  );

/**
 * The first of some things, and the others in a fold.
 * @template T
 * @param {T[]} all
 * @param {(some: T[]) => Part} nodes
 * @param {(n: number) => string} title
 */
const listed = (all, nodes, title) => [
  nodes(all.slice(0, MOST_LISTED)),
  all.length > MOST_LISTED &&
    fold(title(all.length - MOST_LISTED), () => h("div", nodes(all.slice(MOST_LISTED)))),
];

/**
 * All answers before the result, in their sections; none is on paper.
 * @param {App} app
 * @param {() => void} go shows the result
 */
export function check_nodes(app, go) {
  const { visit } = app;
  const { asked, release, ui } = visit;
  /** @type {Map<string | undefined, string[]>} */
  const sections = new Map();
  for (const key of asked) {
    const section = release.questions.get(key)?.section;
    sections.set(section, [...(sections.get(section) ?? []), key]);
  }
  return h(
    "div.off.check",
    h("p", ui.check_lead),
    [...sections.values()].map((keys) => {
      const heading = visit.section(keys[0]);
      return [heading && h("h3", heading), answers_node(app, keys)];
    }),
    h("p", button("button", go, ui.show_result)),
    kept(app),
  );
}

/** @param {App} app */
export function result_nodes(app) {
  const { visit, later, question } = app;
  const { ui } = visit;
  const read = shown_of(visit);
  const { short, open, groups } = read;
  /** @param {FullFinding[]} found */
  const folded = (found) => found.map((one) => finding_node(app, one, read, true));
  /** @type {(name: string) => (n: number) => string} */
  const more = (name) => (n) => visit.say(ui.more[name], { n });
  const ask_first = groups
    .flatMap(({ questions }) => questions.slice(0, MOST_LISTED))
    .filter((key) => visit.asked.includes(key));
  return [
    h(
      "section.brief",
      h("h3", ui.short),
      h(
        "dl",
        short.map(({ part, text, off }) =>
          h("div", off, h("dt", ui.short_parts[part]), h("dd", text)),
        ),
        ask_first[0] &&
          h(
            "div.off",
            h("dt", ui.ask_first),
            ask_first.map((key) =>
              h(
                "dd",
                button("link", () => question(key), visit.question(key)),
              ),
            ),
          ),
      ),
      later.help?.number(app, read),
    ),
    h("p.fine", ui.lead),
    app.review(),
    open[0] &&
      section(
        ui.most,
        open.map((one) => finding_node(app, one, read)),
      ),
    groups.map(({ heading, findings, questions }) =>
      section(
        heading,
        questions[0]
          ? [
              listed(questions, (keys) => asked_nodes(app, keys), more("questions")),
              fold(ui.could_be, () => h("div", folded(findings))),
            ]
          : listed(findings, folded, more("findings")),
      ),
    ),
    !open[0] && !groups[0] && h("p", ui.nothing),
    section(ui.yours, given(app)),
    later.help?.section(app),
    later.sheet && h("p", button("button", app.sheet, ui.make_sheet)),
    h("p", h("strong", ui.keep)),
    h("p.fine", ui.as_of),
  ];
}
