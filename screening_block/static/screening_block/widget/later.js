/** What comes once the first question is shown: parts of the script, and the help file. */

import { get } from "./fetched.js";
import { kit } from "./kit.js";

/** @import { App, Later, WidgetBook } from "./shapes.js" */

/**
 * What a part exports is what `app.later` has by its name.
 * @type {Record<keyof Later, () => Promise<any>>}
 */
const PARTS = {
  result: () => import("./result.js"),
  sheet: () => import("./sheet.js"),
  file: () => import("./file.js"),
  help: () => import("./help.js"),
};

/**
 * By part: it is asked for once a page, also if it failed.
 * @type {Record<string, Promise<any>>}
 */
const asked = {};

/**
 * Asks for all of it, and for the help file if there is one. `came` holds what has come so far; `done` comes when nothing more will.
 * @param {Pick<WidgetBook, "help_url">} book
 */
export function bring({ help_url }) {
  /** @type {Pick<App, "later" | "entries">} */
  const came = { later: {} };
  /** @param {keyof Later} name */
  const load = async (name) => {
    const part = await (asked[name] ??= PARTS[name]());
    // A part that `bundle.js` made takes from the kit what it does not have itself.
    came.later[name] = part.default ? part.default(kit) : part;
  };
  const entries = async () => {
    if (help_url) came.entries = await (await get(help_url)).json();
  };
  const names = /** @type {(keyof Later)[]} */ (Object.keys(PARTS));
  return { came, done: Promise.allSettled([...names.map(load), entries()]) };
}
