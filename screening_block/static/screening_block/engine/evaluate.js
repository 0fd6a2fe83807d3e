/**
 * Evaluating answers: levels, what decided them, what is missing, what comes next.
 * A level is "applies", "may_apply" or "not_apply"; dates are `YYYY-MM-DD`.
 */

import { Answers, parse_answers, parse_as_of } from "./answers.js";
import { law_on } from "./atoms.js";
import { NO, open_questions, trace, UNKNOWN, YES } from "./program.js";

export const ENGINE_VERSION = "1.0.0";

/** The formula of a finding's level; an absent condition counts as no. */
function level_of([applies, may_apply, unless]) {
  if (unless === YES) return "not_apply";
  if (applies === YES && unless === NO) return "applies";
  return applies || may_apply ? "may_apply" : "not_apply";
}

/** Whether an unknown condition could, for some value of the others, change the level. */
function can_change(values, part) {
  if (values[part] !== UNKNOWN) return false;
  const [some, more, most] = values.map((v) => (v === UNKNOWN ? [NO, YES] : [v]));
  return some.some((a) => more.some((m) => most.some((u) => {
    const level = (value) => level_of([a, m, u].with(part, value));
    return level(NO) !== level(YES);
  })));
}

/** The conditions that decided the level, by position. */
function deciding(values) {
  const level = level_of(values);
  if (level === "applies") return [0, 2];
  if (level === "may_apply") return [0, 1, 2].filter((part) => values[part] > NO);
  return values[2] === YES ? [2] : [0, 1];
}

/** The values of a day's run, and the conditions of each finding with theirs. */
function run(release, cells, law) {
  const { program } = release;
  const values = program.run(cells, law);
  const findings = release.data.findings.map((finding) => {
    const node = (name) => program.by_id.get(`findings/${finding.key}/${name}`);
    const nodes = ["applies_when", "may_apply_when", "unless"].map(node);
    const is_yes = (name) => values[node(name)?.index] === YES;
    const three = nodes.map((found) => (found ? values[found.index] : NO));
    const open = nodes.filter((found, part) => can_change(three, part));
    return { finding, nodes, three, open, is_yes };
  });
  /** Open questions that are to be asked: not asked and not held back, in order. */
  const relevant = () => {
    const open = open_questions(findings.flatMap((found) => found.open), values, cells);
    return [...release.questions.values()].filter((question) => {
      const gate = program.by_id.get(`questions/${question.key}/ask_when`);
      const held = gate && values[gate.index] !== YES;
      return open.has(question) && cells[question.index] === undefined && !held;
    });
  };
  return { values, findings, relevant };
}

/** The level of every finding, by key, and nothing else. */
export function levels(release, answers, as_of) {
  const { cells } = parse_answers(release, answers);
  parse_as_of(as_of);
  const { findings } = run(release, cells, law_on(release, as_of));
  return Object.fromEntries(findings.map(({ finding, three }) => [finding.key, level_of(three)]));
}

/**
 * @typedef {object} FindingOutcome
 * @property {string} key
 * @property {string} level
 * @property {string} severity
 * @property {{id: string, op: string, value: number, by: string[]}[]} because what
 *   decided the level, every node once
 * @property {{question: string, state: "not_asked"|"not_sure"}[]} missing
 * @property {string[]} notes
 */

/**
 * The whole outcome. Throws `AnswerError`; everything else is an outcome.
 * @returns {{release: string, as_of: string, engine: string, complete: boolean,
 *   findings: FindingOutcome[], relevant: string[], next: string|null}}
 */
export function evaluate(release, answers, as_of) {
  parse_as_of(as_of);
  const { cells } = parse_answers(release, answers);
  const { values, findings, relevant } = run(release, cells, law_on(release, as_of));
  const still = relevant().map((question) => question.key);
  return {
    release: release.sha256,
    as_of,
    engine: ENGINE_VERSION,
    findings: findings.map(({ finding, nodes, three, open, is_yes }) => {
      const roots = deciding(three).map((part) => nodes[part]).filter(Boolean);
      const missing = [...open_questions(open, values, cells)];
      const notes = (finding.notes ?? []).map((note) => note.key);
      return {
        key: finding.key,
        level: level_of(three),
        severity: is_yes("urgent_when") ? "urgent" : finding.severity,
        because: trace(roots, values),
        missing: missing.sort((one, other) => one.index - other.index).map(({ key, index }) => ({
          question: key,
          state: cells[index] === null ? "not_sure" : "not_asked",
        })),
        notes: notes.filter((key) => is_yes(`notes/${key}`)),
      };
    }),
    relevant: still,
    next: still[0] ?? null,
    complete: !still.length,
  };
}

/**
 * Replay the questionnaire from nothing: take `next`, keep its answer if there is one,
 * stop at the first without. Answers that are never reached are dropped.
 * @returns {{asked: string[], answers: object, next: string|null, dropped: string[]}}
 */
export function walk(release, answers, as_of) {
  parse_as_of(as_of);
  const given = parse_answers(release, answers);
  const law = law_on(release, as_of);
  const reached = new Answers(release, given.cells.map(() => undefined));
  const asked = [];
  for (;;) {
    const [next] = run(release, reached.cells, law).relevant();
    const cell = next && given.cells[next.index];
    if (cell === undefined) {
      const kept = reached.values;
      const dropped = Object.keys(given.values).filter((key) => !Object.hasOwn(kept, key));
      return { asked, answers: kept, next: next?.key ?? null, dropped };
    }
    asked.push(next.key);
    reached.cells[next.index] = cell;
  }
}
