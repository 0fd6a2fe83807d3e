/**
 * The day it turns: the first day on which time can make a finding's level better.
 * What is better, and what "can" is: `screening_block/engine/turning.py`.
 */

import { parse_answers } from "./answers.js";
import { law_on } from "./atoms.js";
import { moved } from "./calendar.js";
import { date_key, date_text } from "./dates.js";
import { level_of } from "./evaluate.js";

/** @import { Answers, Book, Cell, CompiledFinding, Plan, Question, Release, Truth } from "./shapes.js" */

const RANKS = ["not_apply", "may_apply", "applies"];

/**
 * The days of a plan that are after today, in order, and at most so many.
 * @param {Release} release
 * @param {Plan} plan
 * @param {Cell[]} cells
 * @param {Book} book
 */
export function days_ahead({ questions }, [known, waits], cells, { as_of }) {
  const days = new Set(known);
  for (const [question, period, unit, next_day] of waits) {
    const { index } = /** @type {Question} */ (questions.get(question));
    const since = /** @type {number} */ (cells[index]);
    const from = period < 0 ? -3 : 0;
    for (let n = from; since && n < 2 - from; n += 1) {
      days.add(moved(moved(since, period, unit, next_day), n, "days"));
    }
  }
  const today = /** @type {number} */ (date_key(as_of));
  const ahead = [...days].filter((day) => day > today && day < 21010000);
  return ahead
    .sort((a, b) => a - b)
    .slice(0, 200)
    .map(date_text);
}

/**
 * The first day after today on which the level can be better, or null; see Python.
 * @param {Release} release
 * @param {{key: string}} finding of `evaluate`, with these answers
 * @param {Answers} answers
 * @param {Book} book see `wording`; of the day of the evaluation
 */
export function turning_date(release, finding, answers, book) {
  const { program } = release;
  const compiled = program.findings.find(({ key }) => key === finding.key);
  const { parts } = /** @type {CompiledFinding} */ (compiled);
  const { cells } = parse_answers(release, answers);

  /**
   * The ranks of the level on a day: as it is, at its worst and at its best.
   * @param {string} as_of
   */
  function ranks(as_of) {
    const law = law_on(release, as_of);
    /** @type {Truth[][]} */
    const lists = [[], [], []];
    for (const { op, run, reads } of program.nodes) {
      const [now, low, high] = lists.map((values) => run(cells, law, values));
      // What no answer settles stays unknown.
      const open = now === 1 && [...reads].some(({ index }) => cells[index] == null);
      const ends = open ? [0, 2] : op === "not" ? [high, low] : [low, high];
      [now, ...ends].forEach((value, place) => lists[place].push(value));
    }
    /** @type {(does: Truth[], unless: Truth[]) => number} */
    const rank = (does, unless) =>
      RANKS.indexOf(
        level_of(parts.map((part, place) => (part ? (place < 2 ? does : unless)[part.index] : 0))),
      );
    const [now, least, most] = lists;
    return [rank(now, now), rank(least, most), rank(most, least)];
  }

  const start = ranks(book.as_of);
  const up = start[0] < (parts[0] ? 2 : 1);
  /** @param {number} rank */
  const better = (rank) => (up ? rank > start[0] : rank < start[0]);
  /** Where `ranks` has the best that can be. */
  const best = up ? 2 : 1;
  if (better(start[best])) return null;
  for (const day of days_ahead(release, book.plans[finding.key], cells, book)) {
    const then = ranks(day);
    if (better(then[best])) return better(then[up ? 0 : 2]) ? day : null;
  }
  return null;
}
