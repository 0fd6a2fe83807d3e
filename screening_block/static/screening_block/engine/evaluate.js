/** Evaluating answers: levels, what decided them, what is missing, what comes next. */

import { parse_answers, values_of } from "./answers.js";
import { law_on } from "./atoms.js";
import { open_questions, run, trace } from "./program.js";

export const ENGINE_VERSION = "1.0.0";

/** The formula, from the values of the three conditions; an absent one counts as no. */
export function level_of([applies, may_apply, unless]) {
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
  const findings = program.findings.map((finding) => {
    const three = finding.parts.map(value);
    const found = (KNOWN[three] ??= about(three));
    const nodes = (places) => places.map((part) => finding.parts[part]).filter(Boolean);
    return {
      finding,
      level: found.level,
      open: nodes(found.open),
      deciding: () => nodes(found.deciding),
    };
  });
  const open = findings.flatMap((found) => found.open);
  const unasked = open_questions(open, values, cells).filter(
    ({ index }) => cells[index] === undefined,
  );
  const free = ({ gate }) => !gate || value(gate) === 2;
  return { values, value, findings, unasked, relevant: unasked.filter(free).map(({ key }) => key) };
}

/** The level of every finding, by key. */
export const levels = (...visit) =>
  Object.fromEntries(evaluate(...visit).findings.map(({ key, level }) => [key, level]));

/**
 * The whole outcome, in the shape of the Python half's `Outcome`. Beside that data it
 * inherits `left`: how many questions could still change a level, held back or not.
 */
export function evaluate(release, answers, as_of) {
  const law = law_on(release, as_of);
  const { cells } = parse_answers(release, answers);
  const { values, value, findings, unasked, relevant } = look(release, cells, law);
  return {
    __proto__: { left: unasked.length },
    release: release.sha256,
    as_of,
    engine: ENGINE_VERSION,
    findings: findings.map(
      ({ finding: { key, severity, urgent, notes }, level, open, deciding }) => ({
        key,
        level,
        severity: value(urgent) === 2 ? "urgent" : severity,
        // Made when read: only the result shows it.
        get because() {
          return trace(deciding(), values);
        },
        get missing() {
          return open_questions(open, values, cells).map(({ key, index }) => ({
            question: key,
            state: cells[index] === null ? "not_sure" : "not_asked",
          }));
        },
        notes: notes.filter(([, when]) => value(when) === 2).map(([name]) => name),
      }),
    ),
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
  const { cells, values } = parse_answers(release, answers);
  const reached = cells.map(() => undefined);
  const asked = [];
  for (;;) {
    const [next = null] = look(release, reached, law).relevant;
    const index = release.questions.get(next)?.index;
    if (cells[index] === undefined) {
      const lost = (key) => key in values && !asked.includes(key);
      return {
        asked,
        answers: values_of(release, reached),
        next,
        dropped: [...release.questions.keys()].filter(lost),
      };
    }
    asked.push(next);
    reached[index] = cells[index];
  }
}
