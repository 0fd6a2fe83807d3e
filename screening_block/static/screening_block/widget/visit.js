/** One visit: its answers, what they come to and how that is said. Touches no page. */

import { parse_answers } from "../engine/answers.js";
import { evaluate, walk } from "../engine/evaluate.js";
import { wording } from "../engine/wording.js";

/** @import { Release, Value } from "../engine/shapes.js" */
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
      waiting: null,
      outcome: evaluate(release, {}, as_of),
    });
  }

  /**
   * Returns the questions whose answers no longer matter. Which do is known at the end: behind
   * a question that a change has opened they wait.
   * @type {Visit["keep"]}
   */
  function keep(key, value) {
    /** @type {string[]} */
    let gone = [];
    const given = { ...visit.waiting, ...visit.answers, [key]: value };
    visit.answers = parse_answers(release, given).values;
    const place = visit.asked.indexOf(key);
    if (visit.waiting || place >= 0) {
      if (place >= 0) visit.ranges = visit.ranges.slice(0, place + 1);
      const { asked, answers, next, dropped } = walk(release, visit.answers, as_of);
      if (!next) gone = dropped;
      const waiting = next && visit.answers;
      Object.assign(visit, { asked, answers, waiting });
    } else visit.asked = [...visit.asked, key];
    visit.outcome = evaluate(release, visit.answers, as_of);
    return gone;
  }

  /** @type {Visit["told"]} What was answered, in words. */
  const told = (key) => {
    const value = visit.answers[key];
    return value == null ? ui.unsure : visit.answer(key, value);
  };

  /** @type {Visit["off"]} The class of what stays off paper: see `withheld` of `widget_strings.py`. */
  const off = (id) => ui.withheld.includes(id) && { class: "off" };

  /** @type {Visit["section"]} */
  const section = (key = "") => visit.text(["sections", release.questions.get(key)?.section ?? ""]);

  /** @type {Omit<Visit, "answers" | "asked" | "ranges" | "announced" | "waiting" | "outcome">} */
  const begun = {
    ...wording(release, book),
    release,
    book,
    ui,
    clear,
    keep,
    told,
    off,
    section,
  };
  const visit = /** @type {Visit} */ (begun);
  clear();
  return visit;
}
