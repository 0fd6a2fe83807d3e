/**
 * How findings are presented: what is said in short, what stands open, what unfolds. As the
 * page without script has it: `screening_block/engine/presented.py`, where the rules are.
 * `tests/vectors/presented.json` holds for both.
 */

import { parse_answers } from "./answers.js";
import { law_on } from "./atoms.js";
import { run } from "./program.js";

/** @import { Answers, Finding, FindingRecord, ShownGroup, ShortLine, Outcome, Release, Shown } from "./shapes.js" */

/** From the gravest. */
const SEVERITIES = ["urgent", "high", "caution", "info"];
/** Of the groups that every result has. */
const FIRST = ["urgent", "unanswered", "more"];
const OWN = [{ key: "next", of: ["next"] }];

/**
 * An outcome in the order in which it is to be read.
 * @param {Release} release
 * @param {Answers} answers
 * @param {Outcome} outcome of these answers; its findings may be fewer, as for paper
 * @returns {Shown}
 */
export function shown(release, answers, outcome) {
  const { open_most = 5, groups = OWN } = release.data.shown ?? {};
  /** @type {Map<string, FindingRecord>} */
  const records = new Map(release.data.findings.map((record) => [record.key, record]));
  const found = outcome.findings
    .filter(({ level }) => level !== "not_apply")
    .map(({ key, level, severity, missing, notes }) => {
      const record = /** @type {FindingRecord} */ (records.get(key));
      const told = (record.notes ?? []).filter((note) => notes.includes(note.key));
      return {
        key,
        sure: level === "applies",
        weight: 3 - SEVERITIES.indexOf(severity),
        group: record.group,
        missing,
        // What reassures: a finding by itself, or by a note that is now shown.
        calm: [record, ...told].some(({ reassures }) => reassures),
      };
    })
    .sort((one, other) => other.weight - one.weight || Number(other.sure) - Number(one.sure));
  /** @typedef {typeof found[number]} Ranked */

  /** @type {Ranked[]} */
  const open = [];
  let perhaps = 0;
  for (const one of found) {
    const { sure, weight, group, missing, calm } = one;
    if (weight === 3) perhaps += Number(!sure);
    const waits = found.some(
      (other) => !other.sure && other.weight > weight && !open.includes(other),
    );
    if (
      weight === 3
        ? sure || perhaps <= open_most
        : open.length < open_most &&
          (sure || !missing.length) &&
          (group === "case" || group === "risk") &&
          !(calm && waits)
    ) {
      open.push(one);
    }
  }

  /** @param {Ranked} finding */
  function place({ weight, calm, group, sure, missing }) {
    if (weight === 3) return "urgent";
    if (calm || group === "help") return "help";
    if (!sure && missing.length && group !== "next") return "unanswered";
    return groups.find(({ of }) => of.includes(group))?.key ?? "more";
  }

  /**
   * The questions that findings hang on, those first that can be answered now, then those
   * that would tell of the most findings.
   * @param {Ranked[]} members
   */
  function questions(members) {
    const open = members.flatMap(({ missing }) => missing);
    /** @param {string} key */
    const rank = (key) => {
      const those = open.filter(({ question }) => question === key);
      const now = outcome.relevant.includes(key) || those.some((one) => one.state === "not_sure");
      return (now ? 1e6 : 0) + those.length;
    };
    return [...release.questions.keys()]
      .filter((key) => open.some(({ question }) => question === key))
      .sort((one, other) => rank(other) - rank(one));
  }

  const { compile_more, by_id } = release.program;
  const { short = {} } = release.data;
  for (const part of Object.keys(short)) {
    for (const { key, when } of short[part]) {
      const id = `short/${part}/${key}`;
      if (!by_id.has(id)) compile_more(id, when);
    }
  }
  const { cells } = parse_answers(release, answers);
  const values = run(release.program, cells, law_on(release, outcome.as_of));
  const grave = found.some(({ sure, weight }) => !sure && weight);
  /** @type {(...groups: string[]) => string | undefined} */
  const gravest = (...groups) =>
    found.find(({ calm, group }) => !calm && groups.includes(group))?.key;
  const risk = gravest("case", "risk");
  /** @type {Record<string, string | undefined>} */
  const stands = { risk, action: gravest("case", "risk", "next") };
  /** @type {(part: string) => ShortLine[]} */
  const line = (part) => {
    const { key } =
      short[part]?.find(({ key, reassures }) => {
        const node = by_id.get(`short/${part}/${key}`);
        return !(grave && reassures) && (!node || values[node.index] === 2);
      }) ?? {};
    if (key !== undefined) return [{ part, key, finding: null }];
    const said = part === "action" || stands[part];
    return said ? [{ part, key: null, finding: stands[part] ?? null }] : [];
  };

  /** @type {(key: string) => ShownGroup[]} */
  const group = (key) => {
    const members = found.filter((one) => !open.includes(one) && place(one) === key);
    return members.length
      ? [
          {
            key,
            findings: members.map((one) => one.key),
            questions: key === "unanswered" ? questions(members) : [],
          },
        ]
      : [];
  };
  return {
    short: ["meaning", "risk", "action"].flatMap(line),
    open: open.map(({ key }) => key),
    groups: [...FIRST, ...groups.map(({ key }) => key), "help"].flatMap(group),
  };
}
