/** A result in the order in which it is read, in words. */

import { shown } from "../engine/presented.js";
import { in_full } from "./found.js";

/** @import { Finding, ShortLine } from "../engine/shapes.js" */
/** @import { FullFinding, ShownResult, Visit } from "./shapes.js" */

/**
 * What a visit comes to: what is said in short, the findings that stand open, the groups
 * of those that unfold. For paper without what stays off it.
 * @param {Visit} visit
 * @param {boolean} [paper]
 * @returns {ShownResult}
 */
export function shown_of(visit, paper) {
  const { ui, outcome } = visit;
  const findings = outcome.findings.filter(({ key }) => !(paper && visit.off(`findings/${key}`)));
  const order = shown(visit.release, visit.answers, { ...outcome, findings });
  /** @type {Map<string, FullFinding>} */
  const words = new Map();
  /** @param {string} key */
  const said = (key) => {
    const found = /** @type {Finding} */ (findings.find((one) => one.key === key));
    if (!words.has(key)) words.set(key, in_full(visit, found));
    return /** @type {FullFinding} */ (words.get(key));
  };

  /** @param {ShortLine} line */
  function text({ part, key, finding }) {
    if (key !== null) return visit.text(["short", key]);
    const found = finding !== null && said(finding);
    if (part === "action") return (found && found.actions[0]?.label) || ui.lawyer;
    if (!found) return "";
    return found.level === "may_apply" ? visit.say(ui.perhaps, found) : found.heading;
  }
  /** @param {ShortLine} line */
  const off = ({ part, finding }) =>
    visit.off(finding === null ? `short/${part}` : `findings/${finding}`);

  return {
    short: order.short
      .filter((line) => !(paper && off(line)))
      .map((line) => ({ part: line.part, text: text(line), off: off(line) })),
    open: order.open.map(said),
    groups: order.groups.map(({ key, findings, questions }) => {
      const n = findings.length;
      return {
        key,
        heading: visit.say(visit.text(["shown", key]) || ui.result_groups[key], {
          n,
          questions: questions.length,
        }),
        findings: findings.map(said),
        questions: paper ? questions.filter((one) => !visit.off(one)) : questions,
      };
    }),
  };
}
