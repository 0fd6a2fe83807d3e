/**
 * What each atom of a condition means: a function of the answers' cells and of the law
 * on a day, to 0 no, 1 unknown, 2 yes.
 */

import { public_value } from "./answers.js";
import { date_key, key_day, shift_key } from "./dates.js";

const COMPARE = {
  __proto__: null,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  eq: (a, b) => a === b,
  ge: (a, b) => a >= b,
  gt: (a, b) => a > b,
};
const ONE = ["choice", "yes_no"];
const has = (wanted, value) => wanted.has(value);
const has_any = (wanted, value) => value.some((key) => wanted.has(key));
/** Per operator the types of question it reads, and its test of a known answer. */
const TESTS = {
  __proto__: null,
  is: [ONE, has],
  in: [ONE, has],
  has_any: [["choices"], has_any],
  has_all: [["choices"], (wanted, value) => [...wanted].every((key) => value.includes(key))],
  has_none: [["choices"], (wanted, value) => !has_any(wanted, value)],
  column: [["choice", "choices"]],
};

const truth = (yes) => (yes ? 2 : 0);
const number = (value) => (typeof value === "string" ? date_key(value) : value);

/** The law on one day: every threshold's value, null before its first. */
export function law_on(release, as_of) {
  const values = new Map();
  for (const [key, threshold] of release.thresholds) {
    const current = threshold.values.filter(({ from }) => from <= as_of).at(-1);
    values.set(key, current?.value ?? null);
  }
  return { as_of, day: date_key(as_of), values };
}

/** The keys of the questions a plugin's node names. */
function questions_in(item, found = []) {
  if (item && typeof item === "object") {
    for (const [name, inner] of Object.entries(item)) {
      if (name === "question" && typeof inner === "string") found.push(inner);
      else if (name === "questions" && Array.isArray(inner)) found.push(...inner);
      else questions_in(inner, found);
    }
  }
  return found;
}

/**
 * The atom a node stands for: its function, and the questions it reads.
 * @param {(code: string) => never} refuse
 * @returns {[(cells: any[], law: object) => number, Set<object>]}
 */
export function atom_of(node, release, refuse) {
  const { op } = node;
  const reads = new Set();
  const ask = (key) => {
    const question = release.questions.get(key) ?? refuse("unknown_question");
    reads.add(question);
    return question;
  };
  const operand = ({ question, threshold, today, value }) => {
    if (question !== undefined) {
      const { base, index } = ask(question);
      if (base && !["integer", "money", "date"].includes(base)) refuse("type");
      return (cells) => cells[index];
    }
    if (threshold !== undefined) {
      if (!release.thresholds.has(threshold)) refuse("unknown_threshold");
      return (cells, law) => number(law.values.get(threshold));
    }
    const fixed = number(value);
    return today ? (cells, law) => law.day : () => fixed;
  };
  /** A test of operands, unknown as long as one of them is. */
  const known = (operands, test) => {
    const readers = operands.map(operand);
    return (cells, law) => {
      const values = readers.map((read) => read(cells, law));
      return values.every(Number.isFinite) ? truth(test(...values)) : 1;
    };
  };

  if (op === "compare" || op === "elapsed") {
    const test = COMPARE[node.cmp] ?? refuse("choice");
    if (op === "compare") return [known([node.left, node.right], test), reads];
    const { unit, roll = release.roll } = node;
    const elapsed = (from, until, n) =>
      unit === "days"
        ? test(key_day(until) - key_day(from), n)
        : test(until, shift_key(from, n, unit, roll === "next_day"));
    return [known([node.from, node.until, node.n], elapsed), reads];
  }
  if (op.includes(".")) {
    const operator = release.operators[op];
    if (!operator) return [() => 1, reads];
    questions_in(node).forEach(ask);
    const run = (cells, law) => {
      const answer = (key) => {
        const question = release.questions.get(key);
        if (!reads.has(question)) throw new RangeError(key);
        return public_value(question, cells[question.index]);
      };
      const threshold = (key) => law.values.get(key);
      try {
        const value = operator.evaluate(node, { as_of: law.as_of, answer, threshold });
        return [0, 1, 2].includes(value) ? value : 1;
      } catch {
        // A failing plugin is unknown, never no.
        return 1;
      }
    };
    return [run, reads];
  }

  const { base, chart, index } = ask(node.question);
  if (op === "dont_know") {
    return [(cells) => (cells[index] === undefined ? 1 : truth(cells[index] === null)), reads];
  }
  const [types, simple] = TESTS[op] ?? refuse("operator");
  if (base && !types.includes(base)) refuse("type");
  const wanted = new Set(op === "is" ? [node.value] : node.values);
  let test = (value) => truth(simple(wanted, value));
  if (op === "column") {
    if (!chart?.columns.has(node.column)) refuse("unknown_column");
    const row = (key) => {
      const cell = chart.cell(key, node.column);
      if (cell === null) return 1;
      return truth(Array.isArray(cell) ? has_any(wanted, cell) : wanted.has(cell));
    };
    test = (value) => (base === "choice" ? row(value) : Math.max(0, ...value.map(row)));
  }
  return [(cells) => ((cells[index] ?? null) === null ? 1 : test(cells[index])), reads];
}
