/**
 * Who can help: a later part, see `later.js`. It reads the entries that came with it; the
 * county that is chosen changes what is shown, and goes nowhere else.
 */

import { say_when } from "../open_hours.js";
import { asked_by, open_first, pick_entry, subject_of, wait_of } from "../whom_to_call.js";
import { button, h, link } from "./dom.js";
import { entries_of } from "./fetched.js";

/** @import { App, Arrived, Go, HelpEntry, Part, FullFinding, ShownResult, Visit } from "./shapes.js" */

/**
 * Asks for the help file, if there is one.
 * @param {Visit} visit
 * @param {Arrived} came
 */
export async function fetch({ book }, came) {
  came.entries = await entries_of(book);
}

/** @param {App} app */
const fresh = ({ entries }) => (entries?.entries ?? []).filter(({ expired }) => !expired);

/** @param {HelpEntry} entry */
const calls = ({ phones = [] }) =>
  phones.map(({ label, number, tel }) =>
    h("p.call", label && `${label}: `, h("a.tel", { href: tel }, number)),
  );

/** Whether it is open now, or when it opens. @type {(visit: Visit, entry: HelpEntry) => Part} */
function open_nodes({ ui, book, say }, entry) {
  const now = new Date();
  const wait = wait_of(entry, now);
  const when = wait && say_when(wait, entry.hours.time_zone ?? "", now, book.locale);
  return [
    wait === 0 && h("p.off", h("strong", ui.open_now)),
    when && h("p.off", say(ui.opens, { when })),
  ];
}

/**
 * One entry, with when it is open.
 * @param {App} app
 * @param {HelpEntry} entry
 */
function entry_node({ visit }, entry) {
  const { ui } = visit;
  const { name, note, hours, address, url, checked } = entry;
  return h(
    "li",
    h("strong", name),
    note && h("p", note),
    calls(entry),
    open_nodes(visit, entry),
    (hours.words || hours.note) && h("p.fine", [...(hours.words ?? []), hours.note].join(" ")),
    address && h("p", address),
    url && h("p", link(url, ui.website)),
    h("p.fine", checked),
  );
}

/**
 * The subjects that findings which are shown ask for; none means all.
 * @param {App} app
 */
function wanted({ visit }) {
  const shown = visit.outcome.findings.filter(({ level }) => level !== "not_apply");
  const keys = shown.map(({ key }) => key);
  const actions = visit.release.data.findings
    .filter(({ key }) => keys.includes(key))
    .flatMap((found) => found.actions)
    .filter(({ type }) => type === "help");
  const subjects = actions.map(({ subject }) => subject);
  return subjects.every(Boolean) ? subjects : [];
}

/**
 * Everybody who can help, by county and subject, which are chosen here.
 * @param {App} app
 * @returns {Part}
 */
export function section_of(app) {
  const { ui } = app.visit;
  const all = fresh(app);
  if (!all[0]) return false;
  const counties = [...new Set(all.flatMap(({ counties = [] }) => counties))].sort();
  const [asked] = wanted(app);
  const { directory = "", subjects = {} } = app.entries ?? {};
  const list = h("ul.helpers");

  /** @type {(tag: string, label: string, options: [string, string][]) => [HTMLElement, HTMLSelectElement]} */
  const select = (tag, label, options) => {
    const field = h(
      tag,
      { autocomplete: "off", onchange: fill },
      h("option", { value: "" }, ui.any),
      options.map(([value, text]) => h("option", { value }, text)),
    );
    return [h("label.off", label, field), field];
  };
  const [county_row, county] = select(
    "select",
    ui.county,
    counties.map((one) => [one, one]),
  );
  const [subject_row, subject] = select("select.what", ui.what_for, Object.entries(subjects));

  function fill() {
    const fits = all.filter(
      (entry) =>
        (!county.value || !entry.counties || entry.counties.includes(county.value)) &&
        (!subject.value || entry.subjects.includes(subject.value)),
    );
    list.replaceChildren(
      ...(fits[0]
        ? open_first(fits, new Date()).map((one) => entry_node(app, one))
        : [h("li", ui.no_help)]),
    );
  }
  // What the findings ask for is there first, where there is anybody.
  subject.value = asked && all.some(({ subjects }) => subjects.includes(asked)) ? asked : "";
  fill();
  // Folded: it is long, and one number stands in what is said in short.
  return h(
    "section",
    h(
      "details.who",
      h("summary", h("h3", ui.who)),
      h("p.off.hint", ui.stays),
      counties[0] && county_row,
      subject_row,
      list,
      directory && h("p", link(directory, ui.all_help)),
    ),
  );
}
export { section_of as section };

/**
 * One who helps, by a number or else by a website.
 * @type {(app: App, entry: HelpEntry | undefined, place: "short" | "paper" | "finding") => Part}
 */
const call_node = ({ visit }, entry, place) =>
  entry &&
  h(
    "div.call",
    entry.phones
      ? [
          h("p", visit.ui.call, " ", h("strong", entry.name)),
          calls({ ...entry, phones: entry.phones.slice(0, 1) }),
          place !== "paper" && open_nodes(visit, entry),
        ]
      : [
          h("p", `${visit.ui.who}: `, link(entry.url ?? "", entry.name)),
          place === "paper" && h("p", entry.url ?? ""),
        ],
    // In findings only where it matters, to keep them short.
    (place !== "finding" || entry.confirm) && h("p.fine", entry.checked),
  );

/** @type {(app: App, subject: string, urgent: boolean) => HelpEntry | undefined} */
const pick = ({ entries }, subject, urgent) =>
  pick_entry(entries?.entries ?? [], subject, urgent, new Date());

/** @type {(app: App, shown: ShownResult) => HelpEntry | undefined} */
const first = (app, { open, groups }) =>
  pick(app, ...asked_by([...open, ...groups.flatMap(({ findings }) => findings)]));

/**
 * Inside an urgent finding. How far it was checked is not said again of whom the result
 * names in short.
 * @type {(app: App, found: FullFinding, shown?: ShownResult) => Part}
 */
export function urgent(app, found, shown) {
  const subject = subject_of(found);
  const entry = subject ? pick(app, subject, true) : undefined;
  const said = shown && entry === first(app, shown);
  return call_node(app, entry && said ? { ...entry, confirm: false } : entry, "finding");
}

/**
 * In what is said in short, and on paper: of what the result says first.
 * @type {(app: App, shown: ShownResult, paper?: boolean) => Part}
 */
export const number = (app, shown, paper) =>
  call_node(app, first(app, shown), paper ? "paper" : "short");

/**
 * Makes what leads from a next step to the entries at the end, for what it is about.
 * @type {(app: App) => Go}
 */
export const to_section =
  (app) =>
  ({ type, subject = "", label }) =>
    type === "help" &&
    fresh(app)[0] &&
    button(
      "goto",
      (event) => {
        const root = /** @type {ShadowRoot} */ (
          /** @type {Node} */ (event.currentTarget).getRootNode()
        );
        const who = root.querySelector(".who:not(.ahead *)");
        const what = /** @type {HTMLSelectElement} */ (who?.querySelector(".what"));
        what.value = subject;
        // Where nobody is for it, everybody.
        if (!what.value) what.value = "";
        what.dispatchEvent(new Event("change"));
        who?.toggleAttribute("open", true);
        who?.querySelector("summary")?.focus();
      },
      label,
    );

/**
 * Below findings that are urgent, shown together: whom to call about them, each once; a lawyer
 * where none says whom.
 * @type {(app: App, found: FullFinding[]) => Part[]}
 */
export const numbers = (app, found) => {
  const subjects = found.map(subject_of).filter(Boolean);
  const [any] = asked_by([]);
  const wanted = subjects[0] ? subjects : [any];
  const entries = [...new Set(wanted.map((one) => pick(app, one, true)))];
  // Numbers first.
  return [...entries.filter((one) => one?.phones), ...entries.filter((one) => !one?.phones)].map(
    (entry) => call_node(app, entry, "short"),
  );
};
