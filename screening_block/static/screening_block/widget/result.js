/** The result, and the sheet to take to a lawyer. All of it is made here. */

import { is_open } from "../engine/presented.js";
import { button, fold, h, link, markup, unmarked } from "./dom.js";

/** @import { App, Part, ShownFinding, Visit } from "./shapes.js" */

/** @typedef {[title: string, items: string[]]} Section of the sheet; items in the small markup */

/**
 * A button that asks a question again, if it was asked before.
 * @type {(app: App, key: string, text: string) => Part}
 */
const again = ({ visit, question }, key, text) =>
  visit.asked.includes(key) &&
  button("link", () => question(key), text, h("span.hidden", ` ${visit.question(key)}`));

/**
 * The answers so far, each with a button to change it, and one to clear them all.
 * @param {App} app
 */
export function given(app) {
  const { visit } = app;
  const { asked, ui } = visit;
  /** @param {string} key */
  const row = (key) =>
    h(
      "div",
      h("dt", visit.question(key)),
      h("dd", visit.told(key)),
      h("dd", again(app, key, ui.change)),
    );
  return h(
    "div.off",
    fold(visit.say(ui.so_far, { n: asked.length }), () => h("dl.given", asked.map(row))),
    button("link", () => app.clear(), ui.clear),
  );
}

/** @type {(title: string, ...nodes: Part[]) => HTMLElement} */
const section = (title, ...nodes) => h("section", h("h3", title), nodes);

/**
 * A text, as a link where it has an address.
 * @type {(text: string, url?: string) => Part}
 */
const linked = (text, url) => (url ? link(url, text) : text);

/**
 * A finding in full; what is grave and sure stands open, the rest unfolds.
 * @param {App} app
 * @param {ShownFinding} found
 * @param {boolean} [bare]
 */
export function finding_node(app, found, bare) {
  const { visit } = app;
  const { ui } = visit;
  const { level, group, citations, missing, off } = found;
  const top = [h(bare ? "h3" : "h4", found.heading), bare || h("span.level", ui.level[level])];
  const more = [
    h("div", markup(found.body)),
    h("div", found.apart, found.notes.map(markup)),
    found.actions[0] &&
      h(
        "ul.actions",
        found.actions.map(({ label, url }) => h("li", linked(label, url))),
      ),
    off && h("p.fine", ui.off),
    bare || [
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
    ],
  ];
  return h(
    `article.finding.${found.severity}.${level}.in-${group}${off ? ".off" : ""}`,
    bare || is_open(found) ? [top, more] : h("details", h("summary", top), more),
  );
}

/** @param {App} app */
export function result_nodes(app) {
  const { visit } = app;
  const { ui } = visit;
  const groups = visit.groups();
  const unknown = visit.unknown();
  /** @param {string} key */
  const off = (key) => !visit.unknown(true).includes(key) && { class: "off" };
  const sheet = () => [
    h("p", button("button", app.sheet, ui.make_sheet)),
    h("p", h("strong", ui.keep)),
  ];
  return [
    h("p.lead", ui.lead),
    app.review(),
    sheet(),
    groups.map(([title, found]) =>
      section(
        title,
        found.map((one) => finding_node(app, one)),
      ),
    ),
    !groups.length && h("p", ui.nothing),
    unknown.length > 0 &&
      section(
        ui.unknown,
        h("p", ui.look),
        h(
          "dl",
          unknown.map((key) => [
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
    sheet(),
    h("p.fine", ui.as_of),
  ];
}

/**
 * The sheet, without sections that have nothing in them.
 * @param {Visit} visit
 * @param {ReturnType<Visit["groups"]>} groups
 * @param {ShownFinding[]} findings
 * @returns {Section[]}
 */
function sheet_of(visit, groups, findings) {
  const { ui } = visit;
  const unsure = visit.asked.filter((key) => visit.answers[key] === null);
  const open = [...new Set([...unsure, ...visit.unknown(true)])];
  /** @param {ShownFinding["citations"][number]} citation */
  const law = ({ text, url, status }) =>
    `${url ? `[${text}](${url})` : text}${status === "needs_checking" ? ` (${ui.check})` : ""}`;
  /** @param {ShownFinding} found */
  const item = (found) =>
    [
      `**${found.heading}** (${ui.level[found.level]})`,
      ...(found.group === "urgent" || found.group === "next"
        ? found.actions.map(({ label }) => label)
        : []),
      found.because.join(" "),
      found.citations.length && `${ui.law} ${found.citations.map(law).join("; ")}`,
      found.checked,
    ]
      .filter(Boolean)
      .join("\n- ");
  const ask = findings.flatMap((found) => {
    const form = ui.ask_about[found.group] ?? ui.ask_about[found.level];
    return form ? visit.say(form, found) : [];
  });
  /** @type {Section[]} */
  const sections = [
    [
      ui.told,
      visit.asked
        .filter((key) => !unsure.includes(key))
        .map((key) => `${visit.question(key)} **${visit.told(key)}**`),
    ],
    [ui.not_sure, open.map((key) => visit.question(key))],
    ...groups.map(([title, found]) => /** @type {Section} */ ([title, found.map(item)])),
    [
      ui.papers,
      [
        ...new Set([
          ...ui.bring,
          ...open.map((key) => visit.text(["questions", key, "where"])).filter(Boolean),
        ]),
      ],
    ],
    [ui.questions, [...ui.ask, ...ask]],
  ];
  return sections.filter(([, items]) => items.length);
}

/**
 * @param {Visit} visit
 * @param {Section[]} parts
 */
function as_text(visit, parts) {
  /** @param {string} item */
  const line = (item) => `- ${unmarked(item).replace(/\n+/g, "\n  ")}`;
  return [
    visit.text(["title"]),
    visit.ui.head,
    ...parts.map(([title, items]) => `${title.toUpperCase()}\n${items.map(line).join("\n")}`),
  ].join("\n\n");
}

/**
 * @param {Visit} visit
 * @param {ShownFinding[]} findings
 * @param {Section[]} parts
 */
function as_json(visit, findings, parts) {
  const { release } = visit;
  const [papers, questions] = parts.slice(-2).map(([, items]) => items.map(unmarked));
  /** @type {(keyof ShownFinding)[]} Of a finding, what the data has as it is. */
  const kept = [
    "key",
    "level",
    "severity",
    "heading",
    "because",
    "missing",
    "citations",
    "checked_on",
    "checked",
  ];
  const { key, jurisdiction, review } = release.data;
  return JSON.stringify(
    {
      screener: key,
      jurisdiction,
      review,
      release: release.sha256,
      as_of: visit.book.as_of,
      engine: visit.outcome.engine,
      notice: visit.ui.keep,
      answers: Object.fromEntries(visit.asked.map((key) => [key, visit.answers[key]])),
      unknown: visit.unknown(true),
      findings: findings.map((found) => ({
        ...Object.fromEntries(kept.map((name) => [name, found[name]])),
        text: unmarked([found.body, ...found.notes].filter(Boolean).join("\n\n")),
      })),
      papers,
      questions,
    },
    // The values themselves: old libraries gave arrays and texts a `toJSON` of their own.
    /** @this {any} */
    function (/** @type {string} */ name) {
      return this[name];
    },
    2,
  );
}

/** @type {(name: string, type: string, text: string) => void} */
function save(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 9999);
}

/**
 * Prints the widget alone: for so long, nothing else of the page is on paper.
 * @param {HTMLElement} host
 */
function print(host) {
  const alone = new CSSStyleSheet();
  alone.replaceSync(
    "@media print{:has([data-ls-print]) :not([data-ls-print],:has([data-ls-print])){display:none!important}}",
  );
  const turn = () => host.toggleAttribute("data-ls-print");
  // Inside another component's shadow the page's rules would hide that one.
  if (host.getRootNode() === document) {
    document.adoptedStyleSheets.push(alone);
    turn();
    addEventListener("afterprint", turn, { once: true });
  }
  globalThis.print();
}

/** @param {App} app */
export function sheet_nodes(app) {
  const visit = { ...app.visit };
  visit.asked = visit.asked.filter((key) => !visit.off(key));
  const { ui } = visit;
  const groups = visit.groups(true);
  const findings = groups.flatMap(([, found]) => found);
  for (const found of findings) {
    found.missing = found.missing.filter((one) => !visit.off(one.question));
    if (found.apart) found.because = found.notes = [];
  }
  const parts = sheet_of(visit, groups, findings);
  return [
    h(
      "div.off",
      h("p", ui.private),
      h(
        "div.buttons",
        button("button.quiet", () => print(app.host), ui.print),
        button(
          "button.quiet",
          () => save("sheet.txt", "text/plain", as_text(visit, parts)),
          ui.as_text,
        ),
        button(
          "button.quiet",
          () => save("sheet.json", "application/json", as_json(visit, findings, parts)),
          ui.as_json,
        ),
      ),
      h(
        "p",
        button("link", () => app.result(), ui.to_result),
      ),
    ),
    h("p", h("strong", visit.text(["title"]))),
    h("div.summary", h("p", h("strong", ui.keep))),
    h("p", ui.lead),
    app.review(),
    parts.map(([title, items]) =>
      section(
        title,
        h(
          "ul",
          items.map((item) => h("li", markup(item))),
        ),
      ),
    ),
    h("p.fine", ui.as_of_whole),
  ];
}
