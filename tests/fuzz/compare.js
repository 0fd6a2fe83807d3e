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
function picture({ engine, sentences }, release, { answers, as_of, words }, locale) {
  let outcome;
  let given;
  try {
    given = engine.parse_answers(release, answers);
    outcome = engine.evaluate(release, given, as_of);
  } catch (error) {
    if (!(error instanceof engine.AnswerError)) throw error;
    const problems = error.problems.map(({ path, code }) => [path, code]);
    return { error: problems.sort((a, b) => (flat(a) < flat(b) ? -1 : 1)) };
  }
  const dates = outcome.findings.map((f) => engine.turning_date(release, f, given, as_of));
  const texts = (key) => {
    for (const name of [locale, release.locale]) {
      if (!Object.hasOwn(release.data.texts, name)) continue;
      const body = release.data.texts[name].findings?.[key]?.body;
      if (body) return body;
    }
    return "";
  };
  const { release: name, ...shown } = outcome;
  const found = {
    values: given.values,
    levels: engine.levels(release, given, as_of),
    outcome: shown,
    walk: engine.walk(release, given, as_of),
    dates,
  };
  if (words) {
    found.explain = outcome.findings.map((finding) =>
      engine.explain(release, given, finding, as_of, locale, sentences),
    );
    found.bodies = outcome.findings.map(({ key }, place) =>
      engine.render_text(texts(key), release, locale, as_of, sentences, dates[place]),
    );
  }
  return found;
}

/**
 * @param {object} halves `engine` (all names of engine.js and explain.js) and `sentences`
 * @returns {{evaluations: number, differences: object[]}} at most `most` differences
 */
export function compare(halves, job, most = 3) {
  const differences = [];
  let evaluations = 0;
  let release;
  try {
    release = halves.engine.load_release(JSON.stringify(job.release));
  } catch (error) {
    return { evaluations, differences: [{ part: "load_release", found: String(error) }] };
  }
  for (const one of job.cases) {
    if (differences.length >= most) break;
    evaluations += 1;
    let found;
    try {
      found = picture(halves, release, one, job.locale);
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
