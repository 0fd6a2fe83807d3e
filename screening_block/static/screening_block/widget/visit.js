/** One visit: its answers, what they come to and how that is said. Touches no page. */

import { parse_answers } from "../engine/answers.js";
import { evaluate, walk } from "../engine/evaluate.js";
import { explain } from "../engine/explain.js";
import { section_of, sections } from "../engine/presented.js";
import { turning_date } from "../engine/turning.js";
import { wording } from "../engine/wording.js";

/** @import { Finding, FindingRecord, Release, Value } from "../engine/shapes.js" */
/** @import { OffPaper, ShownFinding, Visit, WidgetBook } from "./shapes.js" */

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
    return found.map(in_words);
  }

  /** @type {Visit["told"]} What was answered, in words. */
  const told = (key) => {
    const value = visit.answers[key];
    return value == null ? ui.unsure : visit.answer(key, value);
  };

  /** @type {Visit["off"]} The class of what stays off paper: see `withheld` of `widget_strings.py`. */
  const off = (id) => ui.withheld.includes(id) && { class: "off" };

  /**
   * A finding of the outcome with its words.
   * @param {Finding} found
   * @returns {ShownFinding}
   */
  function in_words(found) {
    const known = release.data.findings.find(({ key }) => key === found.key);
    const record = /** @type {FindingRecord} */ (known);
    // Reasons are made anew at each look.
    found = { ...found };
    const dated = book.undated.findings[found.key];
    const day = dated ? turning_date(release, found, visit.answers, book) : null;
    /** @param {string[]} path */
    const text = (...path) => visit.text(["findings", found.key, ...path], day);
    const at = `findings/${found.key}`;
    const checked = record.checked_on
      ? visit.say(ui.checked, { date: visit.date(record.checked_on) })
      : ui.unchecked;
    return {
      ...record,
      ...found,
      group: section_of({ ...record, ...found }),
      checked: [record, ...record.citations].some(({ status }) => status === "needs_checking")
        ? `${ui.unsourced} ${checked}`
        : checked,
      heading: text("heading"),
      body: text("body"),
      notes: found.notes.map((key) => text("notes", key)),
      because: explain(release, visit.answers, found, book),
      off: off(at),
      apart: off(`${at}/because`),
      actions: record.actions
        .map((one) => ({ ...one, label: text("actions", one.key) }))
        .filter(({ label }) => label),
    };
  }

  /**
   * What applies or may apply; for paper without what stays off it.
   * @param {boolean} [paper]
   */
  const shown = (paper) =>
    visit.outcome.findings.filter(
      ({ level, key }) => level !== "not_apply" && !(paper && off(`findings/${key}`)),
    );

  /** @type {Visit["groups"]} What is shown, the gravest first. */
  function groups(paper) {
    const found = sections(shown(paper).map(in_words));
    return found.map(([name, members]) => [ui.groups[name], members]);
  }

  /** @type {Visit["unknown"]} Questions that could still change what is shown, in order. */
  function unknown(paper) {
    const open = shown(paper).flatMap(({ missing }) => missing.map(({ question }) => question));
    return [...release.questions.keys()].filter(
      (key) => open.includes(key) && !(paper && off(key)),
    );
  }

  /** @type {Omit<Visit, "answers" | "asked" | "announced" | "outcome">} */
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
    groups,
    unknown,
  };
  const visit = /** @type {Visit} */ (begun);
  clear();
  return visit;
}
