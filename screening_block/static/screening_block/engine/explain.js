/**
 * Why a finding came out as it did, in short sentences, and when time will change it.
 * The sentences repeat the visitor's own answers and are for the visitor alone.
 */

import { OTHER, parse_answers } from "./answers.js";
import { moved } from "./calendar.js";
import { date_key, date_text } from "./dates.js";
import { fill, wording } from "./wording.js";

const LAST_DAY = 21001231;

/**
 * Sentences for what decided a finding, in the order of its trace, each once.
 * @param {{because: object[]}} finding of `evaluate`, with these answers
 * @param {object} book see `wording`; of the day of the evaluation
 * @returns {string[]}
 */
export function explain(release, answers, { because }, book) {
  const { questions, program } = release;
  const { cells, values } = parse_answers(release, answers);
  const { text, list, date, answer } = wording(release, book);
  const { words } = book;

  function said(key) {
    const value = values[key];
    const { about, not_sure, not_asked } = book.questions[key];
    if (value == null) return value === null ? not_sure : not_asked;
    // "Green card" speaks for itself; "Yes", "None" and "5" do not.
    const { options } = questions.get(key);
    const speaks = (one) => one !== OTHER && options.has(one) && !options.get(one).exclusive;
    const picked = [value].flat();
    return fill(picked.length && picked.every(speaks) ? words.said : about, { value: answer(key, value) });
  }

  /** What the rows of a chart say that an answer stands for. */
  function rows({ question: key, column, values: wanted }, truth) {
    const { chart, cell_of } = questions.get(key);
    const name = (...path) => text(["charts", chart, ...path]);
    return [values[key] ?? []].flat().map((row) => {
      const found = cell_of(row, column);
      const cells = [found ?? []].flat();
      const slots = {
        row: name("rows", row),
        column: name("columns", column),
        values: list(cells.map((value) => name("values", column, value))),
      };
      if (truth === 1) return found === null && fill(row === OTHER ? words.column_other : words.column_unknown, slots);
      const meets = cells.some((value) => wanted.includes(value));
      return found !== null && meets === (truth === 2) && fill(words.column, slots);
    });
  }

  function sentences({ id, value }) {
    const { data } = program.by_id.get(id);
    const told = book.atoms[id];
    if (!told) return data.question ? [said(data.question), data.op === "column" && rows(data, value)] : [];
    if (value === 1) return told.open.map(([key, text]) => text || (values[key] == null && said(key)));
    const pieces = value ? told.yes : told.no;
    const day = !value && turns(release, id, cells, book);
    return [
      pieces.map((piece, at) => (at % 2 ? answer(piece, values[piece]) : piece)).join(""),
      day && told.turns.join(date(date_text(day))),
    ];
  }

  return [...new Set(because.flatMap(sentences).flat().filter(Boolean))];
}

/**
 * The earliest day on which a wait that is not over yet will be, or null. Looks at the
 * `elapsed` atoms until today (ge, gt) that decided a finding and are no now.
 */
export function turning_date(release, { because }, answers, book) {
  const { cells } = parse_answers(release, answers);
  const days = because.map(({ id }) => turns(release, id, cells, book)).filter(Boolean);
  return days.length ? date_text(Math.min(...days)) : null;
}

/**
 * The key of the first day after today on which the atom is yes, or null. A threshold
 * may have a later value on its way, so `steps` has each stretch of days on which the
 * law stays the same: its first day, the period and, if no question has it, the start.
 */
function turns(release, id, cells, { as_of, atoms }) {
  const { from, cmp, unit, roll = release.roll } = release.program.by_id.get(id).data;
  const { steps = [] } = atoms[id] ?? {};
  for (const [place, [first, period, fixed]] of steps.entries()) {
    const since = fixed ?? cells[release.questions.get(from.question)?.index];
    if (since == null || period === null) continue;
    const turn = moved(since, period, unit, roll === "next_day");
    const day = Math.max(cmp === "gt" ? moved(turn, 1, "days") : turn, first);
    // Yes already today: time has nothing left to turn.
    if (!(day >= steps[place + 1]?.[0])) return date_key(as_of) < day && day <= LAST_DAY ? day : null;
  }
  return null;
}
