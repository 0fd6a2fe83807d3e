/**
 * The one canonicaliser of answers: whether they are usable, and what they are.
 * Nothing is coerced. Errors name questions and never repeat an answer.
 */

import { parse_json } from "./canonical.js";
import { date_key, date_text } from "./dates.js";
import { AnswerError } from "./errors.js";

/**
 * Usable answers, made by `parse_answers`. Per question, in order, `cells` holds
 * undefined (not asked), null (not sure) or the value: an option's key, a sorted list
 * of keys, a boolean, an integer, a date key.
 */
export class Answers {
  constructor(release, cells) {
    this.release = release;
    this.cells = cells;
  }

  /** The answers as canonical JSON, in question order: what a visitor may save. */
  get values() {
    const found = [...this.release.questions.values()]
      .map((question) => [question, this.cells[question.index]])
      .filter(([, cell]) => cell !== undefined);
    return Object.fromEntries(found.map(([q, cell]) => [q.key, public_value(q, cell)]));
  }
}

/** A cell as JSON; null for both kinds of unknown. */
export function public_value(question, cell = null) {
  if (Array.isArray(cell)) return [...cell];
  return cell !== null && question.base === "date" ? date_text(cell) : cell;
}

/** @throws {{code: string}} for whatever is not an answer to the question */
function bad(code) {
  throw { code };
}

function choice(question, value) {
  if (typeof value !== "string") bad("type");
  return question.allowed.has(value) ? value : bad("unknown_option");
}

function integer({ least, most }, value) {
  if (!Number.isSafeInteger(value)) bad("type");
  // -0 becomes 0.
  return value < least || value > most ? bad("range") : value + 0;
}

const READERS = {
  choice,
  choices(question, value) {
    if (!Array.isArray(value)) bad("type");
    if (value.length > question.allowed.size) bad("duplicate");
    const picked = Array.from(value, (item) => choice(question, item)).sort();
    if (new Set(picked).size < picked.length) bad("duplicate");
    const alone = picked.length > 1 && picked.some((key) => question.exclusive.has(key));
    return alone ? bad("exclusive") : picked;
  },
  yes_no: (question, value) => (typeof value === "boolean" ? value : bad("type")),
  integer,
  money: integer,
  date: (question, value) =>
    typeof value === "string" ? (date_key(value) ?? bad("date")) : bad("type"),
};

function read(question, value) {
  if (!question.base) bad("missing_plugin");
  if (question.plugin) {
    try {
      value = question.plugin.canonicalise(value, question.data) ?? bad();
    } catch {
      bad("type");
    }
  }
  return READERS[question.base](question, value);
}

/**
 * Canonical answers, or `AnswerError` with every problem.
 * @param {object|string|Answers} answers question key to answer (null: not sure), as
 *   an object or its JSON text; `Answers` of this release are returned as they are
 */
export function parse_answers(release, answers) {
  if (answers instanceof Answers) {
    if (answers.release === release) return answers;
    answers = answers.values;
  }
  if (typeof answers === "string") {
    try {
      answers = parse_json(answers);
    } catch (error) {
      throw new AnswerError(...error.problems);
    }
  }
  if (!answers || typeof answers !== "object" || Array.isArray(answers)) {
    throw new AnswerError({ path: "", code: "type" });
  }
  const cells = Array(release.questions.size).fill();
  const problems = [];
  for (const [key, value] of Object.entries(answers)) {
    const question = release.questions.get(key);
    try {
      if (!question) bad("unknown_question");
      cells[question.index] = value === null ? null : read(question, value);
    } catch ({ code }) {
      // A key that cannot be a question's is not repeated.
      problems.push({ path: /^[a-z0-9_]{1,64}$/.test(key) ? key : "", code });
    }
  }
  if (problems.length) throw new AnswerError(...problems);
  return new Answers(release, cells);
}

/** The day answers are read on; its date key. */
export function parse_as_of(as_of) {
  const key = date_key(as_of);
  if (key === null) throw new AnswerError({ path: "as_of", code: "date" });
  return key;
}
