/** What atoms mean: functions of answers' cells and the law, to 0 no, 1 unknown, 2 yes. */

import { public_value } from "./answers.js";
import { date_key, key_day, shift_key } from "./dates.js";
import { AnswerError } from "./errors.js";

const COMPARE = {
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  eq: (a, b) => a === b,
  ge: (a, b) => a >= b,
  gt: (a, b) => a > b,
};
const some = (wanted, picked) => picked.some((key) => wanted.includes(key));
const every = (wanted, picked) => wanted.every((key) => picked.includes(key));
const none = (wanted, picked) => !some(wanted, picked);
const PICK = { is: some, in: some, has_any: some, has_all: every, has_none: none };

const truth = (yes) => (yes ? 2 : 0);
const number = (value) => (typeof value === "string" ? date_key(value) : value);

/** The law on a day: every threshold's newest value, null before its first. */
export function law_on({ data }, as_of) {
  const day = date_key(as_of);
  if (!day) throw new AnswerError({ path: "as_of", code: "date" });
  const values = { __proto__: null };
  for (const key in data.thresholds) {
    const past = data.thresholds[key].values.filter(({ from }) => from <= as_of);
    values[key] = past.at(-1)?.value ?? null;
  }
  return { as_of, day, values };
}

/** A plugin's operator; a missing or failing one is unknown, never no. */
function plugin(node, reads, { operators, questions }) {
  const operator = operators[node.op];
  const look = (item, name) => {
    if (typeof item === "string") name === "question" && reads.add(questions.get(item));
    else if (name === "questions" && Array.isArray(item)) item.forEach((key) => look(key, "question"));
    else if (typeof item === "object") for (const key in item) look(item[key], key);
  };
  if (operator) look(node);
  return (cells, { as_of, values }) => {
    const answer = (key) => {
      const question = questions.get(key);
      if (!reads.has(question)) throw RangeError();
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

/** The function of an atom's node, whose questions are added to `reads`. */
export function atom_of(node, reads, release) {
  const { op, cmp, unit, values, roll = release.roll } = node;
  if (op.includes(".")) return plugin(node, reads, release);
  const ask = (key) => {
    const question = release.questions.get(key);
    reads.add(question);
    return question;
  };

  if (op === "compare" || op === "elapsed") {
    const { left = node.from, right = node.until, n = { value: 0 } } = node;
    const operands = [left, right, n].map(({ question, threshold, today, value }) => {
      const index = question && ask(question).index;
      const fixed = number(value);
      if (question) return (cells) => cells[index];
      if (threshold) return (cells, law) => number(law.values[threshold]);
      return today ? (cells, law) => law.day : () => fixed;
    });
    const test = COMPARE[cmp];
    return (cells, law) => {
      const [a, b, c] = operands.map((operand) => operand(cells, law));
      if (![a, b, c].every(Number.isFinite)) return 1;
      if (op === "compare") return truth(test(a, b));
      if (unit === "days") return truth(test(key_day(b) - key_day(a), c));
      return truth(test(b, shift_key(a, c, unit, roll === "next_day")));
    };
  }

  const { index, chart } = ask(node.question);
  const wanted = values ?? [node.value];
  const row = (key) => {
    const cell = chart(key, node.column);
    return cell === null ? 1 : truth(some(wanted, [cell].flat()));
  };
  return (cells) => {
    const cell = cells[index];
    if (op === "dont_know") return cell === undefined ? 1 : truth(cell === null);
    if (cell == null) return 1;
    const picked = [cell].flat();
    return op === "column" ? Math.max(0, ...picked.map(row)) : truth(PICK[op](wanted, picked));
  };
}
