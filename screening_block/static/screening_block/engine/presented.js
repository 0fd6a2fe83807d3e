/**
 * How findings are presented: where each stands, in what order, which stand open. As the
 * page without script has it: `screening_block/engine/presented.py`, where the rules are.
 * `tests/vectors/presented.json` holds for both.
 */

/** @typedef {{group: string, severity: string, level: string, missing: any[]}} Presented */

/** Those of the first three need not be folded. */
const SECTIONS = ["urgent", "case", "risk", "help", "next"];
/** The first two are grave. */
const SEVERITIES = ["urgent", "high", "caution", "info"];

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
  const { severity, level, missing } = finding;
  const fits = level === "applies" || (SEVERITIES.indexOf(severity) < 2 && !missing.length);
  return fits && SECTIONS.indexOf(section_of(finding)) < 3;
}

/**
 * `[section, findings]` of what is shown, the gravest and then the surest first.
 * @template {Presented} F
 * @param {F[]} findings
 */
export function sections(findings) {
  /** @type {(finding: Presented) => number} */
  const rank = ({ severity, level }) =>
    SEVERITIES.indexOf(severity) * 2 + (level === "applies" ? 0 : 1);
  const shown = findings
    .filter(({ level }) => level !== "not_apply")
    .sort((one, other) => rank(one) - rank(other));
  /** @type {(name: string) => [string, F[]]} */
  const section = (name) => [name, shown.filter((one) => section_of(one) === name)];
  return SECTIONS.map(section).filter(([, members]) => members.length);
}
