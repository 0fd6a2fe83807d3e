/**
 * Conditions, compiled at load into a list of nodes in which each comes after those it
 * needs. A run gives every node its value, without short circuit: reasons need them all.
 */

import { atom_of } from "./atoms.js";
import { ReleaseError } from "./errors.js";

export const NO = 0;
export const UNKNOWN = 1;
export const YES = 2;

const MAX_NESTING = 8;
const MAX_CHILDREN = 64;
const MAX_CONDITIONS = 500;

const GROUPS = {
  __proto__: null,
  all: (values) => Math.min(...values),
  any: (values) => Math.max(...values),
  not: ([value]) => 2 - value,
  at_least(values, n) {
    if (values.filter((value) => value === YES).length >= n) return YES;
    return values.filter((value) => value !== NO).length < n ? NO : UNKNOWN;
  },
  fact: ([value]) => value,
};

/** Every condition that is not a fact's, with its node id. */
function* others(data) {
  for (const { key, ask_when } of data.questions) yield [`questions/${key}/ask_when`, ask_when];
  for (const finding of data.findings) {
    const place = `findings/${finding.key}`;
    for (const name of ["applies_when", "may_apply_when", "unless", "urgent_when"]) {
      yield [`${place}/${name}`, finding[name]];
    }
    for (const { key, when } of finding.notes ?? []) yield [`${place}/notes/${key}`, when];
  }
}

const facts_in = ({ op, fact, of }) =>
  op === "fact" ? [fact] : GROUPS[op] ? of.flatMap(facts_in) : [];

/**
 * @typedef {object} Node
 * @property {string} id
 * @property {object} data the condition
 * @property {number} index its place among the values of a run
 * @property {Node[]} kids those it is made of; of a fact, the fact's own condition
 * @property {Set<object>} reads the questions an atom reads
 */
export class Program {
  constructor(release) {
    this.release = release;
    /** @type {Node[]} */
    this.nodes = [];
    /** @type {Map<string, Node>} */
    this.by_id = new Map();
    const conditions = [...others(release.data)].filter(([, when]) => when);
    let facts = release.data.facts.map((fact) => ({ ...fact, uses: facts_in(fact.when) }));
    if (conditions.length + facts.length > MAX_CONDITIONS) {
      throw new ReleaseError({ path: "", code: "limit" });
    }
    while (facts.length) {
      const later = [];
      for (const { key, when, uses } of facts) {
        if (uses.every((used) => this.by_id.has(`facts/${used}`))) this.add(when, `facts/${key}`);
        else later.push({ key, when, uses });
      }
      if (later.length === facts.length) {
        throw new ReleaseError({ path: `facts/${later[0].key}`, code: "cycle" });
      }
      facts = later;
    }
    for (const [id, when] of conditions) this.add(when, id);
  }

  /** @returns {Node} */
  add(data, id, level = 1) {
    const refuse = (code, path = id) => {
      throw new ReleaseError({ path, code });
    };
    if (level > MAX_NESTING) refuse("nesting");
    const { op } = data;
    const combine = GROUPS[op];
    const node = { id, op, data, kids: [], reads: [] };
    if (op === "fact") {
      node.kids.push(this.by_id.get(`facts/${data.fact}`) ?? refuse("unknown_fact"));
    } else if (combine) {
      if (data.of.length > MAX_CHILDREN) refuse("limit", `${id}/of`);
      if (!data.of.length) refuse("empty", `${id}/of`);
      node.kids = data.of.map((child, place) => this.add(child, `${id}/${place}`, level + 1));
    } else {
      [node.run, node.reads] = atom_of(data, this.release, refuse);
    }
    if (combine) {
      const places = node.kids.map((kid) => kid.index);
      node.run = (cells, law, values) => combine(places.map((place) => values[place]), data.n);
    }
    node.index = this.nodes.push(node) - 1;
    this.by_id.set(id, node);
    return node;
  }

  /** The value of every node. */
  run(cells, law) {
    const values = new Uint8Array(this.nodes.length);
    for (const node of this.nodes) values[node.index] = node.run(cells, law, values);
    return values;
  }
}

/**
 * The nodes and what decided them, each once, a parent before its children.
 * @param {Node[]} roots
 * @returns {{id: string, op: string, value: number, by: string[]}[]}
 */
export function trace(roots, values) {
  const found = new Map();
  // Chains of facts may be longer than the stack is deep.
  const ahead = roots.toReversed();
  while (ahead.length) {
    const node = ahead.pop();
    if (found.has(node)) continue;
    const { id, op, kids } = node;
    const value = values[node.index];
    const always = op === "not" || op === "fact";
    const by = kids.filter((kid) => always || values[kid.index] === value);
    found.set(node, { id, op, value, by: by.map((kid) => kid.id) });
    ahead.push(...by.reverse());
  }
  return [...found.values()];
}

/**
 * The unanswered questions reached from unknown nodes through unknown nodes only.
 * @param {Node[]} roots
 * @returns {Set<object>}
 */
export function open_questions(roots, values, cells) {
  const found = new Set();
  const seen = new Set(roots.filter((node) => values[node.index] === UNKNOWN));
  // A set that grows is walked to its end.
  for (const { kids, reads } of seen) {
    for (const kid of kids) if (values[kid.index] === UNKNOWN) seen.add(kid);
    for (const question of reads) {
      if ((cells[question.index] ?? null) === null) found.add(question);
    }
  }
  return found;
}
