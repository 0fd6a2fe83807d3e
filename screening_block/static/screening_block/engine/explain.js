/**
 * Why a finding came out as it did, in short sentences, and when time will change it.
 * The sentences repeat the visitor's own answers and are for the visitor alone.
 *
 * `sentences` is the data of `sentences.<locale>.json`; `merge` puts those of a locale
 * over the English ones.
 */

import { parse_answers, public_value } from "./answers.js";
import { date_text, day_key, moved } from "./calendar.js";
import { date_key, key_day } from "./dates.js";
import { AnswerError, EngineError } from "./errors.js";
import { DENIED, fill, merge, OTHER, TURNED, Wording } from "./wording.js";

export { merge };

const LAST_DAY = 21001231;
const TRUTH = ["no", "unclear", "yes"];

/**
 * Sentences for what decided a finding, in the order of its trace, each once.
 * @param {{because: object[]}} finding of `evaluate`, with these answers and this day
 * @returns {string[]}
 */
export function explain(release, answers, finding, as_of, locale, sentences) {
  known_day(as_of);
  const speaker = new Explainer(release, parse_answers(release, answers), as_of, locale, sentences);
  return [...new Set(finding.because.flatMap((trace) => [...speaker.sentences(trace)]))];
}

/**
 * A text of the release with its placeholders filled: `{threshold_key}` with the value
 * on `as_of` and its unit, `{date}` with `date` (see `turning_date`).
 */
export function render_text(text, release, locale, as_of, sentences, date = null) {
  known_day(as_of);
  return new Wording(release, locale, as_of, sentences).render(text, date);
}

/**
 * The earliest day on which a wait that is not over yet will be, or null. Looks at the
 * `elapsed` atoms until today (ge, gt) that are no now.
 * @param where an outcome's finding, a node of its trace, or a condition of the release
 */
export function turning_date(release, where, answers, as_of) {
  known_day(as_of);
  const given = parse_answers(release, answers);
  const of_trace = ({ id }) => node_of(release, id);
  let nodes;
  if (where.because) nodes = where.because.filter(({ op }) => op === "elapsed").map(of_trace);
  else nodes = where.id !== undefined && where.by ? [of_trace(where)] : leaves_of(where);
  const found = nodes.map((node) => turns(release, node, given, as_of)).filter(Boolean);
  return found.length ? date_text(Math.min(...found)) : null;
}

function known_day(as_of) {
  return date_key(as_of) ?? fail(AnswerError, "as_of", "date");
}

function fail(kind, path, code) {
  throw new kind({ path, code });
}

function node_of(release, id) {
  return (release.program.by_id.get(id) ?? fail(EngineError, "", "release")).data;
}

const leaves_of = (node) =>
  Array.isArray(node.of) && !node.op.includes(".") ? node.of.flatMap(leaves_of) : [node];

/** The key of the first day after `as_of` on which the atom is yes, or null. */
function turns(release, node, answers, as_of) {
  if (node.op !== "elapsed" || !["ge", "gt"].includes(node.cmp)) return null;
  if (!node.until.today || node.from.today) return null;
  const today = date_key(as_of);
  const next_day = (node.roll ?? release.roll) === "next_day";
  // A threshold may have a later value on its way, so look at each stretch of days on
  // which the law stays the same.
  const later = [node.from, node.n].flatMap(({ threshold }) =>
    threshold ? release.data.thresholds[threshold].values.map(({ from }) => date_key(from)) : [],
  );
  const stretches = [today, ...new Set(later.filter((day) => day > today))].sort((a, b) => a - b);
  for (const [place, first] of stretches.entries()) {
    const since = operand_on(release, node.from, answers, first);
    const period = operand_on(release, node.n, answers, first);
    if (since === null || period === null) continue;
    let day = moved(since, period, node.unit, next_day);
    if (node.cmp === "gt") day = day_key(key_day(day) + 1);
    day = Math.max(day, first);
    if (place + 1 === stretches.length || day < stretches[place + 1]) {
      // Yes already today: time has nothing left to turn.
      return today < day && day <= LAST_DAY ? day : null;
    }
  }
  return null;
}

function operand_on(release, { question, threshold, value = null }, answers, day) {
  if (question) {
    const cell = answers.cells[release.questions.get(question).index];
    return typeof cell === "number" ? cell : null;
  }
  if (threshold) {
    const { values } = release.data.thresholds[threshold];
    const past = values.filter(({ from }) => date_key(from) <= day);
    value = past.at(-1)?.value ?? null;
  }
  return typeof value === "string" ? date_key(value) : value;
}

class Explainer {
  constructor(release, answers, as_of, locale, sentences) {
    this.release = release;
    this.answers = answers;
    this.as_of = as_of;
    this.w = new Wording(release, locale, as_of, sentences);
    this.s = sentences.explain;
  }

  *sentences({ id, value }) {
    const node = node_of(this.release, id);
    const { op } = node;
    if (op === "fact") {
      yield fill(this.s.fact[TRUTH[value]], { fact: this.bare("facts", node.fact) });
    } else if (op.includes(".")) yield fill(this.s.plugin[TRUTH[value]], { name: op });
    else if (op === "compare" || op === "elapsed") {
      if (value === 1) yield* this.open(node);
      else if (op === "compare") yield this.compare(node, value === 2);
      else yield* this.elapsed(node, value === 2);
    } else if (node.question !== undefined) {
      yield this.said(node.question);
      if (op === "column") yield* this.column(node, value);
    }
  }

  /** A label without the full stop that it may end in. */
  bare(kind, key) {
    return this.w.label(kind, key, "label").replace(/\.+$/, "");
  }

  // Answers

  cell(key) {
    return this.answers.cells[this.release.questions.get(key).index];
  }

  value(key) {
    return public_value(this.release.questions.get(key), this.cell(key));
  }

  said(key) {
    const cell = this.cell(key);
    const label = this.w.question(key);
    const ended = /[?.!:]$/.test(label) ? label : `${label}.`;
    if (cell === undefined) return fill(this.s.not_asked, { question: ended });
    if (cell === null) return fill(this.s.not_sure, { question: ended });
    const value = this.value(key);
    const said = this.w.answer(key, value);
    // "Green card" speaks for itself; "Yes", "None" and "5" do not.
    const { options } = this.release.questions.get(key);
    const picked = [value].flat();
    const speaks = (one) => one !== OTHER && options.has(one) && !options.get(one).exclusive;
    if (picked.length && picked.every(speaks)) return fill(this.s.said, { value: said });
    return fill(this.s.said_about, { head: ended, value: said });
  }

  *column(node, value) {
    const { data, chart } = this.release.questions.get(node.question);
    const cell = this.cell(node.question) ?? null;
    if (cell === null || data.chart === undefined) return;
    const name = node.column;
    const column = this.w.label("charts", data.chart, "columns", name);
    for (const row of [cell].flat()) {
      if (row === OTHER) {
        if (value === 1) yield fill(this.s.column_other, { column });
        continue;
      }
      const label = this.w.label("charts", data.chart, "rows", row);
      const found = chart(row, name);
      if (found === null) {
        if (value === 1) yield fill(this.s.column_unknown, { row: label, column });
        continue;
      }
      const values = [found].flat();
      const meets = values.some((one) => node.values.includes(one));
      if (value !== 1 && (value === 2) === meets) {
        const words = this.w.cell(data.chart, name, values, "and");
        yield fill(this.s.column, { row: label, column, values: words });
      }
    }
  }

  // Comparisons

  /** What an unknown comparison is waiting for. */
  *open(node) {
    for (const side of ["left", "right", "from", "until", "n"]) {
      const { question, threshold } = node[side] ?? {};
      if (question !== undefined) {
        if ((this.cell(question) ?? null) === null) yield this.said(question);
      } else if (threshold !== undefined && this.w.threshold_value(threshold) === null) {
        yield fill(this.s.no_value, { threshold: this.bare("thresholds", threshold) });
      }
    }
  }

  /** An operand's value alone. */
  value_text(operand, other) {
    if (operand.question !== undefined) {
      return this.w.answer(operand.question, this.value(operand.question));
    }
    if (operand.threshold !== undefined) return this.w.threshold(operand.threshold);
    if (operand.today) return this.w.date(this.as_of);
    return this.w.value(operand.value, ...this.w.measure(other));
  }

  /** A value with what it is: its question, or today. */
  named({ question, today }, value) {
    const { named, today: word } = this.w.words;
    if (question !== undefined) return fill(named, { value, label: this.w.question(question) });
    return today ? fill(named, { value: word, label: value }) : value;
  }

  /** A phrase with the citation of the threshold in it, if it has one. */
  cited(value, { threshold }) {
    const citation = threshold === undefined ? "" : this.w.citation(threshold);
    return citation ? fill(this.w.words.cited, { value, citation }) : value;
  }

  compare({ left, right, cmp }, yes) {
    if (left.question === undefined && right.question !== undefined) {
      [left, right, cmp] = [right, left, TURNED[cmp]];
    }
    let head = this.w.words.today_head;
    if (left.question !== undefined) head = this.w.question(left.question);
    else if (left.threshold !== undefined) {
      head = this.w.label("thresholds", left.threshold, "label");
    }
    const phrase = this.w.phrase(
      this.w.kind_of(left, right),
      yes ? cmp : DENIED[cmp],
      this.named(right, this.value_text(right, left)),
    );
    return fill(this.s.compare, {
      head: this.w.head(head),
      answer: this.value_text(left, right),
      phrase: this.cited(phrase, right),
    });
  }

  *elapsed(node, yes) {
    const { n, unit, cmp } = node;
    const period = n.threshold ? this.w.threshold(n.threshold) : this.w.number(n.value, unit);
    const phrase = this.w.phrase("number", yes ? cmp : DENIED[cmp], period);
    yield fill(this.s.elapsed, {
      phrase: this.cited(phrase, n),
      from: this.named(node.from, this.value_text(node.from, {})),
      until: this.named(node.until, this.value_text(node.until, {})),
    });
    const day = yes ? null : turns(this.release, node, this.answers, this.as_of);
    if (day !== null) {
      const date = this.w.date(date_text(day));
      yield fill(this.s.turns, { date, phrase: this.w.phrase("number", cmp, period) });
    }
  }
}
