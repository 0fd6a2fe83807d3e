/** Findings in words: with their reasons, their day and the state of their law. */

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
  /** @param {string[]} path */
  const text = (...path) => visit.text(["findings", found.key, ...path], day);
  const at = `findings/${found.key}`;
  const checked = record.checked_on
    ? visit.say(ui.checked, { date: visit.date(record.checked_on) })
    : ui.unchecked;
  return {
    ...record,
    ...found,
    heading: text("heading"),
    body: text("body"),
    notes: found.notes.map((key) => text("notes", key)),
    off: visit.off(at),
    apart: visit.off(`${at}/because`),
    actions: record.actions
      .map((one) => ({ ...one, label: text("actions", one.key) }))
      .filter(({ label }) => label),
    because: explain(release, answers, found, book),
    checked: [record, ...record.citations].some(({ status }) => status === "needs_checking")
      ? `${ui.unsourced} ${checked}`
      : checked,
  };
}

/**
 * Findings that are urgent for sure and were not shown yet; now they were. None as long as
 * a section goes on: the rest of it may decide more, and what frightens comes once.
 * @param {Visit} visit
 * @param {string} [answered] the question, if it was not the last that was asked
 */
export function urgent_now(visit, answered = visit.asked.at(-1)) {
  const { next, findings } = visit.outcome;
  const here = next && visit.section(next);
  const waits = here && here === visit.section(answered);
  const found = findings.filter(
    ({ key, level, severity }) =>
      !waits && level === "applies" && severity === "urgent" && !visit.announced.includes(key),
  );
  visit.announced = [...visit.announced, ...found.map(({ key }) => key)];
  return found;
}
