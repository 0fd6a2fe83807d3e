/** `problems` are {path, code}, as in Python, and never repeat an answer. */
export class EngineError extends Error {
  /** @param {...{path: string, code: string}} problems */
  constructor(...problems) {
    super(JSON.stringify(problems));
    this.problems = problems;
  }
}
export class ReleaseError extends EngineError {}
export class AnswerError extends EngineError {}
