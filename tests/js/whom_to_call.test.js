/** Whom a result names: the rule that the page without script has too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { asked_by, pick_entry } from "#screener/whom_to_call.js";

const { entries, picked, asked } = JSON.parse(
  readFileSync(new URL("../vectors/whom_to_call.json", import.meta.url), "utf8"),
);

describe("who is named", () => {
  for (const { why, entries: names, subject, urgent, now, named } of picked) {
    test(why, () => {
      const found = pick_entry(
        names.map((name) => ({ name, ...entries[name] })),
        subject,
        urgent,
        new Date(now),
      );
      assert.equal(found?.name ?? null, named);
    });
  }
});

describe("what is asked for first", () => {
  for (const { why, findings, asked: wanted } of asked) {
    test(why, () => assert.deepEqual(asked_by(findings), wanted));
  }
});
