/**
 * A release, ready to evaluate. It was checked when it was published and is named by
 * its SHA-256, so here only its format and its limits are checked; whatever else is
 * wrong with it is a `ReleaseError` too.
 */

import { parse_json, plain } from "./canonical.js";
import { EngineError, ReleaseError } from "./errors.js";
import { Program } from "./program.js";

export const FORMAT = 1;
/** The answer to a chart question that is not in the chart. */
export const OTHER = "other";
const MAX_QUESTIONS = 200;
const MAX_CHART_ROWS = 2000;
const MAX_BYTES = 1024 * 1024;
const TYPES = ["choice", "choices", "yes_no", "integer", "money", "date"];

const keyed = (entries) => new Map(entries.map((entry) => [entry.key, entry]));

class Chart {
  constructor(key, { columns, rows }) {
    this.key = key;
    this.columns = keyed(columns);
    this.rows = keyed(rows);
  }

  /** What the chart says for a row; null is unknown (also for `other`). */
  cell(row, column) {
    const cells = this.rows.get(row)?.cells;
    return cells ? (cells[column] ?? this.columns.get(column).default) : null;
  }
}

/** Made by `load_release`; treat as read-only. */
export class Release {
  constructor(data, sha256, operators, question_types) {
    this.data = data;
    this.sha256 = sha256;
    this.operators = operators;
    this.key = data.key;
    this.locale = data.locale;
    this.roll = data.roll;
    const charts = Object.entries(data.charts).map(([key, chart]) => new Chart(key, chart));
    this.charts = keyed(charts);
    this.thresholds = new Map(Object.entries(data.thresholds));
    this.findings = keyed(data.findings);
    this.questions = keyed(data.questions.map((record, index) => {
      const { key, type, options = [], min: least, max: most } = record;
      const plugin = TYPES.includes(type) ? undefined : question_types[type];
      const base = plugin ? plugin.compares_as : type;
      const chart = this.charts.get(record.chart);
      const names = chart ? [...chart.rows.keys(), OTHER] : options.map((option) => option.key);
      return {
        key, index, type, least, most, chart, plugin,
        data: record,
        /** The type its values compare on; undefined if a plugin is missing. */
        base: TYPES.includes(base) ? base : undefined,
        allowed: new Set(names),
        exclusive: new Set(options.filter((o) => o.exclusive).map((o) => o.key)),
      };
    }));
    this.program = new Program(this);
  }
}

/**
 * @param {string|object} data the release or its JSON text
 * @param {object} [given]
 * @param {string} [given.sha256] the name of the release; results repeat it
 * @param {Object<string, {evaluate: Function}>} [given.operators] of plugins, by key
 * @param {Object<string, {compares_as: string, canonicalise: Function}>}
 *   [given.question_types] of plugins, by key
 * @returns {Release}
 */
export function load_release(data, { sha256 = "", operators = {}, question_types = {} } = {}) {
  const limit = (count, most, path, code = "limit") => {
    if (count > most) throw new ReleaseError({ path, code });
  };
  try {
    const copy = plain(typeof data === "string" ? parse_json(data) : data);
    if (copy.format !== FORMAT) throw new ReleaseError({ path: "format", code: "format" });
    limit(new TextEncoder().encode(JSON.stringify(copy)).length, MAX_BYTES, "", "size");
    limit(copy.questions.length, MAX_QUESTIONS, "questions");
    limit(Object.values(copy.charts).flatMap((c) => c.rows).length, MAX_CHART_ROWS, "charts");
    return new Release(copy, sha256, operators, question_types);
  } catch (error) {
    if (error instanceof ReleaseError) throw error;
    const problems = error instanceof EngineError ? error.problems : [{ path: "", code: "type" }];
    throw new ReleaseError(...problems);
  }
}
