/** What the widget asks for: nothing of who asks and from where. */

/** @param {URL | string} address */
export async function get(address) {
  const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  // Questions that are gone say so, with `detail`; then there is nothing to try again.
  if (!response.ok) throw await response.json().catch(() => response);
  return response;
}

/**
 * The lines at an address; the first is refused if it is not what the ETag names last.
 * @param {URL} address
 * @returns {Promise<[lines: string[], named?: string, sent?: string]>} and the hashes
 *   that the ETag names first and last, if it does
 */
export async function get_lines(address) {
  const response = await get(address);
  const lines = (await response.text()).split("\n");
  // The release, and what is sent of it.
  const named = response.headers.get("etag")?.match(/[0-9a-f]{64}/g) ?? [];
  let sent = named.at(-1);
  // Only pages that came over https can compute it.
  if (globalThis.crypto?.subtle) {
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lines[0]));
    const found = Array.from(new Uint8Array(hash), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
    if ((sent ??= found) !== found) throw Error("ETag");
  }
  return [lines, named[0], sent];
}

/**
 * A part of the release of a visit: `screening_block/visitor/release_parts.py`.
 * @param {{parts_url?: string, as_of: string}} book
 * @param {string} words language
 * @param {string} part
 */
export async function get_part({ parts_url = "", as_of }, words, part) {
  // Of a copy of the site as files each language is one.
  const address = new URL(parts_url.replace("*", words));
  address.search = String(new URLSearchParams({ words, as_of, part }));
  return (await get_lines(address))[0][0];
}

/**
 * The help file in the language of some words, if there is one.
 * @param {{help_url?: string}} book
 */
export const entries_of = async ({ help_url }) => help_url && (await get(help_url)).json();

/**
 * Words with the addresses in them made whole.
 * @template {Record<string, any>} T
 * @param {T} words
 * @param {URL | string} base
 * @returns {T}
 */
export function located(words, base) {
  for (const name of ["help_url", "open_url", "parts_url"])
    if (words[name])
      /** @type {any} */ (words)[name] = new URL(words[name], base).href;
  return words;
}
