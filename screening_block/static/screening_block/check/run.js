/** Runs the checks one after the other, and cleans up behind each. */

import { frame_checks } from "./frame_checks.js";
import { looks_checks } from "./looks_checks.js";
import { restore } from "./made_answers.js";
import { making_checks } from "./making_checks.js";
import { listen, page_checks } from "./page_checks.js";
import { privacy_checks } from "./privacy_checks.js";
import { server_checks } from "./server_checks.js";
import { Failed, NotPossible, pause } from "./verdicts.js";

/** @import { Check, Outcome, Site } from "./shapes.js" */

/** Milliseconds after which a check has failed. */
const PATIENCE = 20_000;

/** By the keys of their groups, in the order in which they are shown. */
export const GROUPS = {
  page: page_checks,
  making: making_checks,
  looks: looks_checks,
  server: server_checks,
  frame: frame_checks,
  privacy: privacy_checks,
};

/** What has to run before what shows above it. */
const FIRST = ["script", "connect", "first-questions"];
/** What looks back on all of it. */
const LAST = ["violations"];

/** @param {string} key */
const turn = (key) => (FIRST.includes(key) ? FIRST.indexOf(key) : LAST.includes(key) ? 99 : 9);

/**
 * The checks to run, with what each of them needs.
 * @param {string[]} only keys; all where there are none
 */
function chosen(only) {
  const all = Object.entries(GROUPS)
    .flatMap(([group, checks]) => checks.map((check) => ({ group, check })))
    .sort((one, other) => turn(one.check.key) - turn(other.check.key));
  /** @param {string} key @returns {string[]} */
  const with_needs = (key) => [
    key,
    ...(all.find(({ check }) => check.key === key)?.check.needs ?? []).flatMap(with_needs),
  ];
  const wanted = new Set(only.flatMap(with_needs));
  return only[0] ? all.filter(({ check }) => wanted.has(check.key)) : all;
}

/**
 * @param {Check} check
 * @param {Site} at
 * @param {Outcome[]} before
 * @returns {Promise<{status: Outcome["status"], code?: string, slots?: Record<string, any>}>}
 */
async function verdict_of({ needs = [], run }, at, before) {
  const lacks = before.find(({ key, status }) => needs.includes(key) && status !== "passed");
  if (lacks) return { status: "not_possible", code: "needs", slots: { check: lacks.key } };
  let late = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);
  const patience = new Promise((_done, fail) => {
    late = setTimeout(() => fail(new Failed("late")), PATIENCE);
  });
  try {
    await Promise.race([run(at), patience]);
    return { status: "passed" };
  } catch (error) {
    if (error instanceof NotPossible || error instanceof Failed) {
      const { code, slots } = error;
      return { status: error instanceof Failed ? "failed" : "not_possible", code, slots };
    }
    return { status: "failed", code: "error", slots: { error: String(error) } };
  } finally {
    clearTimeout(late);
    at.stage.clear();
    restore();
  }
}

/**
 * Runs the checks, tells of each as it is over, and leaves the page as it was.
 * @param {Omit<Site, "violations" | "locales">} place
 * @param {{only: string[], say: (code: string, slots: Record<string, any>) => string,
 *   told: (outcome: Outcome) => void, goes: () => boolean}} how
 * @returns {Promise<Outcome[]>}
 */
export async function run_checks(place, { only, say, told, goes }) {
  /** @type {Site} */
  const at = { ...place, violations: [], locales: [] };
  const quiet = listen(at.base, at.violations);
  const { scrollX, scrollY } = window;
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  /** @type {Outcome[]} */
  const outcomes = [];
  try {
    for (const { group, check } of chosen(only)) {
      if (!goes()) break;
      const begun_at = performance.now();
      const { status, code = "", slots = {} } = await verdict_of(check, at, outcomes);
      /** @type {Outcome} */
      const outcome = {
        key: check.key,
        group,
        status,
        code,
        reason: code && say(code, slots),
        milliseconds: Math.round(performance.now() - begun_at),
      };
      outcomes.push(outcome);
      told(outcome);
      await pause(0);
    }
  } finally {
    quiet();
    focused?.focus({ preventScroll: true });
    scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
  }
  return outcomes;
}
