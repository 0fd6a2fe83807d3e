/** The engine's smallest parts. `tests/vectors` hold the whole of it, in a browser. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parse_json } from "#screener/engine/canonical.js";
import { AnswerError } from "#screener/engine/errors.js";
import { level_of } from "#screener/engine/evaluate.js";
import { read_number } from "#screener/engine/numbers.js";
import { fill } from "#screener/engine/wording.js";

const vectors = JSON.parse(
  readFileSync(new URL("../vectors/findings.json", import.meta.url), "utf8"),
);

test("a level follows from the three conditions as the table says, an absent one being no", () => {
  const values = { no: 0, unknown: 1, yes: 2 };
  assert.ok(vectors.table.length >= 27);
  for (const { applies_when, may_apply_when, unless, level } of vectors.table) {
    const three = [applies_when, may_apply_when, unless].map((value) => values[value] ?? 0);
    assert.equal(level_of(three), level);
  }
});

describe("saved answers", () => {
  test("are JSON, and nothing else", () => {
    assert.deepEqual(parse_json('{"days": 3, "status": null}'), { days: 3, status: null });
    for (const text of ["", "{", "{'a': 1}", '{"a": 01}', "NaN"]) {
      assert.throws(() => parse_json(text), { problems: [{ path: "", code: "json" }] });
    }
  });

  test("have each key once, also where it is written in another way", () => {
    for (const text of [
      '{"a": 1, "a": 2}',
      '{"a": 1, "\\u0061": 2}',
      '[{"b": {"a": 1, "a": 1}}]',
    ]) {
      assert.throws(() => parse_json(text), { problems: [{ path: "", code: "duplicate_key" }] });
    }
    assert.deepEqual(parse_json('[{"a": 1}, {"a": "a:"}]'), [{ a: 1 }, { a: "a:" }]);
  });

  test("are neither too deep nor too long to be read", () => {
    const deep = (levels) => "[".repeat(levels) + "]".repeat(levels);
    assert.doesNotThrow(() => parse_json(deep(32)));
    assert.throws(() => parse_json(deep(33)), { problems: [{ path: "", code: "nesting" }] });
    assert.throws(() => parse_json(`"${"x".repeat(4 * 1024 * 1024)}"`), AnswerError);
  });
});

test("a number is the same in the digits of any script, and nothing else is a number", () => {
  const pattern = "([-−－])?([0-9]+)";
  for (const text of ["120", "١٢٠", "१२०", "１２０"])
    assert.equal(read_number(text, pattern, 0), 120);
  assert.equal(read_number("−5", pattern, 0), -5);
  assert.equal(read_number("-0", pattern, 0), 0);
  for (const text of ["", "1e3", "½", "12 ", "9".repeat(20), "0".repeat(41)]) {
    assert.equal(read_number(text, pattern, 0), null, text);
  }
});

test("an amount is counted in its smallest unit, however many digits were typed behind the mark", () => {
  const pattern = "([-−])?([0-9]+)(?:[.]([0-9]{1,2}))?";
  for (const text of ["12.5", "12.50"]) assert.equal(read_number(text, pattern, 2), 1250);
  assert.equal(read_number("12", pattern, 2), 1200);
});

test("what fills a slot of a sentence is not read for slots of its own", () => {
  assert.equal(fill("{a} and {b}", { a: "{b}", b: "x" }), "{b} and x");
  assert.equal(fill("{a} and {c}", { a: 0 }), "0 and {c}");
});
