/**
 * The browser's half of the screening engine. Modules and names are those of the
 * Python half, `screening_block/engine`. Sentences are apart, in `explain.js`.
 */
export { parse_answers } from "./answers.js";
export { AnswerError, EngineError, ReleaseError } from "./errors.js";
export { ENGINE_VERSION, evaluate, walk } from "./evaluate.js";
export { load_release } from "./release.js";
