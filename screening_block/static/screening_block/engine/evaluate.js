/** Evaluating answers: levels, what decided them, what is missing, what comes next. */

import { Answers, parse_answers } from "./answers.js";
import { law_on } from "./atoms.js";
import { open_questions, run, trace } from "./program.js";

export const ENGINE_VERSION = "1.0.0";

/** The formula, from the values of the three conditions; an absent one counts as no. */
function level_of([applies, may_apply, unless]) {
  if (unless === 2) return "not_apply";
  if (applies === 2 && unless === 0) return "applies";
  return applies || may_apply ? "may_apply" : "not_apply";
}

/** Whether a condition is unknown and could, for some value of the others, matter. */
function can_change(three, part) {
  const [some, more, most] = three.map((value) => (value === 1 ? [0, 2] : [value]));
  const level = (value, others) => level_of(others.with(part, value));
  const all = some.flatMap((a) => more.flatMap((m) => most.map((u) => [a, m, u])));
  return three[part] === 1 && all.some((others) => level(0, others) !== level(2, others));
}

/** Whether a condition decided the level. */
function decides(three, part) {
  const level = level_of(three);
  if (level === "may_apply") return three[part] > 0;
  if (level === "applies") return part !== 1;
  return (three[2] === 2) === (part === 2);
}

/** All conditions' values on a day, each finding's, and the questions still to ask. */
function look(release, cells, law) {
  const { by_id, data } = release;
  const values = run(release, cells, law);
  const value = (id) => values[by_id.get(id)?.index] ?? 0;
  const findings = data.findings.map((finding) => {
    const place = `findings/${finding.key}/`;
    const ids = ["applies_when", "may_apply_when", "unless"].map((name) => place + name);
    const three = ids.map(value);
    const pick = (test) => ids.filter((id, part) => by_id.has(id) && test(three, part)).map((id) => by_id.get(id));
    return { finding, three, pick, is_yes: (name) => value(place + name) === 2 };
  });
  const open = findings.flatMap(({ pick }) => pick(can_change));
  const relevant = open_questions(open, values, cells).filter(({ key, index }) => {
    const gate = `questions/${key}/ask_when`;
    return cells[index] === undefined && (!by_id.has(gate) || value(gate) === 2);
  });
  return { values, findings, relevant };
}

/** The level of every finding, by key. */
export function levels(release, answers, as_of) {
  const { cells } = parse_answers(release, answers);
  const { findings } = look(release, cells, law_on(release, as_of));
  return Object.fromEntries(findings.map(({ finding, three }) => [finding.key, level_of(three)]));
}

/** The whole outcome, in the shape of the Python half's `Outcome`. */
export function evaluate(release, answers, as_of) {
  const law = law_on(release, as_of);
  const { cells } = parse_answers(release, answers);
  const { values, findings, relevant } = look(release, cells, law);
  return {
    release: release.sha256,
    as_of,
    engine: ENGINE_VERSION,
    findings: findings.map(({ finding, three, pick, is_yes }) => ({
      key: finding.key,
      level: level_of(three),
      severity: is_yes("urgent_when") ? "urgent" : finding.severity,
      because: trace(pick(decides), values),
      missing: open_questions(pick(can_change), values, cells).map(({ key, index }) => ({
        question: key,
        state: cells[index] === null ? "not_sure" : "not_asked",
      })),
      notes: (finding.notes ?? []).map(({ key }) => key).filter((key) => is_yes(`notes/${key}`)),
    })),
    relevant: relevant.map(({ key }) => key),
    next: relevant[0]?.key ?? null,
    complete: !relevant.length,
  };
}

/**
 * Replay the questions from nothing: take `next`, keep its answer if there is one, stop
 * at the first without. Answers that are never reached are dropped.
 */
export function walk(release, answers, as_of) {
  const law = law_on(release, as_of);
  const given = parse_answers(release, answers);
  const reached = new Answers(release, given.cells.map(() => undefined));
  const asked = [];
  for (;;) {
    const [next] = look(release, reached.cells, law).relevant;
    const cell = given.cells[next?.index];
    if (cell === undefined) {
      const { values } = reached;
      const dropped = Object.keys(given.values).filter((key) => !Object.hasOwn(values, key));
      return { asked, answers: values, next: next?.key ?? null, dropped };
    }
    asked.push(next.key);
    reached.cells[next.index] = cell;
  }
}
