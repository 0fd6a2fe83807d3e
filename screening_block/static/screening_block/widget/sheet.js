/** The sheet to take to a lawyer, on the screen, on paper and as a file. A later part. */

import { button, h, markup, section, unmarked } from "./dom.js";

/** @import { App, FullFinding, Later, Visit } from "./shapes.js" */

/** @typedef {[title: string, items: string[]]} Section of the sheet; items in the small markup */

/**
 * The sheet, without sections that have nothing in them.
 * @param {Visit} visit
 * @param {[title: string, findings: FullFinding[]][]} groups
 * @param {string[]} unknown
 * @returns {Section[]}
 */
function sheet_of(visit, groups, unknown) {
  const { ui } = visit;
  const unsure = visit.asked.filter((key) => visit.answers[key] === null);
  const open = [...new Set([...unsure, ...unknown])];
  /** @param {FullFinding["citations"][number]} citation */
  const law = ({ text, url, status }) =>
    `${url ? `[${text}](${url})` : text}${status === "needs_checking" ? ` (${ui.check})` : ""}`;
  /** @param {FullFinding} found */
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
  const findings = groups.flatMap(([, found]) => found);
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
 * @param {FullFinding[]} findings
 * @param {string[]} unknown
 * @param {Section[]} parts
 */
function as_json(visit, findings, unknown, parts) {
  const { release } = visit;
  const [papers, questions] = parts.slice(-2).map(([, items]) => items.map(unmarked));
  /** @type {(keyof FullFinding)[]} Of a finding, what the data has as it is. */
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
      unknown,
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
export function save(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  const forget = () => URL.revokeObjectURL(href);
  h("a", { href, download: name }).click();
  setTimeout(forget, 9999);
  addEventListener("pagehide", forget, { once: true });
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
  const { result } = /** @type {Required<Later>} */ (app.later);
  const groups = result.groups(visit, true);
  const unknown = result.unknown(visit, true);
  const findings = groups.flatMap(([, found]) => found);
  for (const found of findings) {
    found.missing = found.missing.filter((one) => !visit.off(one.question));
    if (found.apart) found.because = found.notes = [];
  }
  const parts = sheet_of(visit, groups, unknown);
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
          () => save("sheet.json", "application/json", as_json(visit, findings, unknown, parts)),
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
