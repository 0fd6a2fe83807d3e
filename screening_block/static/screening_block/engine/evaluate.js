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

/** Whether a condition is unknown and could, for some values of the unknown, matter. */
function can_change(three, part) {
  const level = (bits) => level_of(three.map((v, i) => (v === 1 ? 2 * ((bits >> i) & 1) : v)));
  return [0, 1, 2, 3, 4, 5, 6, 7].some((bits) => level(bits) !== level(bits ^ (1 << part)));
}

/** Whether a condition decided the level. */
function decides(three, part) {
  const level = level_of(three);
  if (level === "may_apply") return three[part] > 0;
  return level === "applies" ? part !== 1 : (three[2] === 2) === (part === 2);
}

/** There are only so many threes: per three its level, and what can change or decided it. */
const KNOWN = {};
function about(three) {
  const parts = (test) => [0, 1, 2].filter((part) => test(three, part));
  return { level: level_of(three), open: parts(can_change), deciding: parts(decides) };
}

/** All values on a day, what they make of each finding, the questions still to ask. */
function look({ program }, cells, law) {
  const values = run(program, cells, law);
  const value = (node) => (node ? values[node.index] : 0);
  const abouts = program.findings.map(({ parts }) => {
    const three = parts.map(value);
    return (KNOWN[three] ??= about(three));
  });
  const nodes = (name, at) =>
    abouts[at][name].map((part) => program.findings[at].parts[part]).filter(Boolean);
  const unasked = () => {
    const open = abouts.flatMap((_, at) => nodes("open", at));
    return open_questions(open, values, cells).filter(({ index }) => cells[index] === undefined);
  };
  const relevant = () => {
    const gate = ({ index }) => program.gates[index];
    const asked = unasked().filter((one) => !gate(one) || value(gate(one)) === 2);
    return asked.map(({ key }) => key);
  };
  return { values, value, abouts, nodes, unasked, relevant };
}

/** How many questions could still change a level, those that are held back too. */
export function count_unasked(release, answers, as_of) {
  const { cells } = parse_answers(release, answers);
  return look(release, cells, law_on(release, as_of)).unasked().length;
}

/** The level of every finding, by key. */
export function levels(release, answers, as_of) {
  const { cells } = parse_answers(release, answers);
  const { abouts } = look(release, cells, law_on(release, as_of));
  const { findings } = release.program;
  return Object.fromEntries(findings.map(({ key }, at) => [key, abouts[at].level]));
}

/** The whole outcome, in the shape of the Python half's `Outcome`. */
export function evaluate(release, answers, as_of) {
  const law = law_on(release, as_of);
  const { cells } = parse_answers(release, answers);
  const found = look(release, cells, law);
  const { values, value, nodes } = found;
  const relevant = found.relevant();
  return {
    release: release.sha256,
    as_of,
    engine: ENGINE_VERSION,
    findings: release.program.findings.map(({ key, severity, urgent, notes }, at) => ({
      key,
      level: found.abouts[at].level,
      severity: value(urgent) === 2 ? "urgent" : severity,
      // Made when read: only the result shows it.
      get because() {
        return trace(nodes("deciding", at), values);
      },
      get missing() {
        return open_questions(nodes("open", at), values, cells).map(({ key, index }) => ({
          question: key,
          state: cells[index] === null ? "not_sure" : "not_asked",
        }));
      },
      notes: notes.filter(([, when]) => value(when) === 2).map(([name]) => name),
    })),
    relevant,
    next: relevant[0] ?? null,
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
    const [next = null] = look(release, reached.cells, law).relevant();
    const index = release.questions.get(next)?.index;
    if (given.cells[index] === undefined) {
      const dropped = [...release.questions.values()].filter(
        ({ index: at }) => given.cells[at] !== undefined && reached.cells[at] === undefined,
      );
      return { asked, answers: reached.values, next, dropped: dropped.map(({ key }) => key) };
    }
    asked.push(next);
    reached.cells[index] = given.cells[index];
  }
}
