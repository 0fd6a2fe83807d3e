/**
 * Who can help: a later part, see `later.js`. It reads the entries that came with it; the
 * county that is chosen changes what is shown, and goes nowhere else.
 */

import { opens_in, say_when } from "../open_hours.js";
import { h, link } from "./dom.js";

/** @import { App, HelpEntry, Part, ShownFinding } from "./shapes.js" */

/** @param {App} app */
const fresh = ({ entries }) => (entries?.entries ?? []).filter(({ expired }) => !expired);

/** @type {(entry: HelpEntry) => number | undefined} minutes until it opens */
const wait_of = ({ hours: { weekly = [], time_zone = "" } }) =>
  opens_in(weekly, time_zone, new Date());

/** Who is open stands first; the others as they came. @param {HelpEntry[]} entries */
const sorted = (entries) => {
  /** @param {HelpEntry} entry */
  const place = (entry) => (wait_of(entry) === 0 ? 0 : 1);
  return [...entries].sort((one, other) => place(one) - place(other));
};

/** @param {HelpEntry} entry */
const calls = ({ phones = [] }) =>
  phones.map(({ label, number, tel }) =>
    h("p.call", label && `${label}: `, h("a.tel", { href: tel }, number)),
  );

/**
 * One entry, with when it is open.
 * @param {App} app
 * @param {HelpEntry} entry
 */
function entry_node({ visit }, entry) {
  const { ui, book } = visit;
  const { name, note, hours, address, url, checked } = entry;
  const wait = wait_of(entry);
  const when = wait && say_when(wait, hours.time_zone ?? "", new Date(), book.locale);
  return h(
    "li",
    h("strong", name),
    note && h("p", note),
    calls(entry),
    wait === 0 && h("p.off", h("strong", ui.open_now)),
    when && h("p.off", visit.say(ui.opens, { when })),
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

  /** @type {(label: string, options: [string, string][]) => [HTMLElement, HTMLSelectElement]} */
  const select = (label, options) => {
    const field = h(
      "select",
      { autocomplete: "off", onchange: fill },
      h("option", { value: "" }, ui.any),
      options.map(([value, text]) => h("option", { value }, text)),
    );
    return [h("label.off", label, field), field];
  };
  const [county_row, county] = select(
    ui.county,
    counties.map((one) => [one, one]),
  );
  const [subject_row, subject] = select(ui.what_for, Object.entries(subjects));

  function fill() {
    const fits = all.filter(
      (entry) =>
        (!county.value || !entry.counties || entry.counties.includes(county.value)) &&
        (!subject.value || entry.subjects.includes(subject.value)),
    );
    list.replaceChildren(
      ...(fits[0] ? sorted(fits).map((one) => entry_node(app, one)) : [h("li", ui.no_help)]),
    );
  }
  // What the findings ask for is there first, where there is anybody.
  subject.value = asked && all.some(({ subjects }) => subjects.includes(asked)) ? asked : "";
  fill();
  // Folded: it is long, and one number stands in what is said in short.
  return h(
    "section",
    h(
      "details",
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
 * One number to call at once: of those who answer for a finding, or of everybody. Where
 * nobody was checked within a year, the last number there was, which says so.
 * @param {App} app
 * @param {ShownFinding} [found]
 */
function first_with_number(app, found) {
  const action = found?.actions.find(({ type }) => type === "help");
  if (found && !action) return null;
  /** @param {HelpEntry} entry */
  const fits = ({ phones, counties, subjects }) =>
    phones && !counties && (!action?.subject || subjects.includes(action.subject));
  const known = sorted(fresh(app)).find(fits);
  return known ?? (found && app.entries?.entries.find(fits)) ?? null;
}

/** @type {(app: App, entry: HelpEntry | null) => Part} */
const number_node = ({ visit }, entry) =>
  entry &&
  h(
    "div.call",
    h("p", visit.ui.call, " ", h("strong", entry.name)),
    calls({ ...entry, phones: entry.phones?.slice(0, 1) }),
    h("p.fine", entry.checked),
  );

/** Inside an urgent finding. @type {(app: App, found: ShownFinding) => Part} */
export const urgent = (app, found) => number_node(app, first_with_number(app, found));

/** In what is said in short. @type {(app: App) => Part} */
export const number = (app) => number_node(app, first_with_number(app));
