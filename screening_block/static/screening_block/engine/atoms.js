/** What atoms mean: functions of answers' cells and the law, to 0 no, 1 unknown, 2 yes. */

import { date_key, key_day, shift_key } from "./dates.js";
import { AnswerError } from "./errors.js";
import { public_value } from "./types.js";

/** @import { Cell, Condition, Law, Node, Question, Release, Truth } from "./shapes.js" */

/** @typedef {(cells: Cell[], law: Law, values: Truth[]) => Truth} Run */
/** @typedef {(one: any, other: any) => boolean} Test */

/** @type {(wanted: any[], picked: any[]) => boolean} */
const some = (wanted, picked) => picked.some((key) => wanted.includes(key));
/**
 * How two numbers compare, and how a known answer, as a list, is tested.
 * @type {Record<string, Test>}
 */
const TESTS = {
  // A record that inherits nothing.
  __proto__: /** @type {any} */ (null),
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  eq: (a, b) => a === b,
  ge: (a, b) => a >= b,
  gt: (a, b) => a > b,
  is: some,
  in: some,
  has_any: some,
  has_all: (wanted, picked) => wanted.every((/** @type {string} */ key) => picked.includes(key)),
  has_none: (wanted, picked) => !some(wanted, picked),
};

/** @type {(yes: boolean) => Truth} */
const truth = (yes) => (yes ? 2 : 0);
/** A date as its key, a number as it is. @type {(value: any) => any} */
const number = (value) => date_key(value) ?? value;

/** @param {string} name */
function test_of(name) {
  if (!TESTS[name]) throw name;
  return TESTS[name];
}

/**
 * The law on a day: every threshold's newest value, null before its first.
 * @param {Pick<Release, "data">} release
 * @param {string} as_of
 * @returns {Law}
 */
export function law_on({ data }, as_of) {
  const day = date_key(as_of);
  if (!day) throw new AnswerError({ path: "as_of", code: "date" });
  const values = /** @type {Law["values"]} */ ({ __proto__: null });
  for (const [key, dated] of Object.entries(data.thresholds)) {
    values[key] = dated.values.findLast(({ from }) => from <= as_of)?.value ?? null;
  }
  return { as_of, day, values };
}

/**
 * A plugin's operator; a missing or failing one is unknown, never no.
 * @param {Condition} node
 * @param {Set<Question>} reads
 * @param {Release} release
 * @returns {Run}
 */
function plugin(node, reads, { operators, questions }) {
  // Not by `JSON.stringify`: old libraries gave arrays and texts a `toJSON` of their own.
  /** @param {any} item */
  const look = (item) => {
    if (typeof item !== "object") return;
    for (const [name, inner] of Object.entries(item ?? {})) {
      const keys =
        name === "question" ? [inner] : name === "questions" && Array.isArray(inner) ? inner : [];
      for (const key of keys) {
        if (questions.has(key)) reads.add(/** @type {Question} */ (questions.get(key)));
      }
      look(inner);
    }
  };
  const operator = operators[node.op];
  if (operator) look(node);
  return (cells, { as_of, values }) => {
    /** @param {string} key */
    const answer = (key) => {
      const question = /** @type {Question} */ (questions.get(key));
      if (!reads.has(question)) throw key;
      return public_value(question, cells[question.index]);
    };
    try {
      const value = operator.evaluate(node, { as_of, answer, threshold: (key) => values[key] });
      return [0, 1, 2].includes(value) ? value : 1;
    } catch {
      return 1;
    }
  };
}

/**
 * The function of an atom; the questions it reads are added to `reads`.
 * @param {Condition} node
 * @param {Set<Question>} reads
 * @param {Release} release
 * @returns {Run}
 */
export function atom_of(node, reads, release) {
  const { op, unit, roll = release.roll } = node;
  if (op.includes(".")) return plugin(node, reads, release);
  /** @param {string} key */
  const ask = (key) => {
    const question = /** @type {Question} */ (release.questions.get(key));
    reads.add(question);
    return question;
  };

  if (op === "compare" || op === "elapsed") {
    const { left = node.from, right = node.until, n = { value: 0 } } = node;
    const test = test_of(node.cmp);
    /** @type {(operand: Record<string, any>) => (cells: Cell[], law: Law) => any} */
    const read = ({ question, threshold, today, value }) => {
      if (question) {
        const { index } = ask(question);
        return (cells) => cells[index];
      }
      if (threshold) return (cells, law) => number(law.values[threshold]);
      const fixed = number(value);
      return today ? (cells, law) => law.day : () => fixed;
    };
    const operands = [left, right, n].map(read);
    return (cells, law) => {
      const values = operands.map((operand) => operand(cells, law));
      if (!values.every(Number.isFinite)) return 1;
      const [a, b, period] = values;
      if (op === "compare") return truth(test(a, b));
      if (unit === "days") return truth(test(key_day(b) - key_day(a), period));
      return truth(test(b, shift_key(a, period, unit, roll === "next_day")));
    };
  }

  const { index, cell_of } = ask(node.question);
  if (op === "dont_know") {
    return (cells) => (cells[index] === undefined ? 1 : truth(cells[index] === null));
  }
  const wanted = [node.values ?? node.value].flat();
  /** @param {string} row */
  const says = (row) => {
    const cell = cell_of(row, node.column);
    return cell === null ? 1 : truth(some(wanted, [cell].flat()));
  };
  const test = op !== "column" && test_of(op);
  /** @param {any[]} picked */
  const value_of = (picked) =>
    test ? truth(test(wanted, picked)) : Math.max(0, ...picked.map(says));
  /** @type {Cell} */
  let last;
  /** @type {Truth} */
  let value;
  return (cells) => {
    const cell = cells[index];
    if (cell == null) return 1;
    // Most answers are what they were the last time.
    if (cell !== last) value = value_of([(last = cell)].flat());
    return value;
  };
}
