/** What comes once the first question is shown: parts of the script, and what they ask for. */

import { kit } from "./kit.js";

/** @import { Arrived, Later, Visit } from "./shapes.js" */

/**
 * What a part exports is what `app.later` has by its name.
 * @type {Record<keyof Later, () => Promise<any>>}
 */
const PARTS = {
  result: () => import("./result.js"),
  sheet: () => import("./sheet.js"),
  file: () => import("./file.js"),
  help: () => import("./help.js"),
  languages: () => import("./languages.js"),
};

/**
 * By part: it is asked for once a page, but where it failed.
 * @type {Record<string, Promise<any>>}
 */
const asked = {};

/**
 * A part that `bundle.js` made takes from the kit what it does not have itself.
 * @param {any} part
 */
const made_of = (part) => (part.default ? part.default(kit) : part);

/** Comes only where the questions do not. */
export const trouble = () => import("./trouble.js").then(made_of);

/**
 * Comes only where there is something for it to mark. A function by its name, because the kit,
 * which hands it over, is made before what stands here.
 */
export function foreign() {
  return import("./foreign.js").then(made_of);
}

/** @param {string} name of a part */
const part_of = (name) =>
  (asked[name] ??= PARTS[/** @type {keyof Later} */ (name)]().then(made_of, (error) => {
    delete asked[name];
    throw error;
  }));

/** What a copy of the site needs, whose files do not know what is asked for. */
export const copied = () => import("./copied.js").then(made_of);

/**
 * Asks for all of it, and for what the parts need for a visit. `came` holds what has come so
 * far; `needed` is what no answer is taken without, `done` comes when nothing more will.
 * @param {Visit} [visit]
 */
export function bring(visit) {
  /** @type {Arrived} */
  const came = { later: {} };
  /** @param {string} name */
  const load = async (name) => {
    const made = await part_of(name);
    if (visit) await made.fetch?.(visit, came);
    came.later[/** @type {keyof Later} */ (name)] = made;
  };
  const all = Object.keys(PARTS).map(load);
  return { came, needed: all[0], done: Promise.allSettled(all) };
}
