/** Conditions, compiled into nodes of which each comes after those it needs. */

import { atom_of } from "./atoms.js";
import { ReleaseError } from "./errors.js";

/** @import { Cell, Condition, FindingRecord, Law, Node, Program, Question, Reason, Release, Truth } from "./shapes.js" */

const GROUPS = ["all", "any", "at_least", "not"];

/** @type {(condition: Condition) => string[]} */
const facts_in = ({ op, fact, of }) =>
  op === "fact" ? [fact] : GROUPS.includes(op) ? of.flatMap(facts_in) : [];

/**
 * Refuses a release that has more of something than it may.
 * @param {number} count
 * @param {number} most
 * @param {string} path
 */
export function limit(count, most, path, code = "limit") {
  if (count > most) throw new ReleaseError({ path, code });
}

/**
 * The nodes of a release; its findings with the `parts` that decide the level in the
 * order of its formula, `urgent` and `notes`. Questions get their `gate`. `compile_more` compiles
 * one more condition, for whoever needs it only at the end.
 * @param {Release} release
 * @returns {Program}
 */
export function compile(release) {
  const { facts, findings } = release.data;
  /** @type {Node[]} */
  const nodes = [];
  /** @type {Map<string, Node>} */
  const by_id = new Map();
  let roots = 0;

  /**
   * @overload
   * @param {string} id
   * @param {Condition} data
   * @param {number} [level]
   * @returns {Node}
   */
  /**
   * @overload
   * @param {string} id
   * @param {Condition} [data]
   * @param {number} [level]
   * @returns {Node | undefined}
   */
  /**
   * @param {string} id
   * @param {Condition} [data]
   */
  function add(id, data, level = 1) {
    if (!data) return;
    if (level === 1) limit(++roots, 500, "");
    limit(level, 8, id, "nesting");
    const { op, of, n = 1 } = data;
    /** @type {Partial<Node> & Pick<Node, "kids" | "reads">} */
    const draft = { id, op, data, kids: [], reads: new Set() };
    const node = /** @type {Node} */ (draft);
    if (op === "fact") node.kids = [/** @type {Node} */ (by_id.get(`facts/${data.fact}`))];
    else if (GROUPS.includes(op)) {
      limit(of.length, 64, `${id}/of`);
      node.kids = of.map((/** @type {Condition} */ kid, /** @type {number} */ place) =>
        add(`${id}/${place}`, kid, level + 1),
      );
    } else node.run = atom_of(data, node.reads, release);
    // Whatever the group, it asks for so many of its kids.
    const least = op === "all" ? node.kids.length : n;
    node.run ??= (cells, law, values) => {
      if (op === "not") return 2 - values[node.kids[0].index];
      const counts = [0, 0, 0];
      for (const { index } of node.kids) counts[values[index]] += 1;
      return counts[2] >= least ? 2 : Number(counts[2] + counts[1] >= least);
    };
    node.index = nodes.push(node) - 1;
    by_id.set(id, node);
    return node;
  }

  for (let left = facts, more; left.length; left = more) {
    /** @param {{when: Condition}} fact */
    const waits = ({ when }) => !facts_in(when).every((key) => by_id.has(`facts/${key}`));
    more = left.filter((fact) => waits(fact) || !add(`facts/${fact.key}`, fact.when));
    limit(more.length, left.length - 1, "facts", "cycle");
  }
  for (const question of release.questions.values()) {
    question.gate = add(`questions/${question.key}/ask_when`, question.ask_when);
  }
  return {
    nodes,
    by_id,
    compile_more: add,
    findings: findings.map(({ key, severity, notes = [], ...when }) => {
      /** @type {(name: string, data?: Condition) => Node | undefined} */
      const at = (name, data = /** @type {any} */ (when)[name]) =>
        add(`findings/${key}/${name}`, data);
      return {
        key,
        severity,
        parts: ["applies_when", "may_apply_when", "unless"].map((name) => at(name)),
        urgent: at("urgent_when"),
        notes: notes.map((note) => [note.key, at(`notes/${note.key}`, note.when)]),
      };
    }),
  };
}

/**
 * The value of every node: 0 no, 1 unknown, 2 yes. No short circuit: reasons need all.
 * @param {Program} program
 * @param {Cell[]} cells
 * @param {Law} law
 */
export function run({ nodes }, cells, law) {
  /** @type {Truth[]} */
  const values = [];
  for (const node of nodes) values.push(node.run(cells, law, values));
  return values;
}

/**
 * The nodes and what decided them, each once, a parent before its kids.
 * @param {Node[]} nodes
 * @param {Truth[]} values
 */
export function trace(nodes, values) {
  /** @type {Map<string, Reason>} */
  const found = new Map();
  const ahead = [...nodes].reverse();
  for (let node; (node = ahead.pop());) {
    const { id, op, kids, index } = node;
    if (found.has(id)) continue;
    const value = values[index];
    const by = kids.filter((kid) => op === "not" || values[kid.index] === value);
    found.set(id, { id, op, value, by: by.map((kid) => kid.id) });
    ahead.push(...by.reverse());
  }
  return [...found.values()];
}

/**
 * The unanswered questions reached through unknown nodes only, in their order.
 * @param {Node[]} nodes
 * @param {Truth[]} values
 * @param {Cell[]} cells
 */
export function open_questions(nodes, values, cells) {
  /** @param {Node} node */
  const unknown = (node) => values[node.index] === 1;
  const seen = new Set(nodes.filter(unknown));
  /** @type {Set<Question>} */
  const found = new Set();
  // A set that grows is walked to its end.
  for (const { kids, reads } of seen) {
    for (const kid of kids) if (unknown(kid)) seen.add(kid);
    for (const question of reads) if (cells[question.index] == null) found.add(question);
  }
  return [...found].sort((one, other) => one.index - other.index);
}
