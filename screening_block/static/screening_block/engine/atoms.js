/** What atoms mean: functions of answers' cells and the law, to 0 no, 1 unknown, 2 yes. */

import { public_value } from "./answers.js";
import { date_key, key_day, shift_key } from "./dates.js";
import { AnswerError } from "./errors.js";

const COMPARE = {
  __proto__: null,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  eq: (a, b) => a === b,
  ge: (a, b) => a >= b,
  gt: (a, b) => a > b,
};
const some = (wanted, picked) => picked.some((key) => wanted.includes(key));
const every = (wanted, picked) => wanted.every((key) => picked.includes(key));
const none = (wanted, picked) => !some(wanted, picked);
/** How a known answer, as a list, is tested. */
const PICK = { __proto__: null, is: some, in: some, has_any: some, has_all: every, has_none: none };

const truth = (yes) => (yes ? 2 : 0);
const number = (value) => (typeof value === "string" ? date_key(value) : value);

/** Of a fixed list of names, what one stands for. */
function known(list, name) {
  if (!list[name]) throw name;
  return list[name];
}

/** The law on a day: every threshold's newest value, null before its first. */
export function law_on({ data }, as_of) {
  const day = date_key(as_of);
  if (!day) throw new AnswerError({ path: "as_of", code: "date" });
  const values = { __proto__: null };
  for (const key of Object.keys(data.thresholds)) {
    const past = data.thresholds[key].values.filter(({ from }) => from <= as_of);
    values[key] = past.at(-1)?.value ?? null;
  }
  return { as_of, day, values };
}

/** A plugin's operator; a missing or failing one is unknown, never no. */
function plugin(node, reads, { operators, questions }) {
  const look = (item, name) => {
    if (name === "question" && questions.has(item)) reads.add(questions.get(item));
    if (typeof item !== "object") return;
    const listed = name === "questions" && Array.isArray(item);
    for (const key in item) look(item[key], listed ? "question" : key);
  };
  const operator = operators[node.op];
  if (operator) look(node);
  return (cells, { as_of, values }) => {
    const answer = (key) => {
      const question = questions.get(key);
      if (!reads.has(question)) throw new RangeError(key);
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
 * The function of an atom; the questions it reads are added to `reads`. That of a
 * comparison has its `operands`, as functions.
 */
export function atom_of(node, reads, release) {
  const { op, unit, roll = release.roll } = node;
  if (op.includes(".")) return plugin(node, reads, release);
  const ask = (key) => {
    const question = release.questions.get(key);
    reads.add(question);
    return question;
  };

  if (op === "compare" || op === "elapsed") {
    const { left = node.from, right = node.until, n = { value: 0 } } = node;
    const test = known(COMPARE, node.cmp);
    const operands = [left, right, n].map(({ question, threshold, today, value }) => {
      if (question) {
        const { index } = ask(question);
        return (cells) => cells[index];
      }
      if (threshold) return (cells, law) => number(law.values[threshold]);
      const fixed = number(value);
      return today ? (cells, law) => law.day : () => fixed;
    });
    const run = (cells, law) => {
      const values = operands.map((operand) => operand(cells, law));
      if (!values.every(Number.isFinite)) return 1;
      const [a, b, period] = values;
      if (op === "compare") return truth(test(a, b));
      if (unit === "days") return truth(test(key_day(b) - key_day(a), period));
      return truth(test(b, shift_key(a, period, unit, roll === "next_day")));
    };
    return Object.assign(run, { operands });
  }

  const { index, cell_of } = ask(node.question);
  if (op === "dont_know") {
    return (cells) => (cells[index] === undefined ? 1 : truth(cells[index] === null));
  }
  const wanted = [node.values ?? node.value].flat();
  const row = (key) => {
    const cell = cell_of(key, node.column);
    return cell === null ? 1 : truth(some(wanted, [cell].flat()));
  };
  const rows = (picked) => Math.max(0, ...picked.map(row));
  const pick = op !== "column" && known(PICK, op);
  return (cells) => {
    const cell = cells[index] ?? null;
    if (cell === null) return 1;
    const picked = [cell].flat();
    return pick ? truth(pick(wanted, picked)) : rows(picked);
  };
}
