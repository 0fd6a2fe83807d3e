/** Keys that editors need not type. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { slug, unique } from "#screener/admin/key_names.js";

test("a label makes a key of small letters, digits and underscores, or none", () => {
  const keys = {
    "Green card (LPR)": "green_card_lpr",
    "¿Cuántos años?": "cuantos_anos",
    "8 U.S.C. § 1227(a)(2)(C)": "8_u_s_c_1227_a_2_c",
    "": "",
    你好: "",
  };
  for (const [label, key] of Object.entries(keys)) assert.equal(slug(label), key);
});

test("a long label makes a key that ends with a whole word and is comfortable to read", () => {
  const key = slug("Were you under twenty-one years old when the officers arrested you?");
  assert.equal(key, "were_you_under_twenty_one_years_old_when");
  assert.ok(slug("x".repeat(500)).length <= 64);
});

test("no two keys are the same, however often a part is duplicated", () => {
  const keys = ["plea"];
  for (let n = 0; n < 5; n += 1) keys.push(unique(keys.at(-1), keys));
  assert.deepEqual(keys, ["plea", "plea_2", "plea_3", "plea_4", "plea_5", "plea_6"]);
  const long = "x".repeat(64);
  assert.ok(unique(long, [long]).length <= 64);
});
