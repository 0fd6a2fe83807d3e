/**
 * The day it turns: the first day on which time can make a finding's level better.
 * What is better, and what "can" is: `screening_block/engine/turning.py`.
 */

import { parse_answers } from "./answers.js";
import { law_on } from "./atoms.js";
import { moved } from "./calendar.js";
import { date_key, date_text } from "./dates.js";
import { level_of } from "./evaluate.js";

const RANKS = ["not_apply", "may_apply", "applies"];

/** The days of a plan that are after today, in order, and at most so many. */
export function days_ahead({ questions }, [known, waits], cells, { as_of }) {
  const days = new Set(known);
  for (const [question, period, unit, next_day] of waits) {
    const since = cells[questions.get(question).index];
    const from = period < 0 ? -3 : 0;
    for (let n = from; since && n < 2 - from; n += 1) {
      days.add(moved(moved(since, period, unit, next_day), n, "days"));
    }
  }
  const ahead = [...days].filter((day) => day > date_key(as_of) && day < 21010000);
  return ahead
    .sort((a, b) => a - b)
    .slice(0, 200)
    .map(date_text);
}

/**
 * The first day after today on which the level can be better, or null; see Python.
 * @param {{key: string}} finding of `evaluate`, with these answers
 * @param {object} book see `wording`; of the day of the evaluation
 */
export function turning_date(release, { key }, answers, book) {
  const { program } = release;
  const { parts } = program.findings.find((finding) => finding.key === key);
  const { cells } = parse_answers(release, answers);

  /** The ranks of the level on a day: as it is, at its worst and at its best. */
  function ranks(as_of) {
    const law = law_on(release, as_of);
    const lists = [[], [], []];
    for (const { op, run, reads } of program.nodes) {
      const [now, low, high] = lists.map((values) => run(cells, law, values));
      // What no answer settles stays unknown.
      const open = now === 1 && [...reads].some(({ index }) => cells[index] == null);
      const ends = open ? [0, 2] : op === "not" ? [high, low] : [low, high];
      [now, ...ends].forEach((value, place) => lists[place].push(value));
    }
    const rank = (does, unless) =>
      RANKS.indexOf(
        level_of(parts.map((part, place) => (part ? (place < 2 ? does : unless)[part.index] : 0))),
      );
    const [now, least, most] = lists;
    return [rank(now, now), rank(least, most), rank(most, least)];
  }

  const start = ranks(book.as_of);
  const up = start[0] < (parts[0] ? 2 : 1);
  const better = (rank) => (up ? rank > start[0] : rank < start[0]);
  if (better(start[1 + up])) return null;
  for (const day of days_ahead(release, book.plans[key], cells, book)) {
    const then = ranks(day);
    if (better(then[1 + up])) return better(then[up ? 0 : 2]) ? day : null;
  }
  return null;
}
