/**
 * The fields of one test: what it is about, how it is tested, and against what. Which
 * tests and values are offered follows from the type of the question.
 *
 * @typedef {object} Here what the page and the law offer
 * @property {Map<string, import("./page_state.js").Question>} questions
 * @property {Map<string, import("./page_state.js").Named>} facts
 * @property {Set<string>} around facts that cannot be used here
 * @property {any} law what the server offers (`condition_server.vocabulary`)
 * @property {(name: string, slots?: object) => string} say
 *
 * @typedef {{denied?: boolean, quiet?: boolean, part?: string}} More
 * @typedef {(make: (node: any) => any, more?: More) => void} Change replaces the node by what `make` makes of it
 */

import { h } from "../widget/dom.js";
import { isPlugin } from "./condition_model.js";
import { icon, picker, select } from "./condition_parts.js";
import { operand, sideType } from "./condition_operands.js";

const CMPS = ["lt", "le", "eq", "ge", "gt"];
/** A question's type whose plugin is not installed. */
const UNKNOWN = { base: "", tests: ["dont_know", "!dont_know"], input: "", listed: [] };
const ELAPSED = "elapsed";
const TODAY = "today";

/** What the server says of a question's type (`vocabulary.answer_types`). */
const typeOf = (question, here) => here.law.types[question?.type] ?? UNKNOWN;

const pickWords = (here) => ({
  search: here.say("search"),
  choose: here.say("choose"),
  none: here.say("nothing_found"),
  gone: here.say("gone"),
});

/** What an atom is about: `{group, key}` of the first picker. */
function subjectOf(node) {
  if (isPlugin(node)) return { group: "operator", key: node.op };
  if (node.op === "fact") return { group: "fact", key: node.fact };
  if (node.op === "elapsed") return { group: "other", key: ELAPSED };
  if (node.op !== "compare") return { group: "question", key: node.question };
  const [[group, key] = []] = Object.entries(node.left ?? {});
  return group === "today" ? { group: "other", key: TODAY } : { group, key };
}

/** @param {any} node @param {boolean} denied @param {Here} here @param {Change} change */
export function atomFields(node, denied, here, change) {
  const first = subject(node, here, change);
  if (isPlugin(node))
    return [first, denyTest(denied, here, change), ...pluginFields(node, here, change)];
  if (node.op === "fact") return [first, denyTest(denied, here, change)];
  if (node.op === "elapsed") return [first, ...elapsedFields(node, denied, here, change)];
  const question = here.questions.get(node.question ?? node.left?.question);
  if (node.op !== "compare" && !question && !node.question) return [first];
  return [first, ...questionFields(node, denied, question, here, change)];
}

function subject(node, here, change) {
  const { group, key } = subjectOf(node);
  const { say, law } = here;
  const shown = {
    question: () => here.questions.get(key),
    fact: () => here.facts.get(key),
    operator: () => law.operator.get(key) ?? { label: key },
    threshold: () => law.threshold.get(key),
    value: () => ({ label: String(key) }),
    other: () => ({ label: say(`about_${key}`), note: " " }),
  }[group]?.();
  const coded = (kind, entries) =>
    entries.map(([code, label, note]) => ({ key: `${kind} ${code}`, label, note: note ?? code }));
  return picker({
    label: say("about"),
    part: "subject",
    value: key && `${group} ${key}`,
    shown: shown ? { key, label: shown.label, note: shown.note ?? String(key) } : null,
    words: pickWords(here),
    groups: () => [
      {
        label: say("questions"),
        choices: coded(
          "question",
          [...here.questions.values()].map((q) => [q.key, q.label]),
        ),
      },
      {
        label: say("facts"),
        choices: coded(
          "fact",
          [...here.facts.values()]
            .filter((f) => !here.around.has(f.key))
            .map((f) => [f.key, f.label]),
        ),
      },
      {
        label: say("others"),
        choices: [
          ...coded(
            "other",
            [ELAPSED, TODAY].map((name) => [name, say(`about_${name}`), say("built_in")]),
          ),
          ...coded(
            "operator",
            law.operators.map((o) => [o.key, o.label]),
          ),
        ],
      },
    ],
    onpick: (code) => {
      const space = code.indexOf(" ");
      change((old) => about(old, code.slice(0, space), code.slice(space + 1), here));
    },
  });
}

/** The node made to be about something else, keeping of its test what still fits. */
function about(old, group, key, here) {
  if (group === "fact") return { op: "fact", fact: key };
  if (group === "operator") return old.op === key ? old : { op: key };
  if (key === ELAPSED && group === "other") {
    return old.op === "elapsed"
      ? old
      : { op: "elapsed", until: { today: true }, unit: "years", cmp: "ge" };
  }
  if (key === TODAY && group === "other")
    return { op: "compare", left: { today: true }, cmp: "ge" };
  const question = here.questions.get(key);
  const type = typeOf(question, here);
  if (type.tests.includes(CMPS[0])) {
    const before = here.questions.get(old.left?.question);
    const same = before && before.type === question.type && before.unit === question.unit;
    return {
      op: "compare",
      left: { question: key },
      cmp: old.cmp ?? "ge",
      ...(same && old.right && { right: old.right }),
    };
  }
  const fits = type.tests.includes(old.op) && old.op !== "column";
  const op = fits ? old.op : type.tests[0];
  const node = { op, question: key };
  if (op === "is" && type.listed.length) [node.value] = type.listed;
  const keys = new Set(answers(question, here).map((choice) => choice.key));
  if (keys.has(old.value) && op === "is") node.value = old.value;
  const kept = old.values?.filter((value) => keys.has(value));
  if (kept?.length && !["is", "dont_know"].includes(op)) node.values = kept;
  return node;
}

/** The answers a question can have, as choices. */
function answers(question, here) {
  if (!question) return [];
  const { listed } = typeOf(question, here);
  if (listed.length) return listed.map((key) => ({ key, label: here.say(key ? "yes" : "no") }));
  return question.chart ? (here.law.chart.get(question.chart)?.rows ?? []) : question.options;
}

/** A select of the two ways of a test that has only yes and no. */
const denyTest = (denied, here, change) =>
  select(
    here.say("test"),
    denied ? "no" : "yes",
    [
      ["yes", here.say("is_so")],
      ["no", here.say("is_not_so")],
    ],
    (value) => change((node) => node, { denied: value === "no" }),
    { "data-part": "test" },
  );

function testSelect(node, denied, offered, label, change, here, make) {
  const current = (denied ? "!" : "") + (node.cmp ?? node.op);
  const all = offered.includes(current) ? offered : [...offered, current];
  return select(
    here.say("test"),
    current,
    all.map((test) => [test, label(test)]),
    (test) => change((old) => make(old, test.replace("!", "")), { denied: test.startsWith("!") }),
    { "data-part": "test" },
  );
}

function questionFields(node, denied, question, here, change) {
  const { say } = here;
  const isCompared = node.op === "compare";
  const base = isCompared && (sideType(node.left, here) || sideType(node.right, here));
  const type = isCompared ? here.law.types[base || "integer"] : typeOf(question, here);
  const hasChart = Boolean(question?.chart);
  const offered = type.tests.filter(
    (test) => (!test.endsWith("column") || hasChart) && (!test.endsWith("dont_know") || question),
  );
  const label = (test) => {
    const name = test.replace("!", "");
    const not = test.startsWith("!") ? "not_" : "";
    return say(
      CMPS.includes(name)
        ? `${not}cmp_${type.input === "date" ? "date_" : ""}${name}`
        : `${not}test_${name}`,
    );
  };
  const test = testSelect(node, denied, offered, label, change, here, (old, name) =>
    retested(old, name, type),
  );
  return [test, ...valueFields(node, base, type, question, here, change)];
}

/** The node with another test, keeping the values that fit it. */
function retested(old, name, { listed }) {
  const key = old.question ?? old.left?.question;
  if (CMPS.includes(name))
    return old.op === "compare"
      ? { ...old, cmp: name }
      : { op: "compare", left: { question: key }, cmp: name };
  if (name === "dont_know") return { op: name, question: key };
  if (name === "column") return old.op === "column" ? old : { op: name, question: key };
  if (old.op === name) return old;
  const values = old.op === "column" ? [] : (old.values ?? ("value" in old ? [old.value] : []));
  const node = { op: name, question: key };
  if (name === "is") {
    if (values.length) [node.value] = values;
    else if (listed.length) [node.value] = listed;
  } else if (values.length) node.values = values;
  return node;
}

function valueFields(node, base, type, question, here, change) {
  const { say } = here;
  if (node.op === "compare") {
    return [
      operand({
        label: say("compared_with"),
        part: "right",
        value: node.right,
        other: node.left,
        type: base,
        here,
        change: (right, quiet) =>
          change(({ right: _old, ...rest }) => (right ? { ...rest, right } : rest), { quiet }),
      }),
    ];
  }
  if (node.op === "dont_know") return [];
  if (node.op === "column") return columnFields(node, question, here, change);
  const choices = answers(question, here);
  if (node.op === "is" && type.listed.length) {
    return [
      select(
        say("answer"),
        String(node.value),
        choices.map((c) => [String(c.key), c.label]),
        (value) => change((old) => ({ ...old, value: value === "true" })),
        { "data-part": "value" },
      ),
    ];
  }
  if (node.op === "is") {
    return [
      picker({
        label: say("answer"),
        part: "value",
        value: node.value,
        words: pickWords(here),
        shown: choices.find((choice) => choice.key === node.value) ?? null,
        groups: () => [{ label: "", choices }],
        onpick: (value) => change((old) => ({ ...old, value })),
      }),
    ];
  }
  return [
    chips(node.values, choices, say(node.op === "has_all" ? "and" : "or"), here, (values) =>
      change(({ values: _old, ...rest }) => (values.length ? { ...rest, values } : rest)),
    ),
  ];
}

/** Several values: each with a way to take it out, and a picker for one more. */
function chips(values = [], choices, between, here, onchange) {
  const { say } = here;
  const chip = (value, i) => {
    const found = choices.find((choice) => choice.key === value);
    const label = found?.label || String(value);
    return h(
      "li.ls-chip",
      { class: found ? "ls-chip" : "ls-chip ls-chip--gone" },
      h("span", label),
      h("small.ls-key", found ? String(value) : say("gone")),
      h(
        "button.ls-chip__out",
        {
          type: "button",
          "aria-label": say("take_out", { label }),
          title: say("take_out", { label }),
          "data-part": `out-${i}`,
          onclick: () => onchange(values.filter((_value, place) => place !== i)),
        },
        icon("cross"),
      ),
    );
  };
  return h(
    "div.ls-chips",
    h(
      "ul",
      { "aria-label": say("answers") },
      values.flatMap((value, i) =>
        i
          ? [h("li.ls-chips__between", { "aria-hidden": "true" }, between), chip(value, i)]
          : [chip(value, i)],
      ),
    ),
    picker({
      label: say("answers"),
      part: "add-value",
      add: values.length ? say("one_more") : say("choose"),
      words: pickWords(here),
      groups: () => [
        { label: "", choices: choices.filter((choice) => !values.includes(choice.key)) },
      ],
      onpick: (key) => onchange([...values, key]),
    }),
  );
}

function columnFields(node, question, here, change) {
  const { say } = here;
  const columns = here.law.chart.get(question?.chart)?.columns ?? [];
  const column = columns.find((found) => found.key === node.column);
  const names = columns.map((found) => [found.key, found.label || found.key]);
  if (!column)
    names.unshift([
      node.column ?? "",
      node.column ? `${node.column} (${say("gone")})` : say("choose_column"),
    ]);
  return [
    select(
      say("column"),
      node.column ?? "",
      names,
      (key) => change(({ values: _old, test: _test, ...old }) => ({ ...old, column: key })),
      { "data-part": "column" },
    ),
    h(
      "span.ls-word",
      say(node.test === "has_any" || column?.type === "choices" ? "includes" : "is"),
    ),
    chips(node.values, column?.values ?? [], say("or"), here, (values) =>
      change(({ values: _old, test: _test, ...old }) =>
        values.length
          ? {
              ...old,
              test: column?.type === "choices" ? "has_any" : values.length === 1 ? "is" : "in",
              values,
            }
          : old,
      ),
    ),
  ];
}

function elapsedFields(node, denied, here, change) {
  const { say } = here;
  const side = (name) =>
    operand({
      label: say(`date_${name}`),
      part: name,
      value: node[name],
      type: "date",
      here,
      change: (value, quiet) =>
        change(({ [name]: _old, ...rest }) => (value ? { ...rest, [name]: value } : rest), {
          quiet,
        }),
    });
  const units = here.law.units.map((unit) => [unit, say(`unit_${unit}`)]);
  const rolls = [
    ["", say("roll_default")],
    ["last_day", say("roll_last_day")],
    ["next_day", say("roll_next_day")],
  ];
  return [
    ...["from", "until"].map((name) =>
      h("span.ls-minor", h("span.ls-word", say(name)), side(name)),
    ),
    testSelect(
      node,
      denied,
      CMPS,
      (test) => say(`${test.startsWith("!") ? "not_" : ""}cmp_${test.replace("!", "")}`),
      change,
      here,
      (old, cmp) => ({ ...old, cmp }),
    ),
    operand({
      label: say("how_many"),
      part: "n",
      value: node.n,
      type: "integer",
      unit: node.unit,
      here,
      only: ["value", "threshold"],
      change: (n, quiet) =>
        change(({ n: _old, ...rest }) => (n ? { ...rest, n } : rest), { quiet }),
    }),
    select(say("unit"), node.unit, units, (unit) => change((old) => ({ ...old, unit })), {
      "data-part": "unit",
    }),
    node.roll &&
      h(
        "span.ls-minor",
        select(
          say("roll"),
          node.roll ?? "",
          rolls,
          (roll) => change(({ roll: _old, ...rest }) => (roll ? { ...rest, roll } : rest)),
          { "data-part": "roll" },
        ),
      ),
  ].filter(Boolean);
}

/** A plugin's test: a field for each of its arguments, or kept untouched without it. */
function pluginFields(node, here, change) {
  const { say } = here;
  const operator = here.law.operator.get(node.op);
  if (!operator) {
    const { op: _op, ...rest } = node;
    return [h("p.ls-kept", say("kept"), " ", h("code", JSON.stringify(rest)))];
  }
  return operator.fields.map(({ name, hint, required }) => {
    const label = name.replace(/_/g, " ");
    const set = (value, quiet) =>
      change(
        ({ [name]: _old, ...rest }) => (value === undefined ? rest : { ...rest, [name]: value }),
        { quiet },
      );
    if (name === "question") {
      return picker({
        label,
        part: name,
        value: node.question,
        words: pickWords(here),
        shown: here.questions.get(node.question) ?? null,
        groups: () => [{ label: "", choices: [...here.questions.values()] }],
        onpick: (key) => set(key),
      });
    }
    const input = h("input.ls-input", {
      type: "text",
      value:
        node[name] === undefined
          ? ""
          : typeof node[name] === "string"
            ? node[name]
            : JSON.stringify(node[name]),
      "aria-label": label,
      title: hint,
      placeholder: hint,
      required,
      "data-part": name,
    });
    input.addEventListener("input", () =>
      set(input.value.trim() ? loose(input.value) : undefined, true),
    );
    return h("label.ls-named", h("span", label), input);
  });
}

/** What was typed as JSON if it is any, else as text. */
function loose(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
