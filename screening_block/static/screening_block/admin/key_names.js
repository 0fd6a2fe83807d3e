/** Keys that are made: from a label, and for what was duplicated. */

import { ROOMS, blockAround, blocks, stream } from "./page_state.js";

const LONGEST = 64;
const COMFORTABLE = 40;

/** A label as a key: "Green card (LPR)" is `green_card_lpr`. "" if no letter is left. */
export function slug(label) {
  const plain = label.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const whole = plain.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  if (whole.length <= COMFORTABLE) return whole;
  const cut = whole.slice(0, COMFORTABLE + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf("_"), 20)).replace(/_+$/, "");
}

/** `key`, or with a number that no other has. */
export function unique(key, others) {
  const taken = new Set(others);
  if (!taken.has(key)) return key;
  const stem = key.replace(/_\d+$/, "").slice(0, LONGEST - 4);
  let n = 2;
  while (taken.has(`${stem}_${n}`)) n += 1;
  return `${stem}_${n}`;
}

/** The keys of the blocks beside the one whose key this field holds. */
export function others(field) {
  const [, list, number] = /^(.*)-(\d+)-value-key$/.exec(field.name) ?? [];
  if (list === undefined) return [];
  if (ROOMS.includes(list) && stream(list)) {
    const own = blockAround(field)?.index;
    return blocks(list)
      .filter(({ index }) => index !== own)
      .map(({ value }) => value.key);
  }
  /** @type {NodeListOf<HTMLInputElement>} */
  const beside = document.querySelectorAll(`input[name^="${list}-"][name$="-value-key"]`);
  return [...beside]
    .filter((input) => {
      const [, same, n] = /^(.*)-(\d+)-value-key$/.exec(input.name);
      const deleted = input.form?.elements.namedItem(`${list}-${n}-deleted`);
      const gone = /** @type {HTMLInputElement} */ (deleted)?.value === "1";
      return same === list && n !== number && !gone;
    })
    .map((input) => input.value);
}

export function put(field, key) {
  if (field.value === key) return;
  field.value = key;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}

/** After an element of a stream or list was duplicated: the twin behind it. */
export function giveNewKey(child) {
  for (const room of ROOMS) {
    const children = stream(room)?.children ?? [];
    const index = children.findIndex((one) => one.element === child);
    if (index < 0) continue;
    const twin = children[index + 1].block;
    const all = blocks(room);
    const key = unique(
      all[index].value.key,
      all.filter((one) => one.index !== index + 1).map((one) => one.value.key),
    );
    if (twin.childBlocks?.key) twin.childBlocks.key.setState(key);
    else twin.setState({ ...twin.getState(), key });
    return;
  }
  let twin = child.nextElementSibling;
  while (twin && !twin.matches("[data-streamfield-child]")) twin = twin.nextElementSibling;
  const field = twin?.querySelector('input[name$="-value-key"]');
  if (field) put(field, unique(field.value, others(field)));
}
