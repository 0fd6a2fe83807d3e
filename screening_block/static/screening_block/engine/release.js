/**
 * A release, ready to evaluate. It was checked when it was published and is named by
 * its SHA-256: only its format and its limits are checked again.
 */

import { OTHER } from "./answers.js";
import { law_on } from "./atoms.js";
import { ReleaseError } from "./errors.js";
import { compile, limit, run } from "./program.js";
import { TYPES } from "./types.js";

/** @import { Column, Operator, Option, QuestionRecord, QuestionType, Release, ReleaseData } from "./shapes.js" */

/** A JSON text, as objects that inherit nothing: `constructor` is a key like any other. @param {string} text */
export const parse = (text) =>
  JSON.parse(text, (key, value) =>
    Object(value) !== value || Array.isArray(value)
      ? value
      : Object.assign({ __proto__: null }, value),
  );

/** @type {<T extends {key: string}>(entries: T[]) => Map<string, T>} */
const keyed = (entries) => new Map(entries.map((entry) => [entry.key, entry]));

/**
 * @param {string} text a release as JSON
 * @param {{sha256?: string, operators?: Record<string, Operator>,
 *   question_types?: Record<string, QuestionType>}} [given] `sha256`, which results repeat;
 *   what plugins add, by its key
 * @returns {Release}
 * @throws {ReleaseError}
 */
export function load_release(text, { sha256 = "", operators = {}, question_types = {} } = {}) {
  try {
    /** @type {ReleaseData} */
    const data = parse(text);
    const { charts, format } = data;
    limit(Number(format !== 1), 0, "format", "format");
    limit(new Blob([text]).size, 1024 * 1024, "", "size");
    limit(data.questions.length, 200, "questions");
    limit(Object.values(charts).flatMap(({ rows }) => rows).length, 2000, "charts");
    const questions = data.questions.map((record, index) => {
      const plugin = TYPES[record.type] ? null : question_types[record.type];
      const { columns = [], rows = null } = charts[record.chart ?? ""] ?? {};
      const column_of = keyed(columns);
      /** @type {Map<string, Option>} */
      const options = keyed(rows ? [...rows, { key: OTHER }] : (record.options ?? []));
      return {
        ...record,
        data: record,
        index,
        plugin,
        base: plugin ? plugin.compares_as : record.type,
        options,
        /** What the chart says for a row and a column; null is unknown, as for "other". */
        cell_of(/** @type {string} */ row, /** @type {string} */ column) {
          if (row === OTHER) return null;
          return options.get(row)?.cells?.[column] ?? column_of.get(column)?.default ?? null;
        },
      };
    });
    const loaded = { ...data, data, sha256, operators, questions: keyed(questions) };
    const release = /** @type {Release} */ (loaded);
    release.program = compile(release);
    // Whatever is broken shows now and not before a visitor.
    run(release.program, [], law_on(release, "2000-01-01"));
    return release;
  } catch (error) {
    if (error instanceof ReleaseError) throw error;
    throw new ReleaseError({ path: "", code: "type" });
  }
}
