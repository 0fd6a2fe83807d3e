/** Calls into the engine as data, so that tests in Python can say what they want. */

import * as calendar from "../engine/calendar.js";
import { parse_json } from "../engine/canonical.js";
import { is_vague, read_duration } from "../engine/durations.js";
import { read_number } from "../engine/numbers.js";
import * as engine from "../engine/engine.js";
import { shown } from "../engine/presented.js";
import { parse } from "../engine/release.js";
import { turning_date } from "../engine/turning.js";
import * as words from "../engine/explain.js";
import { wording } from "../engine/wording.js";

const found = (release, { answers, as_of, finding = 0 }) =>
  engine.evaluate(release, answers, as_of).findings[finding];

const CALLS = {
  load: () => null,
  levels: (release, { answers, as_of }) =>
    Object.fromEntries(
      engine.evaluate(release, answers, as_of).findings.map(({ key, level }) => [key, level]),
    ),
  evaluate: (release, { answers, as_of }) => engine.evaluate(release, answers, as_of),
  walk: (release, { answers, as_of }) => engine.walk(release, answers, as_of),
  values: (release, { text }) => {
    const from_text = engine.parse_answers(release, parse_json(text)).values;
    return engine.parse_answers(release, from_text).values;
  },
  turning_date: (release, { answers, as_of, book }) =>
    turning_date(release, found(release, { answers, as_of }), answers, parse(JSON.stringify(book))),
  explain: (release, { answers, as_of, book }) =>
    words.explain(
      release,
      answers,
      found(release, { answers, as_of }),
      parse(JSON.stringify(book)),
    ),
  said: (release, { answers, book }) => {
    const { answer } = wording(release, parse(JSON.stringify(book)));
    return answers.map(([key, value]) => {
      // As it is kept: what is said is the canonical answer.
      const { values } = engine.parse_answers(release, { [key]: value });
      return answer(key, values[key]);
    });
  },
  shown: (release, { answers, as_of }) =>
    shown(release, answers, engine.evaluate(release, answers, as_of)),
  numbers: (_, { typed }) =>
    typed.map(
      ([text, pattern, digits, span]) =>
        read_number(text, pattern, digits) ??
        read_duration(text, span) ??
        (is_vague(text, span) ? "vague" : null),
    ),
  day_no: (_, { dates }) => dates.map(calendar.day_no),
  shift: (_, { shifts }) =>
    shifts.map(([day, n, unit, roll]) => calendar.shift(day, n, unit, roll)),
};

/** Each call's result as {is}, or {error, problems}, or {crash}. */
export function run(calls, given = {}) {
  return calls.map(({ call, release, ...rest }) => {
    try {
      const text = typeof release === "string" ? release : JSON.stringify(release);
      const loaded = release === undefined ? null : engine.load_release(text, given);
      return { is: CALLS[call](loaded, rest) };
    } catch (error) {
      if (!(error instanceof engine.EngineError)) return { crash: String(error.stack) };
      const problems = error.problems.map(({ path, code }) => [path, code]);
      return { error: error.constructor.name, problems, text: error.message };
    }
  });
}
