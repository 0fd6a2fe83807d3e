/** Findings in full: with their reasons, their day and the state of their law. */

import { explain } from "../engine/explain.js";
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
    because: explain(release, answers, found, book),
    checked: [record, ...record.citations].some(({ status }) => status === "needs_checking")
      ? `${ui.unsourced} ${checked}`
      : checked,
  };
}
