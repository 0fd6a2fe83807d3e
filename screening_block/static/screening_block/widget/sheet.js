/**
 * The sheet to take to a lawyer: on the screen, on paper and as a file. A later part. Its
 * first page is what the page without script prints: `screening_block/visitor/lawyer_sheet.py`.
 */

import { MARK, button, h, section } from "./dom.js";

/** @import { App, FullFinding, Later, ShownResult, Visit } from "./shapes.js" */

/**
 * The same words without markup; a link keeps its address: `markup.to_text`.
 * @param {string} text
 * @returns {string}
 */
function unmarked(text) {
  const bare = text.replace(RegExp(MARK, "g"), (whole, label, href, bold) =>
    bold ? unmarked(bold) : `${unmarked(label)} (${href})`,
  );
  return bare.trim();
}

/**
 * One line, or a row of a table; `law` is of what is said the part that nobody translates.
 * @typedef {string | [label: string, said: string, law?: HTMLElement]} Item
 */
/** @typedef {[title: string, items: Item[]]} Section */

/** Of so many open questions at most, the sheet says where the answers are found. */
const FEW = 3;

/**
 * The sections of the first page.
 * @param {Visit} visit without what stays off paper
 * @param {ShownResult} shown
 * @returns {Section[]}
 */
function first_page(visit, { open, groups }) {
  const { ui, asked, answers, release } = visit;
  const { questions } = release;
  /** @param {string} key */
  const day = (key) => (questions.get(key)?.base === "date" ? String(answers[key]) : "");
  /** @param {string} key */
  const place = (key) => ui.weightiest.indexOf(key);
  const said = asked.filter((key) => answers[key] !== null);
  const facts = said.filter((key) => !day(key)).sort((one, other) => place(one) - place(other));
  const dates = said.filter(day).sort((one, other) => (day(one) < day(other) ? -1 : 1));

  const all = [...open, ...groups.flatMap(({ findings }) => findings)];
  // What hangs on questions that are open is only counted.
  const left = groups.find(({ key }) => key === "unanswered")?.findings ?? [];
  /** @type {(names: string[], level?: string) => string[]} */
  const headings = (names, level) =>
    all
      .filter(
        (one) =>
          !left.includes(one) && names.includes(one.group) && (!level || one.level === level),
      )
      .map(({ heading }) => heading);
  const missing = all.flatMap((one) => one.missing.map(({ question }) => question));
  const unsure = asked.filter((key) => answers[key] === null);
  const unknown = [...questions.keys()].filter((key) => missing.includes(key) && !visit.off(key));
  const not_sure = [...new Set([...unsure, ...unknown])];
  const wheres = not_sure
    .map((key) => unmarked(visit.text(["questions", key, "where"])))
    .filter(Boolean);
  return [
    [ui.told, facts.map((key) => [visit.question(key), visit.told(key)])],
    [ui.dates, dates.map((key) => [visit.told(key), visit.question(key)])],
    [ui.not_sure, not_sure.map(visit.question)],
    [ui.fits, headings(["case", "risk"], "applies")],
    [
      ui.perhaps_me,
      [
        ...headings(["case", "risk"], "may_apply"),
        ...(left[0] ? [visit.say(ui.left_open, { n: left.length })] : []),
      ],
    ],
    [ui.usable, headings(["help"])],
    [ui.next_steps, headings(["next"])],
    [ui.questions, ui.ask],
    [ui.papers, [...ui.bring, ...(not_sure.length > FEW ? [] : wheres)]],
  ];
}

/**
 * Why, behind the first page: each reason once, with a number.
 * @param {Visit} visit
 * @param {FullFinding[]} findings
 * @returns {Section[]}
 */
function reasons({ ui, release }, findings) {
  /** @param {FullFinding} one */
  const told = (one) => (one.apart ? [] : one.because);
  const every = [...new Set(findings.flatMap(told))];
  /** @param {FullFinding["citations"][number]} citation */
  const law = ({ text, status }) => (status === "needs_checking" ? `${text} *` : text);
  return [
    [ui.why_all, every.map((reason, n) => `${n + 1}. ${reason}`)],
    [
      ui.law_all,
      findings.map((one) => {
        const laws = one.citations.map(law).join("; ");
        const numbers = told(one).map((reason) => every.indexOf(reason) + 1);
        return [
          `${one.heading} (${ui.level[one.level]})`,
          [numbers.join(", "), laws, one.checked].filter(Boolean).join(". "),
          h("span", { lang: release.locale }, laws),
        ];
      }),
    ],
  ];
}

/** @type {(part: Section) => HTMLElement} */
const section_node = ([title, items]) =>
  section(
    title,
    typeof items[0] === "string"
      ? h(
          "ul",
          items.map((item) => h("li", item)),
        )
      : h(
          "div",
          h(
            "table",
            items.map((item) => {
              const [label, said, law] = /** @type {Exclude<Item, string>} */ (item);
              const words = law?.textContent;
              const [before, after] = words ? said.split(words) : [said];
              return h(
                "tr",
                h("th", { scope: "row" }, label),
                h("td", before, words && law, after),
              );
            }),
          ),
        ),
  );

/** @type {(item: Item) => string} */
const line = (item) => `- ${[item].flat().slice(0, 2).join(": ").replace("?:", "?")}`;

/**
 * @param {string} head
 * @param {Section[]} parts
 */
const as_text = (head, parts) =>
  [
    head,
    ...parts.map(([title, items]) => [title.toUpperCase(), ...items.map(line)].join("\n")),
  ].join("\n\n");

/** @type {(name: string, type: string, text: string) => void} */
export function save(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href, download: name }).click();
  const forget = () => URL.revokeObjectURL(href);
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
  const { host, later, result } = app;
  const visit = { ...app.visit };
  visit.asked = visit.asked.filter((key) => !visit.off(key));
  const { ui } = visit;
  const shown = /** @type {Required<Later>} */ (later).result.shown_of(visit, true);
  const parts = first_page(visit, shown).filter(([, items]) => items[0]);
  const why = reasons(visit, [...shown.open, ...shown.groups.flatMap((one) => one.findings)]);
  const box = h("input", {
    type: "checkbox",
    onchange: () => (behind.hidden = !box.checked),
  });
  const behind = h("div.behind", { hidden: true }, why.map(section_node));
  const short = shown.short.map(({ text }) => text);
  const text = () =>
    as_text(
      [visit.text(["title"]), ui.head, ...short].join("\n"),
      box.checked ? [...parts, ...why] : parts,
    );
  // What it is, so that it is found again.
  const name = `${ui.sheet}.txt`;
  const share = () => {
    const files = [new File([text()], name, { type: "text/plain" })];
    // Nothing goes anywhere before the visitor picks whom to give it to.
    navigator
      .share(navigator.canShare?.({ files }) ? { files } : { title: ui.sheet, text: text() })
      .catch(() => {});
  };
  // In a frame that may not do it, nothing happens and nobody is told: there is the text.
  const copy = h("textarea", { readonly: true, rows: 12, "aria-label": ui.sheet });
  const instead = h("div", { hidden: true }, h("p.notice", { role: "alert" }, ui.confined), copy);
  /** @param {() => void} act */
  const attempt = (act) => () => {
    act();
    if (!ui.confined) return;
    copy.value = text();
    instead.hidden = false;
    copy.select();
  };
  return [
    h(
      "div.off",
      h("p", ui.private),
      h(
        "div.buttons",
        button(
          "button.quiet",
          attempt(() => print(host)),
          ui.print,
        ),
        "share" in navigator && button("button.quiet", share, ui.share),
        button(
          "button.quiet",
          attempt(() => save(name, "text/plain", text())),
          ui.as_text,
        ),
      ),
      instead,
      h("label", box, " ", ui.with_reasons),
      later.file?.saving(app),
      h(
        "p",
        button("link", () => result(), ui.to_result),
      ),
    ),
    h(
      "div.sheet",
      h("p", h("strong", `${visit.text(["title"])}. ${ui.keep}`)),
      h(
        "ul",
        short.map((one) => h("li", h("strong", one))),
      ),
      parts.map(section_node),
      later.help?.number(app, shown, true),
      behind,
      h("p.fine", [ui.lead, ui.translation, ui.reviewed, ui.overdue, ui.as_of_whole].join(" ")),
    ),
  ];
}
