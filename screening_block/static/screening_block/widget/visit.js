/** One visit: its answers, what they come to and how that is said. Touches no page. */

import { parse_answers } from "../engine/answers.js";
import { count_unasked, evaluate, walk } from "../engine/evaluate.js";
import { explain, turning_date } from "../engine/explain.js";
import { fill, Wording } from "../engine/wording.js";

const SECTIONS = ["urgent", "case", "risk", "help", "next"];
const SEVERITIES = ["urgent", "high", "caution", "info"];

/** The date in a time zone, `YYYY-MM-DD`: the only look at the clock. */
function today(timeZone) {
  const style = { timeZone, year: "numeric", month: "2-digit", day: "2-digit" };
  const parts = new Intl.DateTimeFormat("en-CA", style).formatToParts();
  return ["year", "month", "day"].map((name) => parts.find(({ type }) => type === name).value).join("-");
}

export class Visit {
  /** @param {object} strings see `strings.js` */
  constructor(release, locale, strings) {
    Object.assign(this, { release, locale, strings, ui: strings.ui });
    this.as_of = today(release.data.time_zone);
    this.words = new Wording(release, locale, this.as_of, strings);
    /** `year`, `month` and `day` in the order of the language; slow to find out. */
    this.date_order = new Intl.DateTimeFormat(locale).formatToParts().map(({ type }) => type);
    this.clear();
  }

  clear() {
    this.answers = {};
    /** Keys of the questions that were asked, in order: those of `answers`. */
    this.asked = [];
    /** Urgent findings that were shown by themselves. */
    this.shown = new Set();
    this.outcome = evaluate(this.release, {}, this.as_of);
  }

  /** Keeps an answer. Returns the questions whose answers no longer matter. */
  answer(key, value) {
    let dropped = [];
    this.answers = parse_answers(this.release, { ...this.answers, [key]: value }).values;
    if (this.asked.includes(key)) {
      const walked = walk(this.release, this.answers, this.as_of);
      ({ asked: this.asked, answers: this.answers, dropped } = walked);
    } else this.asked.push(key);
    this.outcome = evaluate(this.release, this.answers, this.as_of);
    return dropped;
  }

  /** At most so many questions are left: each answer can only make fewer open. */
  left() {
    return count_unasked(this.release, this.answers, this.as_of);
  }

  /** Findings that are urgent for sure and were not shown yet; now they were. */
  urgent() {
    const found = this.outcome.findings.filter(
      ({ key, level, severity }) => level === "applies" && severity === "urgent" && !this.shown.has(key),
    );
    found.forEach(({ key }) => this.shown.add(key));
    return found.map((one) => this.finding(one));
  }

  // Words

  /** A string of `ui`, in its plural form for `n`, with its slots filled. */
  say(text, slots = {}) {
    return fill(text[this.strings.plural[slots.n] ?? "other"] ?? text, slots);
  }

  /** A text of the release as of today, or "". `date` fills `{date}`. */
  text(path, date) {
    const { data } = this.release;
    for (const locale of [this.locale, data.locale]) {
      const text = path.reduce((texts, key) => texts?.[key], data.texts[locale]);
      if (text?.trim()) return this.words.render(text, date);
    }
    return "";
  }

  question(key, part = "label") {
    return this.text(["questions", key, part]);
  }

  /** What was answered, in words. */
  answered(key) {
    const value = this.answers[key] ?? null;
    return value === null ? this.ui.unsure : this.words.answer(key, value);
  }

  review() {
    const { reviewer, reviewed_on, next_due } = this.release.data.review;
    const { no_review, reviewed, overdue } = this.ui;
    const date = (text) => (text ? this.words.date(text) : "?");
    return [
      reviewer ? this.say(reviewed, { who: reviewer, date: date(reviewed_on) }) : no_review,
      next_due < this.as_of && next_due ? this.say(overdue, { date: date(next_due) }) : "",
    ];
  }

  as_of_line(length) {
    const release = this.release.sha256.slice(0, length);
    return this.say(this.ui.as_of, { date: this.words.date(this.as_of), release });
  }

  /** A finding of the outcome with its words, as the API has it. */
  finding(found) {
    const { release, answers, as_of, locale, strings } = this;
    const record = release.data.findings.find(({ key }) => key === found.key);
    // Reasons are made anew at each look.
    found = { ...found };
    const date = turning_date(release, found, answers, as_of);
    const text = (...path) => this.text(["findings", found.key, ...path], date);
    const sure = found.level === "applies";
    // Facts in between make reasons longer and repeat nothing that was answered.
    const atoms = { ...found, because: found.because.filter(({ op }) => op !== "fact") };
    return {
      ...record,
      ...found,
      group: sure && found.severity === "urgent" ? "urgent" : record.group,
      rank: SEVERITIES.indexOf(found.severity) * 2 + !sure,
      heading: text("heading"),
      body: [text("body"), ...found.notes.map((key) => text("notes", key))].join("\n\n"),
      because: explain(release, answers, atoms, as_of, locale, strings),
      actions: (record.actions ?? []).map((one) => ({ ...one, label: text("actions", one.key) })),
    };
  }

  /** `[group, findings]` of what applies or may apply, the gravest first. */
  groups() {
    const all = this.outcome.findings.filter(({ level }) => level !== "not_apply");
    const found = all.map((one) => this.finding(one)).sort((a, b) => a.rank - b.rank);
    return SECTIONS.map((name) => [name, found.filter(({ group }) => group === name)]).filter(
      ([, members]) => members.length,
    );
  }

  /** Questions that could still change what is shown, in their order. */
  unknown() {
    const shown = this.outcome.findings.filter(({ level }) => level !== "not_apply");
    const open = new Set(shown.flatMap(({ missing }) => missing.map(({ question }) => question)));
    return [...this.release.questions.keys()].filter((key) => open.has(key));
  }
}
