/**
 * What the engine refuses with.
 *
 * `path` is the place (for answers the question's key), `code` a stable word, the
 * same as in Python. Words for people belong to the page, in the visitor's language.
 * @typedef {{path: string, code: string}} Problem
 */

export class EngineError extends Error {
  /** @param {...Problem} problems never repeat what a visitor answered */
  constructor(...problems) {
    super(problems.map(({ path, code }) => `${path}: ${code}`).join("; "));
    this.name = new.target.name;
    this.problems = problems;
  }
}

/** The release is not one the engine accepts. */
export class ReleaseError extends EngineError {}

/** The answers, or the day they are to be read on, are not usable. */
export class AnswerError extends EngineError {}
