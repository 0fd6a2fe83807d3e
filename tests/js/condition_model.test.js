/** Every change that an editor can make to a condition. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as model from "#screener/admin/condition_model.js";

/** An atom by its name, a group by its parts. */
const is = (question) => ({ op: "is", question, value: true });
const all = (...of) => ({ op: "all", of });
const any = (...of) => ({ op: "any", of });
const not = (node) => ({ op: "not", of: [node] });

const A = is("a");
const B = is("b");
const C = is("c");

/** The atoms of a tree by name, in reading order. */
const leaves = (tree) => (model.isGroup(tree) ? tree.of.flatMap(leaves) : [tree.question]);

/** Every path of a tree, the root's first. */
function* paths(tree, path = []) {
  yield path;
  if (model.isGroup(tree)) {
    for (const [index, child] of tree.of.entries()) yield* paths(child, [...path, index]);
  }
}

function frozen(node) {
  for (const value of Object.values(node)) if (Object(value) === value) frozen(value);
  return Object.freeze(node);
}

const TREES = [
  all(A, B, C),
  all(A, any(B, C), is("d")),
  any(not(A), not(all(B, C)), all(is("d"))),
  { op: "at_least", n: 2, of: [A, not(any(B)), all(C, any(is("d"), is("e")))] },
  not(all(A, any(B, C))),
].map(frozen);

describe("text", () => {
  test("comes back from a tree and reads as that tree, what this editor does not know included", () => {
    const trees = [
      ...TREES,
      { op: "law.multiple", of: [1, { own: [] }], times: 3 },
      { op: "is", question: "a", value: true, remark: { by: "somebody" } },
    ];
    for (const tree of trees) assert.deepEqual(model.read(model.write(tree)), tree);
  });

  test("has a line for each child, so that people can read it and compare it", () => {
    assert.equal(
      model.write(all(A, any(B))),
      [
        '{"op": "all", "of": [',
        '  {"op": "is", "question": "a", "value": true},',
        '  {"op": "any", "of": [',
        '    {"op": "is", "question": "b", "value": true}',
        "  ]}",
        "]}",
      ].join("\n"),
    );
  });

  test("of an empty field is no condition, and of something else none that is understood", () => {
    assert.equal(model.read("  \n"), null);
    assert.equal(model.write(null), "");
    for (const text of ["{", "[]", "3", '"is"', "null"]) assert.equal(model.read(text), undefined);
  });

  test("that is pasted is a condition, or the name of what is wrong with it", () => {
    const pasted = (tree, deepest = 8) => model.readPasted(JSON.stringify(tree), deepest);
    assert.deepEqual(pasted(all(A)), { tree: all(A) });
    assert.deepEqual(model.readPasted("{", 8), { wrong: "json" });
    assert.deepEqual(pasted({ op: "invented" }), { wrong: "shape" });
    assert.deepEqual(pasted({ op: "is", of: [A] }), { wrong: "shape" });
    assert.deepEqual(pasted({ op: "all" }), { wrong: "shape" });
    assert.deepEqual(pasted(all(...Array(65).fill(A))), { wrong: "shape" });
    assert.deepEqual(pasted({ op: "law.multiple", times: 3 }).wrong, undefined);
    assert.deepEqual(pasted(all(any(A)), 3).wrong, undefined);
    assert.deepEqual(pasted(all(any(A)), 2), { wrong: "deep" });
  });
});

test("no change writes into the tree it is given", () => {
  for (const tree of TREES) {
    for (const path of paths(tree)) {
      // The trees are frozen: writing into one throws.
      for (const change of [model.remove, model.duplicate, model.wrap, model.deny]) {
        change(tree, path);
      }
      if (model.isGroup(model.at(tree, path))) {
        model.unwrap(tree, path);
        model.insert(tree, path, 0, C);
        for (const other of paths(tree)) model.move(tree, other, path, 0);
      }
      for (const way of /** @type {const} */ ([-1, 1])) model.step(tree, path, way);
    }
  }
});

describe("a denial", () => {
  test("is seen at what it denies, and belongs to it", () => {
    const tree = all(A, not(B));
    assert.deepEqual(model.seen(model.at(tree, [1]), [1]), { node: B, path: [1, 0], denied: true });
    assert.deepEqual(model.outer(tree, [1, 0]), [1]);
    assert.deepEqual(model.outer(tree, [0]), [0]);
  });

  test("of a denial is what was denied first", () => {
    const denied = model.deny(all(A, B), [1]);
    assert.deepEqual(denied, all(A, not(B)));
    assert.deepEqual(model.deny(denied, [1]), all(A, B));
  });

  test("goes with what it denies", () => {
    assert.deepEqual(model.remove(all(A, not(B)), [1, 0]), all(A));
    assert.equal(model.remove(not(B), [0]), null);
  });
});

describe("groups", () => {
  test("are made of a single test when another one comes", () => {
    assert.deepEqual(model.insert(null, [], 0, A), A);
    assert.deepEqual(model.duplicate(A, []), all(A, A));
    assert.deepEqual(model.wrap(all(A, B), [1], "any"), all(A, any(B)));
  });

  test("dissolve only where the meaning stays", () => {
    assert.deepEqual(model.unwrap(all(A, all(B, C)), [1]), all(A, B, C));
    assert.deepEqual(model.unwrap(all(A), []), A);
    assert.ok(model.unwraps(all(A, all(B, C)), [1]));
    assert.ok(model.unwraps(all(A, any(B)), [1]));
    assert.ok(!model.unwraps(all(A, any(B, C)), [1]));
    assert.ok(!model.unwraps(all(A, not(all(B, C))), [1, 0]));
    const denied = all(A, not(all(B, C)));
    assert.equal(model.unwrap(denied, [1, 0]), denied);
  });
});

describe("a move", () => {
  test("loses nothing, adds nothing, and tells where the part is now", () => {
    for (const tree of TREES) {
      for (const path of paths(tree)) {
        for (const group of paths(tree)) {
          const node = model.at(tree, group);
          if (!model.isGroup(node) || node.op === "not") continue;
          for (let index = 0; index <= node.of.length; index += 1) {
            const moved = model.move(tree, path, group, index);
            if (!moved) continue;
            assert.deepEqual(leaves(moved.tree).sort(), leaves(tree).sort());
            assert.equal(model.at(moved.tree, moved.path), model.at(tree, path));
          }
        }
      }
    }
  });

  test("does not go into itself", () => {
    const tree = all(A, any(B, C));
    assert.equal(model.move(tree, [1], [1], 0), null);
    assert.equal(model.move(tree, [], [1], 0), null);
  });

  test("up and down changes places, enters a group on the way, and leaves it at its end", () => {
    const tree = all(A, any(B), C);
    const steps = [];
    let at = /** @type {ReturnType<typeof model.step>} */ ({ tree, path: [0] });
    while ((at = model.step(at.tree, at.path, 1))) steps.push(at.tree);
    assert.deepEqual(steps, [
      all(any(A, B), C),
      all(any(B, A), C),
      all(any(B), A, C),
      all(any(B), C, A),
    ]);
  });

  test("back is where it was", () => {
    for (const tree of TREES) {
      for (const path of paths(tree)) {
        // People see a denial and what it denies as one.
        if (model.outer(tree, path) !== path) continue;
        const there = model.step(tree, path, 1);
        if (!there) continue;
        const back = model.step(there.tree, there.path, -1);
        assert.ok(back);
        assert.deepEqual(leaves(back.tree), leaves(tree));
      }
    }
  });
});

describe("the history", () => {
  test("goes back and forward, and forgets what was taken back once something new is done", () => {
    const history = new model.History("1");
    history.add("2");
    history.add("2");
    history.add("3");
    assert.equal(history.go(-1), "2");
    assert.equal(history.go(1), "3");
    assert.equal(history.go(1), null);
    history.go(-1);
    history.add("4");
    assert.ok(!history.can(1));
    assert.deepEqual(history.texts, ["1", "2", "4"]);
  });

  test("holds two hundred states, the newest", () => {
    const history = new model.History("0");
    for (let n = 1; n <= 300; n += 1) history.add(String(n));
    assert.equal(history.texts.length, 200);
    assert.equal(history.texts.at(-1), "300");
    assert.equal(history.go(-1), "299");
  });
});
