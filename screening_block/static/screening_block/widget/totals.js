/**
 * “Question 7 of about 20”, in a later part. A total is told where scenarios make it
 * reliable; once told it is kept or falls, and never rises. The form without script reckons
 * the same: `screening_block/visitor/totals.py`.
 */

import { evaluate } from "../engine/evaluate.js";

/** @import { App, Visit } from "./shapes.js" */

/** The most and the fewest questions lie no further apart than this part of the most. */
const CLOSE = 0.2;

/**
 * The fewest and the most questions of a visit that stands at a question; nothing where too
 * few visits came to it.
 * @param {Visit} visit
 * @param {string} key
 * @param {number} place as many questions were asked before
 */
function range({ book, release, asked, answers, outcome }, key, place) {
  const gone = book.lengths?.[key];
  if (!gone) return [];
  const before = asked.slice(0, place).map((one) => [one, answers[one]]);
  const { left } =
    place < asked.length ? evaluate(release, Object.fromEntries(before), book.as_of) : outcome;
  return gone.map((count) => place + 1 + Math.max(left - count, 0)).reverse();
}

/**
 * About how many questions a visit has, or 0 where nobody can tell.
 * @param {Visit} visit
 */
function total_of(visit) {
  const { asked, outcome } = visit;
  if (!outcome.next) return asked.length;
  visit.ranges = [...asked, outcome.next].map(
    (key, place) => visit.ranges[place] ?? range(visit, key, place),
  );
  let [told, total] = [0, 0];
  for (const [fewest, most] of visit.ranges) {
    total = 0;
    if (most && (told || most - fewest <= CLOSE * most)) {
      told = Math.min(most, told || most);
      if (told >= fewest) total = told;
    }
  }
  return total;
}

/**
 * What is said of a question's place, and the total it names.
 * @param {App} app
 * @param {number} place as many questions lie before it
 * @returns {[string, number]}
 */
export function progress_of({ visit }, place) {
  const { asked, outcome, ui } = visit;
  const last = place === asked.length && outcome.left === 1;
  const total = last ? place + 1 : total_of(visit);
  const forms = ui.progress[last ? "last" : total ? "about" : "plain"];
  return [visit.say(forms, { i: place + 1, n: total }), total];
}
