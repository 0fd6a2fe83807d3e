/** Runs calls apart from the page, so that what would hang can be ended. */

import { run } from "./calls.js";

/** A plugin's question type, in the words of `tests/dummy_plugin/questions.py`. */
const percent = {
  compares_as: "integer",
  canonicalise(value) {
    if (!Number.isInteger(value) || value < 0 || value > 100) throw new Error("no");
    return value;
  },
};

self.onmessage = async ({ data }) => {
  const { calls, operators, percents } = JSON.parse(data);
  const given = { operators: {} };
  if (percents) given.question_types = { "dummy_plugin.percent": percent };
  for (const [key, module] of Object.entries(operators)) {
    given.operators[key] = (await import(module)).default;
  }
  self.postMessage(JSON.stringify(run(calls, given)));
};
