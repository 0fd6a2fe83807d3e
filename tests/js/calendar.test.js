/** The calendar of the engine, by the vectors that the Python half passes too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { day_key, day_no, shift } from "#screener/engine/calendar.js";
import { date_key, date_text, key_day } from "#screener/engine/dates.js";
import { EngineError } from "#screener/engine/errors.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/dates.json", import.meta.url), "utf8"));

test("each day has its number, and each number its day", () => {
  assert.ok(vectors.days.length > 10);
  for (const [date, number] of vectors.days) {
    assert.equal(day_no(date), number);
    assert.equal(date_text(day_key(number)), date);
  }
});

test("days follow each other without a gap, in leap years and in 2100, which is none", () => {
  for (const [start, end] of [
    ["1996-01-01", "2004-12-31"],
    ["2096-01-01", "2100-12-31"],
  ]) {
    const last = key_day(date_key(end));
    for (let number = key_day(date_key(start)), before = 0; number <= last; number += 1) {
      const key = day_key(number);
      assert.ok(key > before);
      assert.equal(key_day(key), number);
      assert.equal(date_key(date_text(key)), key);
      before = key;
    }
  }
});

test("what is no date of the calendar is no date", () => {
  const odd = ["2023-02-29", "2100-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00"];
  const typed = [
    "2024-1-1",
    " 2024-01-01",
    "2024-01-01\n",
    "٢٠٢٤-٠١-٠١",
    "1899-12-31",
    "2101-01-01",
    "",
  ];
  for (const text of [...odd, ...typed]) assert.equal(date_key(text), null, text);
  assert.throws(() => shift("2024-01-31", 1, "weeks"), EngineError);
});

test("a month later is its last day where it has no such day, or the next first if so told", () => {
  assert.equal(shift("2024-01-31", 1, "months"), "2024-02-29");
  assert.equal(shift("2024-01-31", 1, "months", "next_day"), "2024-03-01");
  assert.equal(shift("2024-02-29", 1, "years"), "2025-02-28");
});
