/**
 * The browser's half of the screening engine: conditions over answers, in three
 * values. No dependency, no clock, no network. Modules and names are those of
 * `screening_block/engine`, the Python half, so one search finds both. Sentences
 * (`explain.js`) are a module of their own: a page loads them with the result.
 */

export { Answers, parse_answers } from "./answers.js";
export { parse_json } from "./canonical.js";
export { day_no, shift } from "./dates.js";
export { AnswerError, EngineError, ReleaseError } from "./errors.js";
export { ENGINE_VERSION, evaluate, levels, walk } from "./evaluate.js";
export { NO, UNKNOWN, YES } from "./program.js";
export { FORMAT, load_release, OTHER, Release } from "./release.js";
