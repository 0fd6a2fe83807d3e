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

/**
 * How a member of the node is changed; what is undefined is taken out.
 * @param {Change} change @param {string} name
 */
const setter = (change, name) => (value, quiet) =>
  change(({ [name]: _old, ...rest }) => (value === undefined ? rest : { ...rest, [name]: value }), {
    quiet,
  });

/** Words for a test that may be denied: "!is" is "not_" and the words of "is". */
const testWords = (say, test, kind) =>
  say(`${test.startsWith("!") ? "not_" : ""}${kind}_${test.replace("!", "")}`);

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
    [...entries].map(({ key: code, label, note = code }) => ({
      key: `${kind} ${code}`,
      label,
      note,
    }));
  const builtIn = [ELAPSED, TODAY].map((name) => ({
    key: name,
    label: say(`about_${name}`),
    note: say("built_in"),
  }));
  return picker({
    label: say("about"),
    part: "subject",
    value: key && `${group} ${key}`,
    shown: shown ? { key, label: shown.label, note: shown.note ?? String(key) } : null,
    say,
    groups: () => [
      { label: say("questions"), choices: coded("question", here.questions.values()) },
      {
        label: say("facts"),
        choices: coded(
          "fact",
          [...here.facts.values()].filter((fact) => !here.around.has(fact.key)),
        ),
      },
      {
        label: say("others"),
        choices: [...coded("other", builtIn), ...coded("operator", law.operators)],
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
    "test",
  );

function testSelect(node, denied, offered, label, change, here, make) {
  const current = (denied ? "!" : "") + (node.cmp ?? node.op);
  const all = offered.includes(current) ? offered : [...offered, current];
  return select(
    here.say("test"),
    current,
    all.map((test) => [test, label(test)]),
    (test) => change((old) => make(old, test.replace("!", "")), { denied: test.startsWith("!") }),
    "test",
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
  const compared = type.input === "date" ? "cmp_date" : "cmp";
  const label = (test) =>
    testWords(say, test, CMPS.includes(test.replace("!", "")) ? compared : "test");
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
        change: setter(change, "right"),
      }),
    ];
  }
  if (node.op === "dont_know") return [];
  if (node.op === "column") return columnFields(node, question, here, change);
  const choices = answers(question, here);
  const set = setter(change, "value");
  if (node.op === "is" && type.listed.length) {
    return [
      select(
        say("answer"),
        String(node.value),
        choices.map((c) => [String(c.key), c.label]),
        (value) => set(value === "true"),
        "value",
      ),
    ];
  }
  if (node.op === "is") {
    return [
      picker({
        label: say("answer"),
        part: "value",
        value: node.value,
        say,
        shown: choices.find((choice) => choice.key === node.value) ?? null,
        choices,
        onpick: (value) => set(value),
      }),
    ];
  }
  return [
    chips(node.values, choices, say(node.op === "has_all" ? "and" : "or"), here, (values) =>
      setter(change, "values")(values.length ? values : undefined),
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
      values.flatMap((value, i) => [
        i > 0 && h("li.ls-chips__between", { "aria-hidden": "true" }, between),
        chip(value, i),
      ]),
    ),
    picker({
      label: say("answers"),
      part: "add-value",
      add: values.length ? say("one_more") : say("choose"),
      say,
      choices: choices.filter((choice) => !values.includes(choice.key)),
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
      "column",
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
      change: setter(change, name),
    });
  const units = here.law.units.map((unit) => [unit, say(`unit_${unit}`)]);
  const rolls = ["", "last_day", "next_day"].map((roll) => [
    roll,
    say(`roll_${roll || "default"}`),
  ]);
  return [
    ...["from", "until"].map((name) =>
      h("span.ls-minor", h("span.ls-word", say(name)), side(name)),
    ),
    testSelect(
      node,
      denied,
      CMPS,
      (test) => testWords(say, test, "cmp"),
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
      change: setter(change, "n"),
    }),
    select(say("unit"), node.unit, units, (unit) => setter(change, "unit")(unit), "unit"),
    node.roll &&
      h(
        "span.ls-minor",
        select(
          say("roll"),
          node.roll ?? "",
          rolls,
          (roll) => setter(change, "roll")(roll || undefined),
          "roll",
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
    const set = setter(change, name);
    if (name === "question") {
      return picker({
        label,
        part: name,
        value: node.question,
        say,
        shown: here.questions.get(node.question) ?? null,
        choices: [...here.questions.values()],
        onpick: (key) => set(key),
      });
    }
    const { [name]: given = "" } = node;
    const input = h("input.ls-input", {
      type: "text",
      value: typeof given === "string" ? given : JSON.stringify(given),
      "aria-label": label,
      title: hint,
      placeholder: hint,
      required,
      "data-part": name,
      oninput: () => set(input.value.trim() ? loose(input.value) : undefined, true),
    });
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
