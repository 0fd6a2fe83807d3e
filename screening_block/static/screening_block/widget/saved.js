/**
 * A visit as a small file, to go on with or to hand over: written and read on the device.
 * It holds what an answer needs and nothing of whom it is from. Touches no page.
 *
 * Whatever is wrong with a file is thrown as `{code}`: the name of a sentence in `file.wrong` of
 * `screening_block/visitor/widget_strings.py`.
 */

import { parse_answers } from "../engine/answers.js";
import { parse_json } from "../engine/canonical.js";
import { date_key } from "../engine/dates.js";
import { need } from "../engine/types.js";

/** @import { Answers, Release } from "../engine/shapes.js" */
/** @import { SavedVisit, SealedFile, Visit } from "./shapes.js" */

/** More characters than any file of ours has. */
export const MAX_FILE = 500_000;
/** Least characters of a phrase: four short words. */
export const MIN_PHRASE = 12;

const FORMAT = 1;
const CIPHER = "PBKDF2-SHA-256 AES-GCM-256";
const ROUNDS = 600_000;
/** Of an unsealed text: its length would tell how much was answered. */
const STEP = 4096;

/**
 * As JSON. The values themselves: old libraries gave arrays and texts a `toJSON` of their own.
 * @param {object} data
 */
export const to_json = (data, indent = 0) =>
  JSON.stringify(
    data,
    /** @this {any} */
    function (/** @type {string} */ name) {
      return this[name];
    },
    indent,
  );

/**
 * The text of a file. In one that anybody can read, what stays off paper is "I'm not sure".
 * @param {Visit} visit
 * @param {boolean} [readable]
 */
export const pack = ({ release, book, asked, answers, off }, readable) =>
  to_json({
    format: FORMAT,
    screener: release.key,
    release: release.sha256,
    as_of: book.as_of,
    answers: Object.fromEntries(
      asked.map((key) => [key, readable && off(key) ? null : answers[key]]),
    ),
  });

/** @type {(data: object, names: string) => boolean} */
const has_only = (data, names) => String(Object.keys(data).sort()) === names;

/** @type {(bytes: Uint8Array) => string} */
const to_base64 = (bytes) => btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
/** @type {(text: string) => Uint8Array<ArrayBuffer>} */
const to_bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
/** @type {(text: string) => Uint8Array<ArrayBuffer>} */
const encode = (text) => new TextEncoder().encode(text);

/**
 * What a file says, if it can be one of ours: a visit, or what `unseal` opens.
 * @param {string} text
 * @returns {SavedVisit | SealedFile}
 */
export function unpack(text) {
  need(text.length <= MAX_FILE, "size");
  let data;
  try {
    data = parse_json(text);
  } catch (refusal) {
    const [{ code }] = /** @type {any} */ (refusal).problems;
    const ours = /^\s*\{\s*"format"/.test(text);
    need(!ours, code === "json" ? "cut" : "changed");
    need(false, "other");
  }
  need(Object(data) === data && Number.isInteger(data.format), "other");
  need(data.format === FORMAT, "format");
  if (has_only(data, "data,format,iterations,iv,salt,sealed")) {
    const { sealed, iterations, salt, iv, data: locked } = data;
    need(sealed === CIPHER, "format");
    // More would keep the device busy for minutes.
    need(
      Number.isInteger(iterations) && iterations >= ROUNDS && iterations <= 9 * ROUNDS,
      "changed",
    );
    need(
      [salt, iv, locked].every((one) => /^[A-Za-z0-9+/]{16,}={0,2}$/.test(one)),
      "changed",
    );
    return data;
  }
  need(has_only(data, "answers,as_of,format,release,screener"), "other");
  const { screener, release, as_of, answers } = data;
  need(/^[a-z0-9_-]{1,64}$/.test(screener) && typeof screener === "string", "changed");
  need(/^[0-9a-f]{64}$/.test(release) && typeof release === "string", "changed");
  need(typeof as_of === "string" && date_key(as_of), "changed");
  need(Object(answers) === answers && !Array.isArray(answers), "changed");
  return data;
}

/**
 * The answers of a file that a release still takes, and the questions of those it does not.
 * @param {Release} release
 * @param {SavedVisit} saved
 */
export function fit(release, saved) {
  need(saved.screener === release.key, "screener");
  const changed = saved.release !== release.sha256;
  const answers = /** @type {Answers} */ ({ __proto__: null });
  /** @type {string[]} */
  const lost = [];
  for (const [key, value] of Object.entries(saved.answers)) {
    try {
      answers[key] = parse_answers(release, { [key]: value }).values[key];
    } catch {
      // Its own release takes every answer.
      need(changed, "changed");
      lost.push(key);
    }
  }
  return { answers, lost, changed };
}

/** Whether files can be sealed: only on pages that came over https. */
export const can_seal = () => Boolean(globalThis.crypto?.subtle);

/**
 * Four numbers that nobody guesses, to write down and to say on the phone in any language.
 */
export const make_phrase = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (one) =>
    String(one % 10_000).padStart(4, "0"),
  ).join(" ");

/**
 * What counts of a phrase: not how a device writes letters, capitals or spaces.
 * @param {string} phrase
 */
export const bare_phrase = (phrase) =>
  phrase.normalize("NFKC").toLowerCase().trim().split(/\s+/).join(" ");

/**
 * The key of a phrase, and what else both ways of the cipher need. The head is sealed along:
 * changed, it opens nothing.
 * @param {Omit<SealedFile, "data">} head
 * @param {string} phrase
 */
async function cipher_of({ format, sealed, iterations, salt, iv }, phrase) {
  const { subtle } = crypto;
  const typed = await subtle.importKey("raw", encode(bare_phrase(phrase)), "PBKDF2", false, [
    "deriveKey",
  ]);
  const key = await subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", iterations, salt: to_bytes(salt) },
    typed,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
  const head = to_json({ format, sealed, iterations, salt, iv });
  return { key, how: { name: "AES-GCM", iv: to_bytes(iv), additionalData: encode(head) } };
}

/**
 * The text of a file that only a phrase opens.
 * @param {string} text of `pack`
 * @param {string} phrase
 */
export async function seal(text, phrase) {
  /** @type {(size: number) => string} */
  const random = (size) => to_base64(crypto.getRandomValues(new Uint8Array(size)));
  const head = {
    format: FORMAT,
    sealed: CIPHER,
    iterations: ROUNDS,
    salt: random(16),
    iv: random(12),
  };
  const { key, how } = await cipher_of(head, phrase);
  const padded = text.padEnd(Math.ceil(text.length / STEP) * STEP);
  const data = await crypto.subtle.encrypt(how, key, encode(padded));
  return to_json({ ...head, data: to_base64(new Uint8Array(data)) });
}

/**
 * The visit in a sealed file. A wrong phrase and a changed file cannot be told apart.
 * @param {SealedFile} file
 * @param {string} phrase
 * @returns {Promise<SavedVisit>}
 */
export async function unseal(file, phrase) {
  need(can_seal(), "insecure");
  let text = "";
  try {
    const { key, how } = await cipher_of(file, phrase);
    text = new TextDecoder().decode(await crypto.subtle.decrypt(how, key, to_bytes(file.data)));
  } catch {
    need(false, "phrase");
  }
  const saved = unpack(text);
  need(!("sealed" in saved), "changed");
  return /** @type {SavedVisit} */ (saved);
}
