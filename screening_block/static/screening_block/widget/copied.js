/**
 * Questions of a site that is files: `cms/static_copy/guides.py` writes them. Whoever asks a
 * file for a language gets the whole release, without the words: those are files as well.
 */

import { parse } from "../engine/release.js";
import { get, located } from "./fetched.js";

/** @import { Release } from "../engine/shapes.js" */
/** @import { WidgetBook } from "./shapes.js" */

/**
 * What the widget says, in the language that is wanted or that of the release.
 * @param {Release} release
 * @param {URL} address of it
 * @param {string} wanted language tag
 * @returns {Promise<WidgetBook>}
 */
export async function words_of({ data: { texts, locale } }, address, wanted) {
  const found = [wanted, wanted.split("-")[0]].find((one) => one in texts) ?? locale;
  const file = await get(new URL(`words/${found}.json`, address));
  return located(parse(await file.text()).words, address);
}
