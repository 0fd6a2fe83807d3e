/**
 * Why a finding came out as it did, in short sentences.
 * The sentences repeat the visitor's own answers and are for the visitor alone.
 */

import { OTHER, parse_answers } from "./answers.js";
import { law_on } from "./atoms.js";
import { days_ahead } from "./turning.js";
import { fill, wording } from "./wording.js";

/** @import { Answers, Book, Condition, Finding, Node, Question, Reason, Release, Truth, Value } from "./shapes.js" */

/**
 * Sentences for what decided a finding, in the order of its trace, each once.
 * @param {Release} release
 * @param {Answers} answers
 * @param {Pick<Finding, "because">} finding of `evaluate`, with these answers
 * @param {Book} book see `wording`; of the day of the evaluation
 * @returns {string[]}
 */
export function explain(release, answers, finding, book) {
  const { questions, program } = release;
  const { cells, values } = parse_answers(release, answers);
  const w = wording(release, book);
  const { words } = book;

  /** @param {string} key */
  function said(key) {
    const value = values[key];
    const { about, not_sure, not_asked } = book.questions[key];
    if (value == null) return value === null ? not_sure : not_asked;
    return fill(about, { value: w.answer(key, value) });
  }

  /**
   * What the rows of a chart say that an answer stands for.
   * @param {Condition} condition
   * @param {Truth} truth
   */
  function rows({ question: key, column, values: wanted }, truth) {
    const { chart, cell_of } = /** @type {Question} */ (questions.get(key));
    /** @param {any[]} path */
    const name = (...path) => w.text(["charts", chart, ...path]);
    const picked = /** @type {string[]} */ ([values[key] ?? []].flat());
    return picked.map((row) => {
      const found = cell_of(row, column);
      const cells = [found ?? []].flat();
      const slots = {
        // "PC 25400: carrying a firearm" was said with the answer: the number does.
        row: name("rows", row).split(": ")[0],
        column: name("columns", column),
        values: w.list(cells.map((value) => name("values", column, value))),
      };
      if (truth === 1)
        return (
          found === null && fill(row === OTHER ? words.column_other : words.column_unknown, slots)
        );
      const meets = cells.some((value) => wanted.includes(value));
      return found !== null && meets === (truth === 2) && fill(words.column, slots);
    });
  }

  /** @param {Reason} reason */
  function sentences({ id, value }) {
    const { data, run } = /** @type {Node} */ (program.by_id.get(id));
    const told = book.atoms[id];
    if (!told)
      return data.question ? [said(data.question), data.op === "column" && rows(data, value)] : [];
    if (value === 1)
      return told.open.map(([key, text]) => text || (values[key] == null && said(key)));
    const pieces = value ? told.yes : told.no;
    const days = value || !told.plan ? [] : days_ahead(release, told.plan, cells, book);
    const day = days.find((one) => run(cells, law_on(release, one), []) === 2);
    return [
      pieces
        .map((piece, at) =>
          at % 2 ? w.answer(piece, /** @type {Value} */ (values[piece])) : piece,
        )
        .join(""),
      day && told.turns.join(w.date(day)),
    ];
  }

  const all = /** @type {string[]} */ (finding.because.flatMap(sentences).flat().filter(Boolean));
  // No stop after what ends in a mark of its own, such as "Travel outside the U.S.".
  return [...new Set(all.map((one) => one.replace(/([.!?…][”»]?)\.$/, "$1")))];
}
