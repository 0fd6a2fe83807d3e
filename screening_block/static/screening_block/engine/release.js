/**
 * A release, ready to evaluate. It was checked when it was published and is named by
 * its SHA-256: only its format and its limits are checked again.
 */

import { READERS } from "./answers.js";
import { law_on } from "./atoms.js";
import { ReleaseError } from "./errors.js";
import { compile, limit, run } from "./program.js";

/** A JSON text, as objects that inherit nothing: `constructor` is a key like any other. */
export const parse = (text) =>
  JSON.parse(text, (key, value) =>
    Object(value) !== value || Array.isArray(value) ? value : Object.assign({ __proto__: null }, value),
  );

const keyed = (entries) => new Map(entries.map((entry) => [entry.key, entry]));

/** What a chart says for a row and a column; null is unknown, as it is for "other". */
function reader({ columns, rows }) {
  const [column_of, row_of] = [keyed(columns), keyed(rows)];
  return (row, column) => {
    const found = row_of.get(row);
    return (found && (found.cells?.[column] ?? column_of.get(column)?.default)) ?? null;
  };
}

/**
 * @param {string} text a release as JSON
 * @param {object} [given] `sha256`, which results repeat; of plugins, by their key,
 *   `operators` ({evaluate}) and `question_types` ({compares_as, canonicalise})
 * @throws {ReleaseError}
 */
export function load_release(text, { sha256 = "", operators = {}, question_types = {} } = {}) {
  try {
    const data = parse(text);
    const { charts, format, key, locale, roll } = data;
    if (format !== 1) throw new ReleaseError({ path: "format", code: "format" });
    limit(new Blob([text]).size, 1024 * 1024, "", "size");
    limit(data.questions.length, 200, "questions");
    limit(Object.values(charts).flatMap(({ rows }) => rows).length, 2000, "charts");
    const questions = data.questions.map((record, index) => {
      const plugin = READERS[record.type] ? null : question_types[record.type];
      const base = plugin ? plugin.compares_as : record.type;
      const chart = charts[record.chart];
      const options = chart ? [...chart.rows, { key: "other" }] : (record.options ?? []);
      return {
        ...record,
        data: record,
        index,
        plugin,
        base: READERS[base] ? base : null,
        options: keyed(options),
        cell_of: chart ? reader(chart) : () => null,
      };
    });
    const release = { data, key, locale, roll, sha256, operators, questions: keyed(questions) };
    release.program = compile(release);
    // Whatever is broken shows now and not before a visitor.
    run(release.program, [], law_on(release, "2000-01-01"));
    return release;
  } catch (error) {
    if (error instanceof ReleaseError) throw error;
    throw new ReleaseError({ path: "", code: "type" });
  }
}
