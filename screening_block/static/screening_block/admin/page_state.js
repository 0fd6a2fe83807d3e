/**
 * What stands on the page right now, unsaved edits included. The one place that knows
 * how: each stream's root block gives its state, of opened blocks from their fields and
 * of unopened ones from the JSON they hold.
 *
 * @typedef {{key: string, label: string}} Named
 * @typedef {Named & {type: string, options: Named[], chart: string, unit: string,
 *   currency: string}} Question
 * @typedef {{room: string, key: string, label: string, field: string, text: string,
 *   index: number, element: HTMLElement}} Place a condition, and where it stands
 * @typedef {{kind: string, key: string, question?: string}} Subject a question, a fact or an
 *   option of a question
 */

/** The lists of lines in short. */
const SHORT = ["short_meaning", "short_risk", "short_action"];
export const ROOMS = ["questions", "facts", "findings", ...SHORT];
const HEADS = { questions: "label", facts: "label", findings: "heading" };
/** The conditions of a block by the name of their field; `notes` holds more of them. */
const CONDITIONS = {
  questions: ["ask_when"],
  facts: ["when"],
  findings: ["applies_when", "may_apply_when", "unless", "urgent_when"],
};

export const stream = (room) => document.getElementById(`${room}-root`)?.rootBlock ?? null;

/** The blocks of a stream: `{type, value, index, element}`, deleted ones left out. */
export function blocks(room) {
  const root = stream(room);
  return (root?.getState() ?? []).map((state, index) => ({
    type: state.type,
    value: plain(state.value) ?? {},
    index,
    element: root.children[index].element,
  }));
}

function plain(value) {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return {};
  }
}

/** The items of a list field, whichever of its two forms its state has. */
export const items = (list) =>
  (Array.isArray(list) ? list : []).map((item) => item?.value ?? item).filter(Boolean);

/** Things by their keys. */
export const byKey = (list) => new Map(list.map((each) => [each.key, each]));

const one = (value) => (Array.isArray(value) ? value[0] : value) ?? "";
const named = ({ key = "", label = "" }) => ({ key, label });

/** @returns {{questions: Question[], facts: Named[]}} what conditions can name */
export function context() {
  const questions = blocks("questions").map(({ type, value }) => ({
    ...named(value),
    type: type.replace("__", "."),
    options: items(value.options).map(named),
    chart: one(value.chart),
    unit: one(value.unit),
    currency: one(value.currency),
  }));
  const facts = blocks("facts").map(({ value }) => named(value));
  return { questions: questions.filter((q) => q.key), facts: facts.filter((f) => f.key) };
}

/** @returns {Place[]} every condition on the page that holds something */
export function conditions() {
  const found = [];
  for (const room of ROOMS) {
    for (const { value, index, element } of blocks(room)) {
      const place = { room, key: value.key, label: value[HEADS[room] ?? "text"], index, element };
      const add = (field, text) => text && found.push({ ...place, field, text: asText(text) });
      for (const field of CONDITIONS[room] ?? ["when"]) add(field, value[field]);
      for (const note of items(value.notes)) add("notes", note.when);
    }
  }
  return found;
}

const asText = (value) => (typeof value === "string" ? value : JSON.stringify(value));

/** Every node of a condition's tree, deepest last. */
export function* nodes(tree) {
  if (!tree || typeof tree !== "object") return;
  yield tree;
  if (Array.isArray(tree.of)) for (const child of tree.of) yield* nodes(child);
}

/**
 * Whether a node names this question, fact or option of a question.
 * @param {any} node
 * @param {Subject} what
 */
function names(node, { kind, key, question }) {
  if (kind === "fact") return node.op === "fact" && node.fact === key;
  if (kind === "option")
    return node.question === question && [node.value, ...(node.values ?? [])].includes(key);
  return JSON.stringify(node, (name, value) => (name === "of" ? undefined : value)).includes(
    `"question":${JSON.stringify(key)}`,
  );
}

/**
 * Where something is used by a condition.
 * @param {Subject} what
 * @returns {Place[]}
 */
export function uses(what) {
  if (!what.key) return [];
  return conditions().filter((place) => {
    if (place.room === `${what.kind}s` && place.key === what.key) return false;
    return [...nodes(plain(place.text))].some((node) => names(node, what));
  });
}

/** The keys of the facts that use a fact, itself included: using them makes a circle. */
export function factsAround(key) {
  const named = new Map();
  for (const place of conditions().filter(({ room }) => room === "facts"))
    named.set(
      place.key,
      [...nodes(plain(place.text))].filter((n) => n.op === "fact").map((n) => n.fact),
    );
  const around = new Set(key ? [key] : []);
  for (let before = -1; before !== around.size;) {
    before = around.size;
    for (const [fact, used] of named) if (used.some((one_) => around.has(one_))) around.add(fact);
  }
  return around;
}

/** The block of a stream that an element stands in: `{room, index, value}` or null. */
export function blockAround(element) {
  for (const room of ROOMS) {
    const root = stream(room);
    const index = root?.children.findIndex((child) => child.element.contains(element)) ?? -1;
    if (index >= 0) return { room, index, value: plain(root.getState()[index].value) ?? {} };
  }
  return null;
}
