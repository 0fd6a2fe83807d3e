/** Conditions, compiled into nodes of which each comes after those it needs. */

import { atom_of } from "./atoms.js";
import { ReleaseError } from "./errors.js";

const GROUPS = ["all", "any", "at_least", "not"];

const facts_in = ({ op, fact, of }) =>
  op === "fact" ? [fact] : GROUPS.includes(op) ? of.flatMap(facts_in) : [];

const limit = (count, most, path, code = "limit") => {
  if (count > most) throw new ReleaseError({ path, code });
};

/** Every condition but the facts' own, as [node id, condition]. */
function roots({ questions, findings }) {
  const found = questions.map(({ key, ask_when }) => [`questions/${key}/ask_when`, ask_when]);
  for (const finding of findings) {
    const place = `findings/${finding.key}`;
    for (const name of ["applies_when", "may_apply_when", "unless", "urgent_when"]) {
      found.push([`${place}/${name}`, finding[name]]);
    }
    for (const { key, when } of finding.notes ?? []) found.push([`${place}/notes/${key}`, when]);
  }
  return found.filter(([, when]) => when);
}

/** `nodes`, and the same `by_id`. A node's `kids` are what it is made of. */
export function compile(release) {
  const nodes = [];
  const by_id = new Map();

  function add(id, data, level = 1) {
    limit(level, 8, id, "nesting");
    const { op, of, n = 1 } = data;
    const node = { id, op, data, index: 0, kids: [], reads: new Set() };
    if (op === "fact") node.kids = [by_id.get(`facts/${data.fact}`)];
    else if (GROUPS.includes(op)) {
      limit(of.length, 64, `${id}/of`);
      node.kids = of.map((kid, place) => add(`${id}/${place}`, kid, level + 1));
    } else node.run = atom_of(data, node.reads, release);
    const kids = node.kids.map((kid) => kid.index);
    // Whatever the group, it asks for so many of its kids.
    const least = op === "all" ? kids.length : n;
    node.run ??= (cells, law, values) => {
      if (op === "not") return 2 - values[kids[0]];
      const reach = (value) => kids.filter((kid) => values[kid] >= value).length >= least;
      return reach(2) ? 2 : +reach(1);
    };
    node.index = nodes.push(node) - 1;
    by_id.set(id, node);
    return node;
  }

  const others = roots(release.data);
  let facts = release.data.facts.map(({ key, when }) => [`facts/${key}`, when, facts_in(when)]);
  limit(facts.length + others.length, 500, "");
  while (facts.length) {
    const ready = facts.filter(([, , uses]) => uses.every((key) => by_id.has(`facts/${key}`)));
    limit(1, ready.length, facts[0][0], "cycle");
    for (const [id, when] of ready) add(id, when);
    facts = facts.filter(([id]) => !by_id.has(id));
  }
  for (const [id, when] of others) add(id, when);
  return { nodes, by_id };
}

/** The value of every node: 0 no, 1 unknown, 2 yes. No short circuit: reasons need all. */
export function run({ nodes }, cells, law) {
  const values = new Uint8Array(nodes.length);
  for (const { index, run } of nodes) values[index] = run(cells, law, values);
  return values;
}

/** The nodes and what decided them, each once, a parent before its kids. */
export function trace(nodes, values) {
  const found = new Map();
  const ahead = nodes.toReversed();
  while (ahead.length) {
    const { id, op, kids, index } = ahead.pop();
    if (found.has(id)) continue;
    const value = values[index];
    const by = kids.filter((kid) => op === "not" || values[kid.index] === value);
    found.set(id, { id, op, value, by: by.map((kid) => kid.id) });
    ahead.push(...by.reverse());
  }
  return [...found.values()];
}

/** The unanswered questions reached through unknown nodes only, in their order. */
export function open_questions(nodes, values, cells) {
  const unknown = (node) => values[node.index] === 1;
  const seen = new Set(nodes.filter(unknown));
  const found = new Set();
  // A set that grows is walked to its end.
  for (const { kids, reads } of seen) {
    kids.filter(unknown).forEach((kid) => seen.add(kid));
    for (const question of reads) if (cells[question.index] == null) found.add(question);
  }
  return [...found].sort((one, other) => one.index - other.index);
}
