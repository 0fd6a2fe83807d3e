/** What comes first: `_rank` of `screening_block/engine/presented.py`. */

/** The first two are grave. */
export const SEVERITIES = ["urgent", "high", "caution", "info"];

/**
 * The gravest and then the surest first; at the end, from 8 on, what does not apply.
 * @param {{severity: string, level: string}} finding
 */
export const rank = ({ severity, level }) =>
  level === "not_apply" ? 8 : SEVERITIES.indexOf(severity) * 2 + (level === "applies" ? 0 : 1);
