/** One question as form fields, and what was put into them as an answer. */

import { parse_answers } from "../engine/answers.js";
import { date_key } from "../engine/dates.js";
import { is_vague, read_duration } from "../engine/durations.js";
import { read_number } from "../engine/numbers.js";
import { TYPES } from "../engine/types.js";
import { h } from "./dom.js";

/** @import { Question, Value } from "../engine/shapes.js" */
/** @import { Fields, Part, Pick, Visit, Want } from "./shapes.js" */

/** With more options than this, a list can be searched. */
const LONG = 20;

/**
 * Letters and digits alone, so that "245(a)(2)" is found as "245a2".
 * @param {string} text
 */
const bare = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

/** @type {(input: HTMLElement, label: string) => HTMLElement} */
const labelled = (input, label) => h("div", h("label", { for: input.id }, label), input);
/** @type {(id: string, attributes: object) => HTMLInputElement} */
const box = (id, attributes) => h("input", { id, autocomplete: "off" }, attributes);

/**
 * Radio buttons or checkboxes; a long list above its search.
 * @param {Visit} visit
 * @param {Question} question
 * @param {any} given
 * @returns {Fields}
 */
function picks({ ui, option }, question, given) {
  const { key, base, options } = question;
  const type = TYPES[base];
  const listed = /** @type {NonNullable<typeof type.listed>} */ (type.listed);
  const many = type.input === "several";
  /** @type {Pick[]} */
  const rows = listed(question).map((value) => {
    const input = h("input", {
      type: many ? "checkbox" : "radio",
      name: "answer",
      id: `o-${value}`,
      checked: [given].flat().includes(value),
    });
    const label = option(key, value);
    const row = h("label.option", { for: input.id }, input, h("span", label));
    return {
      value,
      input,
      row,
      text: bare(label),
      alone: many && options.get(/** @type {string} */ (value))?.exclusive,
    };
  });
  // One that stands alone takes the others out, and they take it out.
  for (const one of rows) {
    one.input.addEventListener("change", () => {
      for (const other of rows)
        if (other !== one && (one.alone || other.alone)) other.input.checked = false;
    });
  }
  const find = rows.length > LONG && search(ui, rows);
  return {
    nodes: [
      many && h("p.hint", ui.all),
      find ||
        h(
          "div.options",
          rows.map(({ row }) => row),
        ),
    ],
    read(want) {
      const found = rows.filter(({ input }) => input.checked).map(({ value }) => value);
      if (!found.length)
        return want(ui.wrong[base], find ? find.querySelector("input") : rows[0].input);
      return /** @type {Value} */ (many ? found : found[0]);
    },
  };
}

/**
 * A field that narrows a list. Its options stay the radio buttons that they are, which
 * every phone and screen reader knows; “not in this list” is always there.
 * @param {Visit["ui"]} ui
 * @param {Pick[]} rows
 */
function search(ui, rows) {
  const count = h("p.hint", { role: "status" });
  const input = box("find", { type: "search", spellcheck: "false" });
  /** @param {Pick} one */
  const is_other = ({ value }) => value === "other";
  const narrow = () => {
    const tokens = input.value.split(/\s+/).map(bare);
    const fits = rows.filter(
      (one) => !is_other(one) && tokens.every((token) => one.text.includes(token)),
    );
    for (const one of rows)
      one.row.hidden = !(fits.includes(one) || one.input.checked || is_other(one));
    count.textContent = ui.found.replace("{n}", fits.length);
  };
  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    if (!["Enter", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const [first, ...more] = rows.filter(({ row }) => !row.hidden);
    first.input.focus();
    // The only one that fits, besides “not in this list”.
    if (event.key === "Enter" && more.every(is_other) && !is_other(first)) first.input.click();
  });
  narrow();
  /** @param {boolean} other */
  const part = (other) => rows.filter((one) => is_other(one) === other).map(({ row }) => row);
  return h(
    "div",
    labelled(input, ui.find),
    count,
    h("div.options.scroll", part(false)),
    h("div.options", part(true)),
  );
}

/**
 * @param {Visit} visit
 * @param {Question} question
 * @param {any} given
 * @returns {Fields}
 */
function number_field({ ui }, { key }, given) {
  const { label, wrong, digits, pattern, mode, span } = ui.numbers[key];
  const value = given === null ? given : (given / 10 ** digits).toFixed(digits);
  const input = box("number", {
    inputmode: mode,
    maxlength: 40,
    size: 16,
    value,
  });
  return {
    nodes: [labelled(input, label)],
    read(want) {
      return (
        read_number(input.value, pattern, digits) ??
        read_duration(input.value, span) ??
        want(is_vague(input.value, span) ? ui.wrong.vague : wrong, input)
      );
    },
  };
}

/**
 * Month, day and year, in the order in which the language writes a date.
 * @param {Visit} visit
 * @param {Question} question
 * @param {any} given
 * @returns {Fields}
 */
function date_field({ ui, book }, question, given) {
  const parts = given?.split("-").map(Number) ?? [];
  const inputs = ["year", "month", "day"].map((id, place) => {
    const value = parts[place];
    const size = place ? 2 : 4;
    if (id !== "month") return box(id, { inputmode: "numeric", maxlength: size, size, value });
    /** @type {(name: string, at: number) => HTMLElement} */
    const option = (name, at) =>
      h("option", { value: at || "", selected: at === value }, at ? `${name} (${at})` : name);
    return h("select", { id }, ["–", ...book.months].map(option));
  });
  const names = /** @type {string[]} */ (book.date.match(/(?<=\{)\w+/g));
  const input_of = (/** @type {string} */ name) => inputs.find(({ id }) => id === name);
  const order = /** @type {HTMLInputElement[]} */ (names.map(input_of));
  return {
    nodes: [
      h(
        "div.date",
        order.map((input) => labelled(input, ui[input.id])),
      ),
    ],
    read(want) {
      const odd = order.filter(({ value }) => !/^\s*\d{1,4}\s*$/.test(value));
      if (odd.length) return want(ui.wrong.date, ...odd);
      const text = inputs
        .map(({ value }, place) => value.trim().padStart(place ? 2 : 4, "0"))
        .join("-");
      if (date_key(text)) return text;
      return date_key(`${text.slice(0, 4)}-01-01`)
        ? want(ui.wrong.no_date, inputs[2])
        : want(ui.wrong.no_year, inputs[0]);
    },
  };
}

/** By how an answer type is asked for. */
const FIELDS = { one: picks, several: picks, number: number_field, date: date_field };

/**
 * @param {Visit} visit
 * @param {string} key
 * @returns {Fields}
 */
export function fields_of(visit, key) {
  const { ui, release, answers } = visit;
  const question = /** @type {Question} */ (release.questions.get(key));
  const input = TYPES[question.base]?.input;
  if (!input) return { nodes: h("p", ui.wrong.no_type), read: (want) => want(ui.wrong.no_type) };
  const { nodes, read } = FIELDS[input](visit, question, answers[key] ?? null);
  return {
    nodes,
    read(want) {
      const value = read(want);
      try {
        if (value !== undefined) parse_answers(release, { [key]: value });
        return value;
      } catch {
        return want(ui.numbers[key].range, nodes[0].querySelector("input"));
      }
    },
  };
}
