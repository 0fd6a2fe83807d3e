/** One side of a comparison: a fixed value, a threshold, another answer, today. */

import { read_number } from "../engine/numbers.js";
import { h } from "../widget/dom.js";
import { picker, select, update } from "./condition_parts.js";

/** The core type that a question compares as; "" where its plugin is not installed. */
export const baseOf = (question, here) => here.law.types[question?.type]?.base ?? "";

/** How many digits stand behind the decimal mark in a currency. */
const digitsOf = (currency, { digits, other_digits }) => other_digits[currency] ?? digits;

/** The type of a side: integer, money or date; "" where that is open. */
export function sideType(side, here) {
  if (side?.today) return "date";
  if (side?.question) return baseOf(here.questions.get(side.question), here);
  if (side?.threshold) return here.law.threshold.get(side.threshold)?.type ?? "";
  return typeof side?.value === "string" ? "date" : "";
}

const unitOf = (side, here) => {
  const found = here.questions.get(side?.question) ?? here.law.threshold.get(side?.threshold);
  return found?.unit || "";
};

/**
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.part its name among the parts of the test
 * @param {any} options.value the operand, undefined while there is none
 * @param {any} [options.other] the other side, whose unit and currency count
 * @param {string} options.type what it must be: integer, money, date
 * @param {string} [options.unit]
 * @param {import("./condition_fields.js").Here} options.here
 * @param {string[]} [options.only] the sources that are allowed
 * @param {(operand: any, quiet?: boolean) => void} options.change
 */
export function operand({ label, part, value, other, type, unit, only, here, change }) {
  const { say } = here;
  const wanted = unit ?? unitOf(other, here);
  const hasUnit = here.law.types[type]?.settings.includes("unit");
  const fits = (one) => !wanted || !one.unit || one.unit === wanted;
  const sources = (only ?? ["value", "threshold", "question", "today"]).filter(
    (name) => name !== "today" || type === "date",
  );
  const source = Object.keys(value ?? { value: "" })[0];
  if (!sources.includes(source)) sources.push(source);
  const first = {
    value: undefined,
    threshold: { threshold: "" },
    question: { question: "" },
    today: { today: true },
  };
  const kind = select(
    say("kind_of", { label }),
    source,
    sources.map((name) => [
      name,
      say(`source_${name}_${name === "value" ? type || "integer" : ""}`),
    ]),
    (name) => change(first[name]),
    `${part}-source`,
  );
  return h(
    "span.ls-operand",
    { role: "group", "aria-label": label },
    kind,
    source === "value" &&
      literal({ label, part, value: value?.value, type, wanted, other, here, change }),
    source === "threshold" &&
      listed({
        label,
        part,
        here,
        value: value.threshold,
        found: here.law.threshold.get(value.threshold),
        choices: here.law.thresholds
          .filter((one) => one.type === (type || one.type) && (fits(one) || !hasUnit))
          .map((one) => ({ ...one, note: `${one.value} · ${one.key}` })),
        onpick: (key) => change({ threshold: key }),
      }),
    source === "question" &&
      listed({
        label,
        part,
        here,
        value: value.question,
        found: here.questions.get(value.question),
        choices: [...here.questions.values()].filter(
          (one) =>
            baseOf(one, here) === (type || "integer") && one.key !== other?.question && fits(one),
        ),
        onpick: (key) => change({ question: key }),
      }),
  );
}

function listed({ label, part, here, value, found, choices, onpick }) {
  return picker({
    label,
    part,
    value,
    onpick,
    shown: found
      ? { ...found, note: found.value ? `${found.value} · ${found.key}` : found.key }
      : null,
    say: here.say,
    choices,
  });
}

function literal({ label, part, value, type, wanted, other, here, change }) {
  const { say, law } = here;
  const known = law.types[type || "integer"];
  const isDate = known.input === "date";
  const currency =
    known.settings.includes("currency") &&
    (here.questions.get(other?.question)?.currency || law.currencies.default);
  const digits = currency ? digitsOf(currency, law.currencies) : 0;
  const shown = (number) => (number / 10 ** digits).toFixed(number % 10 ** digits ? digits : 0);
  const input = h("input.ls-input", {
    type: isDate ? "date" : "text",
    inputmode: known.inputmode || null,
    value: value === undefined ? "" : isDate ? String(value) : shown(value),
    min: isDate ? "1900-01-01" : null,
    max: isDate ? "2100-12-31" : null,
    "aria-label": label,
    "data-part": part,
    class: `ls-input ls-input--${type || "integer"}`,
  });
  input.addEventListener("input", () => {
    const typed = isDate ? input.value : input.value.trim();
    const read = isDate ? typed : read_number(typed, law.numbers[digits], digits);
    const bad = typed !== "" && read === null;
    update(input, "aria-invalid", String(bad));
    update(input, "title", bad ? say(currency ? "bad_amount" : "bad_number") : "");
    // Not the last that was one: "2" on the way to "2,5" is not what was meant.
    change(typed === "" || bad ? undefined : { value: read }, true);
  });
  return h(
    "span.ls-literal",
    currency && h("span.ls-word", currency),
    input,
    known.settings.includes("unit") &&
      wanted &&
      part !== "n" &&
      h("span.ls-word", say(`unit_${wanted}`)),
  );
}
