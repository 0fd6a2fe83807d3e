/** What the modules of the widget hand to each other. */

import type { Answers, Book, Finding, FindingRecord, Outcome, Release, Value } from "../engine/shapes.js";

/** What `h` makes children of: nothing shows for null, false and the like. */
export type Part = Node | string | object | Part[] | false | null | undefined | 0 | true;

/** The words for a release, with the widget's own strings by their names. */
export interface WidgetBook extends Book {
  dir: string;
  ui: Record<string, any>;
}

/** A finding with its words, as the API has it, but its notes apart. */
export interface ShownFinding
  extends Omit<FindingRecord, "notes" | "actions">,
    Omit<Finding, "because"> {
  heading: string;
  body: string;
  checked: string;
  because: string[];
  /** The class of what stays off paper: the finding, its reasons. */
  off: OffPaper;
  apart: OffPaper;
  actions: { key: string; kind: string; url?: string; label: string }[];
}
export type OffPaper = { class: string } | false;

/** A result in words, in the order in which it is read: see shown.js. */
export interface ShownResult {
  short: { part: string; text: string; off: OffPaper }[];
  open: ShownFinding[];
  groups: { key: string; heading: string; findings: ShownFinding[]; questions: string[] }[];
}

/** A visit: its state, and what can be asked of it and done. See `begin`. */
export interface Visit {
  release: Release;
  book: WidgetBook;
  ui: WidgetBook["ui"];
  answers: Answers;
  /** The keys of the questions that were asked, in order. */
  asked: string[];
  /** Urgent findings that were shown by themselves. */
  announced: string[];
  outcome: Outcome;
  clear(): void;
  keep(key: string, value: Value | null): string[];
  urgent(): ShownFinding[];
  told(key: string): string;
  off(id: string): OffPaper;
  groups(paper?: boolean): [title: string, findings: ShownFinding[]][];
  unknown(paper?: boolean): string[];
  /** Of `wording`. */
  text(path: string[], day?: string | null): string;
  question(key: string): string;
  option(key: string, value: any): string;
  answer(key: string, value: Value): string;
  date(day: string): string;
  say(forms: any, slots?: Record<string, any>, n?: number): string;
}

/** What a screen has at hand: the element, the visit and the ways to other screens. */
export interface App {
  host: Host;
  visit: Visit;
  question(key: string, told?: Told): void;
  result(told?: Told): void;
  sheet(): void;
  clear(quiet?: boolean): void;
  review(): HTMLElement;
}
/** The element itself, as the screens need it. */
export interface Host extends HTMLElement {
  away: string;
  leave(): void;
}
/** What is said beside a new screen: to screen readers, and above it. */
export interface Told {
  says?: string;
  before?: Part;
}

/** Says what is wanted, and which fields are at fault. Gives nothing. */
export type Want = (message: string, ...fields: (HTMLElement | null)[]) => undefined;
/** A question as form fields. `read` gives the answer, or calls `want`. */
export interface Fields {
  nodes: any;
  read(want: Want): Value | undefined;
}
/** An option to pick, with its row on the page. */
export interface Pick {
  value: string | boolean;
  input: HTMLInputElement;
  row: HTMLElement;
  text: string;
  alone: boolean | undefined;
}
