/**
 * The server's side of the condition editor: what the pickers offer, and conditions in
 * plain words with what is wrong with them, asked for together.
 *
 * @typedef {{path: string, code: string, message: string,
 *   suggestion: {key: string, label: string}|null}} Problem
 * @typedef {{sentence: string, problems: Problem[]}} Said
 */

import { byKey, context } from "./page_state.js";

const TOGETHER = 40;
const FRESH = 20_000;

const page = /\/pages\/(\d+)\//.exec(location.pathname)?.[1];
const parent = /\/pages\/add\/[^/]+\/[^/]+\/(\d+)\//.exec(location.pathname)?.[1];
const where = page ? { page } : parent ? { parent } : {};

const base = () => window.wagtailConfig.ADMIN_URLS.PAGES.replace(/pages\/$/, "screening/");

let offered = null;
let asked = 0;

/** Thresholds, charts, plugins' tests, limits and words; fetched anew when grown old. */
export function vocabulary() {
  if (!offered || Date.now() - asked > FRESH) {
    asked = Date.now();
    const before = offered;
    offered = get().catch((error) => {
      asked = 0;
      if (before) return before;
      offered = null;
      throw error;
    });
  }
  return offered;
}

async function get() {
  const response = await fetch(`${base()}pickers/?${new URLSearchParams(where)}`);
  if (!response.ok) throw new Error(`pickers: ${response.status}`);
  const found = await response.json();
  known.clear();
  return {
    ...found,
    chart: byKey(found.charts),
    threshold: byKey(found.thresholds),
    operator: byKey(found.operators),
    say: (name, slots = {}) =>
      (found.words[name] ?? name).replace(/\{(\w+)\}/g, (whole, slot) => slots[slot] ?? whole),
  };
}

/** @type {Map<string, Said>} by the condition's text, for the page as it was `seen` */
const known = new Map();
let seen = "";
let waiting = null;

/**
 * A condition in plain words, on the page as it stands. Null when it cannot be had:
 * the condition itself is not lost, only its sentence.
 * @param {string} text
 * @returns {Promise<Said|null>}
 */
export function ask(text) {
  waiting ??= { texts: new Set(), said: later() };
  waiting.texts.add(text);
  return waiting.said.then((said) => said?.get(text) ?? null);
}

async function later() {
  await new Promise((done) => setTimeout(done, TOGETHER));
  const texts = [...waiting.texts];
  waiting = null;
  const here = context();
  const mark = JSON.stringify(here);
  if (mark !== seen) known.clear();
  seen = mark;
  const unknown = texts.filter((text) => !known.has(text));
  if (unknown.length) {
    const answers = await post({ ...where, context: here, conditions: unknown });
    if (!answers) return null;
    unknown.forEach((text, i) => known.set(text, answers[i]));
  }
  return new Map(texts.map((text) => [text, known.get(text)]));
}

async function post(body) {
  const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
  try {
    const response = await fetch(`${base()}describe/`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", [CSRF_HEADER_NAME]: CSRF_TOKEN },
    });
    return response.ok ? (await response.json()).said : null;
  } catch {
    return null;
  }
}
