/** Findings in full: with their reasons, their day and the state of their law. */

import { explain } from "../engine/explain.js";
import { section_of, sections } from "../engine/presented.js";
import { turning_date } from "../engine/turning.js";

/** @import { Finding, FindingRecord } from "../engine/shapes.js" */
/** @import { FullFinding, Visit } from "./shapes.js" */

/**
 * A finding of the outcome with all its words.
 * @param {Visit} visit
 * @param {Finding} given
 * @returns {FullFinding}
 */
export function in_full(visit, given) {
  const { release, book, ui, answers } = visit;
  const known = release.data.findings.find(({ key }) => key === given.key);
  const record = /** @type {FindingRecord} */ (known);
  // Reasons are made anew at each look.
  const found = { ...given };
  const dated = book.undated.findings[found.key];
  const day = dated ? turning_date(release, found, answers, book) : null;
  const checked = record.checked_on
    ? visit.say(ui.checked, { date: visit.date(record.checked_on) })
    : ui.unchecked;
  return {
    ...visit.worded(found, day),
    group: section_of({ ...record, ...found }),
    because: explain(release, answers, found, book),
    checked: [record, ...record.citations].some(({ status }) => status === "needs_checking")
      ? `${ui.unsourced} ${checked}`
      : checked,
  };
}

/**
 * What applies or may apply; for paper without what stays off it.
 * @param {Visit} visit
 * @param {boolean} [paper]
 */
const shown = (visit, paper) =>
  visit.outcome.findings.filter(
    ({ level, key }) => level !== "not_apply" && !(paper && visit.off(`findings/${key}`)),
  );

/**
 * What is shown, the gravest first.
 * @param {Visit} visit
 * @param {boolean} [paper]
 */
export function groups(visit, paper) {
  const found = sections(shown(visit, paper).map((one) => in_full(visit, one)));
  return found.map(
    ([name, members]) =>
      /** @type {[title: string, findings: FullFinding[]]} */ ([visit.ui.groups[name], members]),
  );
}

/**
 * Questions that could still change what is shown, in order.
 * @param {Visit} visit
 * @param {boolean} [paper]
 */
export function unknown(visit, paper) {
  const all = shown(visit, paper);
  const open = all.flatMap(({ missing }) => missing.map(({ question }) => question));
  return [...visit.release.questions.keys()].filter(
    (key) => open.includes(key) && !(paper && visit.off(key)),
  );
}
