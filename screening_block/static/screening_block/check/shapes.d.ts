/** What the modules of the checks hand to each other. */

import type { Stage } from "./stage.js";

export type Status = "passed" | "failed" | "not_possible";

/** A check; it throws `Failed` or `NotPossible` of verdicts.js, with the key of a reason. */
export interface Check {
  key: string;
  /** Keys of checks without which this one could say nothing. */
  needs?: string[];
  run(at: Site): void | Promise<void>;
}

/** What is checked, and where. */
export interface Site {
  /** Where the files of the embed kit are: ends in `/embed/v1/`. */
  base: string;
  /** The address of a release, and of the same by its hash once it is known. */
  src: string;
  by_hash?: string;
  /** The languages of its texts. */
  locales: string[];
  locale: string;
  /** Whether its look is that of the page: the attribute `seamless`. */
  seamless: boolean;
  stage: Stage;
  /** What the page forbade since the checks began: what, by which directive. */
  violations: Violation[];
  /** The visit that several checks look at. */
  visit?: Promise<Walk>;
}
export interface Violation {
  directive: string;
  blocked: string;
  ours: boolean;
}

/** A visit from its start to its result, and what the browser kept of it. */
export interface Walk {
  finished: boolean;
  requests: string[];
  before: Kept;
  after: Kept;
  events: { type: string; names: string[] }[];
}
export type Kept = Record<string, string>;

/** What the server says about the checks, in one language: `embed/check_words.py`. */
export interface Words {
  ui: Record<string, string>;
  groups: { key: string; name: string; checks: CheckWords[] }[];
  reasons: Record<string, string>;
}
export interface CheckWords {
  key: string;
  name: string;
  proves: string;
  fix: string;
}

/** How one check came out; `reason` is a sentence, `code` its key. */
export interface Outcome {
  key: string;
  group: string;
  status: Status;
  code: string;
  reason: string;
  milliseconds: number;
}

/** What a page's own tests read: `results` of the element, `detail` of its event. */
export interface Results {
  format: 1;
  src: string;
  page: string;
  passed: number;
  failed: number;
  not_possible: number;
  checks: Outcome[];
}

/** What the page in a tried frame answers. Nothing of an answer is in it. */
export interface Told {
  legalScreenerTried: string;
  /** A visitor has touched the frame: it says nothing more and presses nothing. */
  closed?: boolean;
  title?: string;
  /** Pixels from its top to the heading. */
  top?: number;
  starts?: boolean;
  asks?: boolean;
  /** Whether the way out is called what it does in a sandbox. */
  hides?: boolean;
  left?: number;
}
