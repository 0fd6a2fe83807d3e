/** One visit: its answers, what they come to and how that is said. Touches no page. */

import { parse_answers } from "../engine/answers.js";
import { evaluate, walk } from "../engine/evaluate.js";
import { wording } from "../engine/wording.js";

/** @import { FindingRecord, Release, Value } from "../engine/shapes.js" */
/** @import { Visit, WidgetBook } from "./shapes.js" */

/**
 * A visit that begins. Beside what is below it has all words of `wording`, and
 * `answers`; `asked`, the keys of the questions that were asked, in order, those of
 * `answers`; `outcome` of `evaluate`. They are replaced and never written into: a copy of
 * the visit is a state to go back to.
 * @param {Release} release
 * @param {WidgetBook} book what came with the release: `screening_block/visitor/widget_strings.py`
 * @returns {Visit}
 */
export function begin(release, book) {
  const { as_of, ui } = book;
  function clear() {
    // `announced`: urgent findings that were shown by themselves.
    Object.assign(visit, {
      answers: {},
      asked: [],
      ranges: [],
      announced: [],
      outcome: evaluate(release, {}, as_of),
    });
  }

  /** @type {Visit["keep"]} Returns the questions whose answers no longer matter. */
  function keep(key, value) {
    /** @type {string[]} */
    let dropped = [];
    visit.answers = parse_answers(release, { ...visit.answers, [key]: value }).values;
    if (visit.asked.includes(key)) {
      visit.ranges = visit.ranges.slice(0, visit.asked.indexOf(key) + 1);
      ({
        asked: visit.asked,
        answers: visit.answers,
        dropped,
      } = walk(release, visit.answers, as_of));
    } else visit.asked = [...visit.asked, key];
    visit.outcome = evaluate(release, visit.answers, as_of);
    return dropped;
  }

  /** Findings that are urgent for sure and were not shown yet; now they were. */
  function urgent() {
    const found = visit.outcome.findings.filter(
      ({ key, level, severity }) =>
        level === "applies" && severity === "urgent" && !visit.announced.includes(key),
    );
    visit.announced = [...visit.announced, ...found.map(({ key }) => key)];
    return found;
  }

  /** @type {Visit["told"]} What was answered, in words. */
  const told = (key) => {
    const value = visit.answers[key];
    return value == null ? ui.unsure : visit.answer(key, value);
  };

  /** @type {Visit["off"]} The class of what stays off paper: see `withheld` of `widget_strings.py`. */
  const off = (id) => ui.withheld.includes(id) && { class: "off" };

  /** @type {Visit["section"]} */
  const section = (key) => visit.text(["sections", release.questions.get(key)?.section ?? ""]);

  /** @type {Visit["worded"]} */
  function worded(found, day) {
    const known = release.data.findings.find(({ key }) => key === found.key);
    const record = /** @type {FindingRecord} */ (known);
    /** @param {string[]} path */
    const text = (...path) => visit.text(["findings", found.key, ...path], day);
    const at = `findings/${found.key}`;
    return {
      ...record,
      ...found,
      heading: text("heading"),
      body: text("body"),
      notes: found.notes.map((key) => text("notes", key)),
      off: off(at),
      apart: off(`${at}/because`),
      actions: record.actions
        .map((one) => ({ ...one, label: text("actions", one.key) }))
        .filter(({ label }) => label),
    };
  }

  /** @type {Omit<Visit, "answers" | "asked" | "ranges" | "announced" | "outcome">} */
  const begun = {
    ...wording(release, book),
    release,
    book,
    ui,
    clear,
    keep,
    urgent,
    told,
    off,
    section,
    worded,
  };
  const visit = /** @type {Visit} */ (begun);
  clear();
  return visit;
}
