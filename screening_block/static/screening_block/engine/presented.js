/**
 * How findings are presented: where each stands, in what order, which stand open. As the
 * page without script has it: `screening_block/engine/presented.py`, where the rules are.
 * `tests/vectors/presented.json` holds for both.
 */

/** @typedef {{group: string, severity: string, level: string, missing: any[]}} Presented */

const SECTIONS = ["urgent", "case", "risk", "help", "next"];
const OPEN = ["urgent", "case", "risk"];
/** The gravest first. */
const SEVERITIES = ["urgent", "high", "caution", "info"];
const GRAVE = ["urgent", "high"];

/**
 * The section a finding stands in.
 * @param {Presented} finding
 */
export const section_of = ({ severity, level, group }) =>
  severity === "urgent" && level === "applies" ? "urgent" : group;

/**
 * Whether a finding stands open; any other unfolds on demand.
 * @param {Presented} finding
 */
export function is_open(finding) {
  const { level, severity, missing } = finding;
  const fits = level === "applies" || (GRAVE.includes(severity) && !missing.length);
  return fits && OPEN.includes(section_of(finding));
}

/**
 * `[section, findings]` of what is shown, the gravest and then the surest first.
 * @template {Presented} F
 * @param {F[]} findings
 * @returns {[string, F[]][]}
 */
export function sections(findings) {
  /** @param {Presented} finding */
  const rank = ({ severity, level }) =>
    2 * SEVERITIES.indexOf(severity) + Number(level !== "applies");
  const shown = findings
    .filter(({ level }) => level !== "not_apply")
    .sort((one, other) => rank(one) - rank(other));
  return SECTIONS.map(
    (name) =>
      /** @type {[string, F[]]} */ ([name, shown.filter((one) => section_of(one) === name)]),
  ).filter(([, members]) => members.length);
}
