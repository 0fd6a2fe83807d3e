/**
 * Why a finding came out as it did, in short sentences, and when time will change it.
 * The sentences repeat the visitor's own answers and are for the visitor alone.
 */

import { parse_answers } from "./answers.js";
import { law_on } from "./atoms.js";
import { date_text, day_key, moved } from "./calendar.js";
import { date_key, key_day } from "./dates.js";
import { EngineError } from "./errors.js";
import { fill, OTHER, wording } from "./wording.js";

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
  const { question, label, list, date, answer } = wording(release, book);
  const { words } = book;

  function said(key) {
    const value = values[key];
    const name = question(key);
    const head = /[?.!:]$/.test(name) ? name : `${name}.`;
    if (value == null) return fill(value === null ? words.not_sure : words.not_asked, { question: head });
    // "Green card" speaks for itself; "Yes", "None" and "5" do not.
    const { options } = questions.get(key);
    const general = (one) => one === OTHER || (options.get(one)?.exclusive ?? !options.has(one));
    const picked = [value].flat();
    const template = picked.some(general) || !picked.length ? words.said_about : words.said;
    return fill(template, { head, value: answer(key, value) });
  }

  /** What the rows of a chart say that an answer stands for. */
  function rows({ question: key, column, values: wanted }, truth) {
    const { chart, cell_of } = questions.get(key);
    const name = (...path) => label(["charts", chart, ...path]);
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
    const { data } = node_of(program, id);
    const told = book.atoms[id];
    if (!told) return data.question ? [said(data.question), data.op === "column" && rows(data, value)] : [];
    if (value === 1) return told.open.map(([key, text]) => text || (values[key] == null && said(key)));
    const pieces = value ? told.yes : told.no;
    const day = !value && turns(release, id, cells, book.as_of);
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
export function turning_date(release, { because }, answers, as_of) {
  const { cells } = parse_answers(release, answers);
  const days = because.map(({ id }) => turns(release, id, cells, as_of)).filter(Boolean);
  return days.length ? date_text(Math.min(...days)) : null;
}

function node_of({ by_id }, id) {
  if (!by_id.has(id)) throw new EngineError({ path: "", code: "release" });
  return by_id.get(id);
}

/** The key of the first day after `as_of` on which the atom is yes, or null. */
function turns(release, id, cells, as_of) {
  const { run, data } = node_of(release.program, id);
  const { op, cmp, from, until, n, unit, roll = release.roll } = data;
  if (op !== "elapsed" || !["ge", "gt"].includes(cmp) || !until.today || from.today) return null;
  const today = date_key(as_of);
  // A threshold may have a later value on its way, so look at each stretch of days on
  // which the law stays the same.
  const starts = [from, n].flatMap(({ threshold }) => release.data.thresholds[threshold]?.values ?? []);
  const later = starts.map((value) => date_key(value.from)).filter((day) => day > today);
  const stretches = [today, ...new Set(later.sort((a, b) => a - b))];
  for (const [place, first] of stretches.entries()) {
    const law = law_on(release, date_text(first));
    const [since, , period] = run.operands.map((operand) => operand(cells, law));
    if (!Number.isFinite(since) || !Number.isFinite(period)) continue;
    let day = moved(since, period, unit, roll === "next_day");
    if (cmp === "gt") day = day_key(key_day(day) + 1);
    day = Math.max(day, first);
    // Yes already today: time has nothing left to turn.
    if (!(day >= stretches[place + 1])) return today < day && day <= LAST_DAY ? day : null;
  }
  return null;
}
