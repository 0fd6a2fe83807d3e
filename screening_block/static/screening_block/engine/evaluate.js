/** Evaluating answers: levels, what decided them, what is missing, what comes next. */

import { parse_answers, values_of } from "./answers.js";
import { law_on } from "./atoms.js";
import { open_questions, run, trace } from "./program.js";

/** @import { Answers, Cell, Finding, Law, Level, Node, Outcome, Question, Release, Truth } from "./shapes.js" */

export const ENGINE_VERSION = "1.0.0";

/**
 * The formula, from the values of the three conditions; an absent one counts as no.
 * @param {Truth[]} three
 * @returns {Level}
 */
export function level_of([applies, may_apply, unless]) {
  if (unless === 2) return "not_apply";
  if (applies === 2 && unless === 0) return "applies";
  return applies || may_apply ? "may_apply" : "not_apply";
}

/**
 * Whether a condition is unknown and could, for some values of the unknown, matter.
 * @param {Truth[]} three
 * @param {number} part
 */
function can_change(three, part) {
  /** @param {number} bits */
  const level = (bits) => level_of(three.map((v, i) => (v === 1 ? 2 * ((bits >> i) & 1) : v)));
  return [0, 1, 2, 3, 4, 5, 6, 7].some((bits) => level(bits) !== level(bits ^ (1 << part)));
}

/**
 * Whether a condition decided the level.
 * @param {Truth[]} three
 * @param {number} part
 */
function decides(three, part) {
  const level = level_of(three);
  if (level === "may_apply") return three[part] > 0;
  return level === "applies" ? part !== 1 : (three[2] === 2) === (part === 2);
}

/**
 * There are only so many threes: per three its level, and what can change or decided it.
 * @type {Record<string, ReturnType<typeof about>>}
 */
const KNOWN = {};

/** @param {Truth[]} three */
function about(three) {
  /** @param {(three: Truth[], part: number) => boolean} test */
  const parts = (test) => [0, 1, 2].filter((part) => test(three, part));
  return { level: level_of(three), open: parts(can_change), deciding: parts(decides) };
}

/**
 * All values on a day, what they make of each finding, the questions still to ask.
 * @param {Release} release
 * @param {Cell[]} cells
 * @param {Law} law
 */
function look({ program }, cells, law) {
  const values = run(program, cells, law);
  /** @param {Node | undefined} node */
  const value = (node) => (node ? values[node.index] : 0);
  const findings = program.findings.map((finding) => {
    const three = finding.parts.map(value);
    const found = (KNOWN[String(three)] ??= about(three));
    /** @param {number[]} places */
    const nodes = (places) => places.flatMap((part) => finding.parts[part] ?? []);
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
  /** @param {Question} question */
  const free = ({ gate }) => !gate || value(gate) === 2;
  return { values, value, findings, unasked, relevant: unasked.filter(free).map(({ key }) => key) };
}

/**
 * The whole outcome, in the shape of the Python half's `Outcome`. Beside that data it
 * inherits `left`: how many questions could still change a level, held back or not.
 * @param {Release} release
 * @param {Answers} answers
 * @param {string} as_of
 * @returns {Outcome}
 */
export function evaluate(release, answers, as_of) {
  const law = law_on(release, as_of);
  const { cells } = parse_answers(release, answers);
  const { values, value, findings, unasked, relevant } = look(release, cells, law);
  return {
    // @ts-expect-error Inherited, so that it is no part of the outcome as JSON.
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
        /** @returns {Finding["missing"]} */
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
 * @param {Release} release
 * @param {Answers} answers
 * @param {string} as_of
 */
export function walk(release, answers, as_of) {
  const law = law_on(release, as_of);
  const { cells, values } = parse_answers(release, answers);
  /** @type {Cell[]} */
  const reached = cells.map(() => undefined);
  /** @type {string[]} */
  const asked = [];
  for (;;) {
    const [next = null] = look(release, reached, law).relevant;
    const index = release.questions.get(/** @type {string} */ (next))?.index;
    if (next === null || index === undefined || cells[index] === undefined) {
      /** @param {string} key */
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
