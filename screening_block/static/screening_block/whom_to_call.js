/**
 * Whom a result names to be called: one entry of the help file, chosen by one rule. As the
 * page without script has it: `screening_block/visitor/whom_to_call.py`, where the rule is
 * told. `tests/vectors/whom_to_call.json` holds for both.
 */

import { opens_in } from "./open_hours.js";

/** @import { HelpEntry, FullFinding } from "./widget/shapes.js" */

/** Asked for where a finding names no subject, and where nobody is there for its own. */
const ANY_LAWYER = "find_a_lawyer";

/** @type {(entry: HelpEntry, now: Date) => number | undefined} minutes until it opens */
export const wait_of = ({ hours: { weekly = [], time_zone = "" } }, now) =>
  opens_in(weekly, time_zone, now);

/**
 * Who is open stands first; the others as they came.
 * @param {HelpEntry[]} entries
 * @param {Date} now
 */
export const open_first = (entries, now) => {
  /** @param {HelpEntry} entry */
  const place = (entry) => (wait_of(entry, now) === 0 ? 0 : 1);
  return [...entries].sort((one, other) => place(one) - place(other));
};

/**
 * What a finding's first "Who can help" is for; "" where it has none.
 * @param {Pick<FullFinding, "actions">} finding
 */
export function subject_of({ actions }) {
  const action = actions.find(({ type }) => type === "help");
  return action ? action.subject || ANY_LAWYER : "";
}

/**
 * What the result asks for first, and whether that is urgent.
 * @param {Pick<FullFinding, "actions" | "severity">[]} findings as they are read
 * @returns {[string, boolean]}
 */
export function asked_by(findings) {
  const first = findings.find(subject_of);
  return first ? [subject_of(first), first.severity === "urgent"] : [ANY_LAWYER, false];
}

/**
 * Whom to name, if anybody.
 * @param {HelpEntry[]} entries
 * @param {string} subject
 * @param {boolean} urgent
 * @param {Date} now
 * @returns {HelpEntry | undefined}
 */
export function pick_entry(entries, subject, urgent, now) {
  for (const wanted of [subject, ANY_LAWYER]) {
    const fits = entries.filter(
      ({ subjects, counties }) => subjects.includes(wanted) && !counties?.[0],
    );
    const fresh = fits.filter(({ expired }) => !expired);
    const named =
      open_first(fresh, now).find(({ phones }) => phones?.[0]) ??
      (urgent ? fits.find(({ phones }) => phones?.[0]) : undefined) ??
      fresh.find(({ url }) => url);
    if (named) return named;
  }
}
