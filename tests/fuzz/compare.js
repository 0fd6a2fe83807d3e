/**
 * Runs jobs (see cases.py) on the JavaScript half, and says where it differs from what
 * the Python half made of them.
 */

/** JSON with sorted keys: one text for one value, as `flat` in cases.py. */
function flat(value) {
  if (Array.isArray(value)) return `[${value.map(flat).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "undefined";
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${flat(value[key])}`).join()}}`;
}

/** All that the JavaScript half makes of a case; the same fields as in cases.py. */
function picture(engine, release, { answers, as_of, words }, book) {
  let outcome;
  let given;
  try {
    given = engine.parse_answers(release, answers).values;
    outcome = engine.evaluate(release, given, as_of);
  } catch (error) {
    if (!(error instanceof engine.AnswerError)) throw error;
    const problems = error.problems.map(({ path, code }) => [path, code]);
    return { error: problems.sort((a, b) => (flat(a) < flat(b) ? -1 : 1)) };
  }
  const dated = (f) => (book.plans[f.key] ? engine.turning_date(release, f, given, book) : null);
  const dates = outcome.findings.map(dated);
  const { release: name, ...rest } = outcome;
  const found = {
    values: given,
    levels: Object.fromEntries(outcome.findings.map(({ key, level }) => [key, level])),
    outcome: rest,
    shown: engine.shown(release, given, outcome),
    walk: engine.walk(release, given, as_of),
    dates,
  };
  if (words) {
    const { text } = engine.wording(release, book);
    found.explain = outcome.findings.map((finding) =>
      engine.explain(release, given, finding, book),
    );
    found.words = outcome.findings.map(({ key, notes }, place) => {
      const said = (...path) => text(["findings", key, ...path], dates[place]);
      return [
        said("heading"),
        said("body"),
        ...notes.map((note) => said("notes", note)).filter(Boolean),
      ];
    });
  }
  return found;
}

/**
 * @param {any} engine all names of engine.js, explain.js, presented.js, release.js, turning.js
 *   and wording.js
 * @returns {{evaluations: number, differences: object[]}} at most `most` differences
 */
export function compare(engine, job, most = 3) {
  const differences = [];
  let evaluations = 0;
  let release;
  try {
    release = engine.load_release(JSON.stringify(job.release));
  } catch (error) {
    return { evaluations, differences: [{ part: "load_release", found: String(error) }] };
  }
  for (const one of job.cases) {
    if (differences.length >= most) break;
    evaluations += 1;
    let found;
    try {
      const book = engine.parse(JSON.stringify(job.books[one.as_of] ?? null));
      found = picture(engine, release, one, book);
    } catch (error) {
      differences.push({ part: "crash", found: String(error.stack), case: one });
      continue;
    }
    if (flat(found) === one.picture) continue;
    const expected = JSON.parse(one.picture);
    const names = Object.keys({ ...found, ...expected });
    const part = names.find((key) => flat(found[key]) !== flat(expected[key])) ?? "order";
    const { answers, as_of } = one;
    const sides = { found: found[part], expected: expected[part] };
    differences.push({ part, ...sides, case: { answers, as_of } });
  }
  return { evaluations, differences };
}
