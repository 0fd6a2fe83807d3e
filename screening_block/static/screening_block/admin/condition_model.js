/**
 * A condition as a tree, and every change an editor can make to it. Pure: nothing here
 * touches the page, and no function changes what it is given. The tree is the JSON
 * itself, so what this editor does not know is kept as it is.
 *
 * @typedef {{op: string, of?: Node[]} & Record<string, any>} Node
 * @typedef {number[]} Path the way down through `of`
 */

export const GROUPS = ["all", "any", "at_least"];
const PLUGIN = /^[a-z0-9_]{1,64}\.[a-z0-9_]{1,64}$/;
const OWN = new Set([
  "all",
  "any",
  "not",
  "at_least",
  "is",
  "in",
  "has_any",
  "has_all",
  "has_none",
  "column",
  "compare",
  "elapsed",
  "fact",
  "dont_know",
]);

export const isGroup = (node) => Array.isArray(node?.of) && !PLUGIN.test(node.op ?? "");
export const isPlugin = (node) => PLUGIN.test(node?.op ?? "");
const copy = (node) => structuredClone(node);

/** The path that an attribute holds, such as "1.0". @returns {Path} */
export const readPath = (text) => text.split(".").filter(Boolean).map(Number);

/**
 * What stands in a field: a tree, null for nothing, undefined for what is no condition.
 * @param {string} text
 */
export function read(text) {
  if (!text.trim()) return null;
  try {
    const tree = JSON.parse(text);
    return tree && typeof tree === "object" && !Array.isArray(tree) ? tree : undefined;
  } catch {
    return undefined;
  }
}

/** JSON in the layout the server writes: a line a child, readable by people. */
export function write(tree, indent = 0) {
  if (tree === null) return "";
  const { of, ...head } = tree;
  if (!Array.isArray(of)) return spaced(tree);
  const opening = spaced(head).slice(0, -1);
  const pad = "  ".repeat(indent + 1);
  const children = of.map((child) => pad + write(child, indent + 1)).join(",\n");
  return `${opening}, "of": [\n${children}\n${"  ".repeat(indent)}]}`;
}

function spaced(value) {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (value && typeof value === "object") {
    const pairs = Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}: ${spaced(v)}`);
    return `{${pairs.join(", ")}}`;
  }
  return JSON.stringify(value);
}

/**
 * What a pasted text is: a tree, or the name of what is wrong with it.
 * @returns {{tree?: Node, wrong?: "json"|"shape"|"deep"}}
 */
export function readPasted(text, deepest) {
  const tree = text.length < 100_000 ? read(text) : undefined;
  if (!tree) return { wrong: "json" };
  if (!sound(tree)) return { wrong: "shape" };
  return depth(tree) > deepest ? { wrong: "deep" } : { tree };
}

function sound(node) {
  if (!node || typeof node !== "object" || Array.isArray(node)) return false;
  if (isPlugin(node)) return true;
  if (!OWN.has(node.op)) return false;
  if (![...GROUPS, "not"].includes(node.op)) return node.of === undefined;
  return Array.isArray(node.of) && node.of.length <= 64 && node.of.every(sound);
}

export const depth = (node) => 1 + (isGroup(node) ? Math.max(0, ...node.of.map(depth)) : 0);

/** @param {Node} tree @param {Path} path */
export const at = (tree, path) => path.reduce((node, step) => node?.of?.[step], tree);

/**
 * A node as people see it: a denial belongs to what it denies, so `not` around a test
 * or a group is shown as "is not", "none of these".
 * @returns {{node: Node, path: Path, denied: boolean}}
 */
export function seen(node, path) {
  const inner = node?.op === "not" && node.of?.length === 1 ? node.of[0] : null;
  if (!inner || inner.op === "not") return { node, path, denied: false };
  return { node: inner, path: [...path, 0], denied: true };
}

/** The tree with another node at a path. */
export function put(tree, path, node) {
  if (!path.length) return node;
  const [step, ...rest] = path;
  return { ...tree, of: tree.of.map((child, i) => (i === step ? put(child, rest, node) : child)) };
}

/** The tree with the children of the group at a path changed. */
function children(tree, path, change) {
  const group = at(tree, path);
  const of = [...group.of];
  change(of);
  return put(tree, path, { ...group, of });
}

/** A node more in a group; an atom at the root becomes a group first. */
export function insert(tree, path, index, node) {
  if (tree === null) return node;
  return children(tree, path, (of) => of.splice(index, 0, node));
}

/** Without the node at a path, and without a `not` left empty by that. */
export function remove(tree, path) {
  if (!path.length) return null;
  const above = path.slice(0, -1);
  if (at(tree, above).op === "not") return remove(tree, above);
  return children(tree, above, (of) => of.splice(path.at(-1), 1));
}

/** Where a node that people see starts: at the `not` that belongs to it, if any. */
export function outer(tree, path) {
  const above = path.slice(0, -1);
  const node = path.length ? at(tree, above) : null;
  return node?.op === "not" && at(tree, path)?.op !== "not" ? above : path;
}

export const duplicate = (tree, path) =>
  path.length
    ? insert(tree, path.slice(0, -1), path.at(-1) + 1, copy(at(tree, path)))
    : { op: "all", of: [tree, copy(tree)] };

export const wrap = (tree, path, op = "all") => put(tree, path, { op, of: [at(tree, path)] });

export const deny = (tree, path) => {
  const node = at(tree, path);
  const inner = node.op === "not" && node.of?.length === 1 ? node.of[0] : null;
  return put(tree, path, inner ?? { op: "not", of: [node] });
};

/** The group's children in its place; a `not` in between would change the meaning. */
export function unwrap(tree, path) {
  const { of } = at(tree, path);
  if (!path.length) return of.length === 1 ? of[0] : tree;
  const above = path.slice(0, -1);
  if (at(tree, above).op === "not" && of.length !== 1) return tree;
  return children(tree, above, (siblings) => siblings.splice(path.at(-1), 1, ...of));
}

/**
 * Whether unwrapping keeps what is meant: a single child, or a group in one like it.
 * @param {Node} tree @param {Path} path
 */
export function unwraps(tree, path) {
  const node = at(tree, path);
  if (!isGroup(node) || !["all", "any"].includes(node.op) || !node.of.length) return false;
  if (node.of.length === 1) return true;
  const above = path.length ? at(tree, path.slice(0, -1)) : null;
  return above?.op === node.op;
}

/**
 * The node at `path` moved before index `index` of the group at `group`, both as they
 * are before the move.
 * @returns {{tree: Node, path: Path}|null} null where it cannot go
 */
export function move(tree, path, group, index) {
  const inside = path.every((step, i) => group[i] === step);
  if (!path.length || inside) return null;
  const node = at(tree, path);
  const gap = { op: "gap" };
  const marked = insert(put(tree, path, gap), group, index, node);
  const cleaned = remove(marked, find(marked, gap));
  return { tree: cleaned, path: find(cleaned, node) };
}

/** @returns {Path|null} the way to this very node */
function find(tree, node, path = []) {
  if (tree === node) return path;
  for (const [i, child] of (isGroup(tree) ? tree.of : []).entries()) {
    const found = find(child, node, [...path, i]);
    if (found) return found;
  }
  return null;
}

/**
 * One step up or down in reading order: past a neighbour, into a group that is the
 * neighbour, or out of the group it is the first or last of.
 * @param {-1|1} way
 */
export function step(tree, path, way) {
  if (!path.length) return null;
  const above = path.slice(0, -1);
  const index = path.at(-1);
  const siblings = at(tree, above).of;
  const next = siblings[index + way];
  if (next) {
    const shown = seen(next, [...above, index + way]);
    if (GROUPS.includes(shown.node.op) && isGroup(shown.node))
      return move(tree, path, shown.path, way > 0 ? 0 : shown.node.of.length);
    return move(tree, path, above, way > 0 ? index + 2 : index - 1);
  }
  const group = outer(tree, above);
  if (!group.length) return null;
  const parent = group.slice(0, -1);
  if (at(tree, parent).op === "not") return null;
  return move(tree, path, parent, group.at(-1) + (way > 0 ? 1 : 0));
}

/** The texts of a value, for going back and forth. */
export class History {
  constructor(text) {
    this.texts = [text];
    this.place = 0;
  }

  add(text) {
    if (text === this.texts[this.place]) return;
    this.texts.splice(this.place + 1, Infinity, text);
    if (this.texts.length > 200) this.texts.shift();
    this.place = this.texts.length - 1;
  }

  /** @param {-1|1} way @returns {string|null} the text there, null at the end */
  go(way) {
    const text = this.texts[this.place + way];
    if (text === undefined) return null;
    this.place += way;
    return text;
  }

  can = (way) => this.texts[this.place + way] !== undefined;
}
