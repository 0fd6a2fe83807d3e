/** The result, and the sheet to take to a lawyer. All of it is made here. */

import { button, fold, h, link, markup, unmarked } from "./dom.js";

/** A button that asks a question again, if it was asked before. */
const again = ({ visit, question }, key, text) =>
  visit.asked.includes(key) && button("link", () => question(key), text, h("span.hidden", ` ${visit.question(key)}`));

/** The answers so far, each with a button to change it, and one to clear them all. */
export function given(app) {
  const { asked, ui, question, say, told } = app.visit;
  const row = (key) => h("div", h("dt", question(key)), h("dd", told(key)), h("dd", again(app, key, ui.change)));
  return [
    fold(say(ui.so_far, { n: asked.length }), () => h("dl.given", asked.map(row))),
    button("link", () => app.clear(), ui.clear),
  ];
}

const section = (title, ...nodes) => h("section", h("h3", title), nodes);

const citation = (ui, { text, url, status }) =>
  h("li", url ? link(url, text) : text, status === "needs_checking" && [" ", h("span.mark", ui.check)]);

/** What a finding says and what to do about it. */
const words = ({ body, actions }) => [
  h("div", markup(body)),
  actions.length > 0 && h("ul.actions", actions.map(({ label, url }) => h("li", url ? link(url, label) : label))),
];

/** A finding in full; what is grave and sure stands open, the rest unfolds. */
export function finding_node(app, found, bare) {
  const { visit } = app;
  const { ui } = visit;
  const { heading, level, severity, group, because, citations, missing, status, checked } = found;
  const top = [h(bare ? "h3" : "h4", heading), !bare && h("span.level", ui.level[level])];
  const more = [
    words(found),
    !bare && fold(
      ui.reasons,
      because.length > 0 && h("ul", because.map((reason) => h("li", reason))),
      citations?.length > 0 && [h("p", ui.law), h("ul", citations.map((one) => citation(ui, one)))],
      status === "needs_checking" && h("p.fine", ui.rule_check),
      checked && h("p.fine", checked),
    ),
    !bare && missing.length > 0 && fold(
      ui.open,
      h("ul", missing.map(({ question }) => h("li", visit.question(question), " ", again(app, question, ui.answer)))),
    ),
  ];
  const open = bare || (level === "applies" && group !== "help" && group !== "next");
  return h(`article.finding.${severity}.${level}.in-${group}`, open ? [top, more] : h("details", h("summary", top), more));
}

export function result_nodes(app) {
  const { visit } = app;
  const { ui } = visit;
  const groups = visit.groups();
  const unknown = visit.unknown();
  const sheet = () => h("p", button("button", app.sheet, ui.make_sheet));
  return [
    h("p.lead", ui.lead),
    app.review(),
    sheet(),
    groups.map(([title, found]) => section(title, found.map((one) => finding_node(app, one)))),
    !groups.length && h("p", ui.nothing),
    unknown.length > 0 && section(
      ui.unknown,
      h("p", ui.look),
      h("dl", unknown.map((key) => [
        h("dt", visit.question(key)),
        h("dd", markup(visit.text(["questions", key, "where"]) || ui.nowhere), again(app, key, ui.answer)),
      ])),
    ),
    section(ui.yours, given(app)),
    sheet(),
    h("p.fine", ui.as_of, " ", ui.links),
  ];
}

/** The sheet as `[title, items]`, an item a text in the small markup or `[text, items]`. */
function sheet_of(visit, groups) {
  const { ui } = visit;
  const unsure = visit.asked.filter((key) => visit.answers[key] === null);
  const open = [...new Set([...unsure, ...visit.unknown()])];
  const law = ({ text, url, status }) =>
    `${url ? `[${text}](${url})` : text}${status === "needs_checking" ? ` (${ui.check})` : ""}`;
  const item = ({ heading, level, group, because, citations, actions, checked }) => [
    `**${heading}** (${ui.level[level]})`,
    [
      ...(group === "urgent" || group === "next" ? actions.map(({ label }) => label) : []),
      because.join(" "),
      citations?.length && `${ui.law} ${citations.map(law).join("; ")}`,
      checked,
    ].filter(Boolean),
  ];
  const ask = groups.flatMap(([, found]) => found).flatMap(({ heading, level, group }) => {
    const form = group === "help" ? ui.ask_help : level === "may_apply" && ui.ask_may;
    return form ? visit.say(form, { heading }) : [];
  });
  const wheres = open.map((key) => visit.text(["questions", key, "where"])).filter(Boolean);
  return [
    [ui.told, visit.asked.filter((key) => !unsure.includes(key)).map((key) => `${visit.question(key)} **${visit.told(key)}**`)],
    [ui.not_sure, open.map((key) => visit.question(key))],
    ...groups.map(([title, found]) => [title, found.map(item)]),
    [ui.papers, [...new Set([...ui.bring, ...wheres])]],
    [ui.questions, [...ui.ask, ...ask]],
  ].filter(([, items]) => items.length);
}

function as_text(visit, parts) {
  const line = (item, indent) => {
    const [text, items = []] = [item].flat(1);
    return [`${indent}- ${unmarked(text).replace(/\n+/g, `\n${indent}  `)}`, ...items.map((one) => line(one, `${indent}    `))].join("\n");
  };
  const { ui } = visit;
  const head = [visit.text(["title"]), ui.lead, ui.reviewed, ui.overdue, ui.as_of_whole];
  return [
    head.filter(Boolean).join("\n"),
    ...parts.map(([title, items]) => `${title.toUpperCase()}\n${items.map((item) => line(item, "")).join("\n")}`),
  ].join("\n\n");
}

/** Of a finding, what the data has as it is. */
const KEPT = ["key", "level", "severity", "heading", "because", "missing", "citations", "checked_on"];

function as_json(visit, groups, parts) {
  const { release, book, outcome, answers } = visit;
  const [papers, questions] = parts.slice(-2).map(([, items]) => items.map(unmarked));
  const findings = groups.flatMap(([, found]) => found);
  const { key, jurisdiction, review } = release.data;
  return JSON.stringify(
    {
      screener: key, jurisdiction, review, release: release.sha256, as_of: book.as_of, engine: outcome.engine, answers,
      unknown: visit.unknown(),
      findings: findings.map((found) => ({
        ...Object.fromEntries(KEPT.map((name) => [name, found[name]])),
        text: unmarked(found.body),
      })),
      papers,
      questions,
    },
    // The values themselves: old libraries gave arrays and texts a `toJSON` of their own.
    function (name) {
      return this[name];
    },
    2,
  );
}

function save(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 9999);
}

/** Prints the widget alone: for so long, nothing else of the page is on paper. */
function print(host) {
  const alone = new CSSStyleSheet();
  alone.replaceSync("@media print{body :not([data-ls-print],:has([data-ls-print])){display:none!important}}");
  const only = (on) => {
    host.toggleAttribute("data-ls-print", on);
    alone.disabled = !on;
  };
  // Inside another component's shadow the page's rules would hide that one.
  if (host.getRootNode() === document) {
    document.adoptedStyleSheets.push(alone);
    only(true);
    addEventListener("afterprint", () => only(false), { once: true });
  }
  globalThis.print();
}

export function sheet_nodes(app) {
  const { visit } = app;
  const { ui } = visit;
  const groups = visit.groups();
  const parts = sheet_of(visit, groups);
  const list = (items) =>
    h("ul", items.map((item) => {
      const [text, more = []] = [item].flat(1);
      return h("li", markup(text), more.length > 0 && list(more));
    }));
  return [
    h("div.no-print",
      h("p", ui.private),
      h("div.buttons",
        button("button.quiet", () => print(app.host), ui.print),
        button("button.quiet", () => save("sheet.txt", "text/plain;charset=utf-8", as_text(visit, parts)), ui.as_text),
        button("button.quiet", () => save("sheet.json", "application/json", as_json(visit, groups, parts)), ui.as_json),
      ),
      button("link", () => app.result(), ui.to_result),
    ),
    h("p", h("strong", visit.text(["title"]))),
    h("p", ui.lead),
    app.review(),
    parts.map(([title, items]) => section(title, list(items))),
    h("p.fine", ui.as_of_whole),
  ];
}
