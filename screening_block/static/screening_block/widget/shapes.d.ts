/** What the modules of the widget hand to each other. */

import type { Answers, Book, Finding, FindingRecord, Outcome, Release, Value } from "../engine/shapes.js";

/** What `h` makes children of: nothing shows for null, false and the like. */
export type Part = Node | string | object | Part[] | false | null | undefined | 0 | true;

/** The words for a release, with the widget's own strings by their names. */
export interface WidgetBook extends Book {
  dir: string;
  /** Where the entries of the help file are, if there are any. */
  help_url?: string;
  /** Where a saved file is opened, if the site has such a page. */
  open_url?: string;
  /** By question, how many of those left were not asked: see totals.js. */
  lengths?: Record<string, [number, number]>;
  /** Where the other parts of the release are, if this is not all of it. */
  parts_url?: string;
  /** By the tags of the languages that it is in, their own names. */
  languages?: Record<string, string>;
  /** The hash of the release in all its languages. */
  release?: string;
  ui: Record<string, any>;
}

/** A finding with its words, as the API has it, but its notes apart. */
export interface FullFinding
  extends Omit<FindingRecord, "notes" | "actions">,
    Omit<Finding, "because"> {
  heading: string;
  body: string;
  /** The class of what stays off paper: the finding, its reasons. */
  off: OffPaper;
  apart: OffPaper;
  actions: { key: string; type: string; url?: string; subject?: string; label: string }[];
  checked: string;
  because: string[];
}
export type OffPaper = { class: string } | false;

/** A result in words, in the order in which it is read: see shown.js. */
export interface ShownResult {
  short: { part: string; text: string; off: OffPaper }[];
  open: FullFinding[];
  groups: { key: string; heading: string; findings: FullFinding[]; questions: string[] }[];
}

/** A visit: its state, and what can be asked of it and done. See `begin`. */
export interface Visit {
  release: Release;
  book: WidgetBook;
  ui: WidgetBook["ui"];
  answers: Answers;
  /** The keys of the questions that were asked, in order. */
  asked: string[];
  /** The fewest and the most questions, as it looked at each: see totals.js. */
  ranges: number[][];
  /** Urgent findings that were shown by themselves. */
  announced: string[];
  /** All answers since a change has opened a question that comes before some of them. */
  waiting: Answers | null;
  outcome: Outcome;
  clear(): void;
  keep(key: string, value: Value | null): string[];
  told(key: string): string;
  off(id: string): OffPaper;
  /** The heading of the section that a question stands in, or "". */
  section(key?: string): string;
  /** Of `wording`. */
  text(path: string[], day?: string | null): string;
  question(key: string): string;
  option(key: string, value: any): string;
  answer(key: string, value: Value): string;
  date(day: string): string;
  say(forms: any, slots?: Record<string, any>, n?: number): string;
}

/** What a file says: enough to give the same answers to the same questions again. */
export interface SavedVisit {
  format: number;
  screener: string;
  /** The SHA-256 of the release. */
  release: string;
  as_of: string;
  answers: Record<string, unknown>;
}
/** A file that a phrase opens. `sealed` names the ciphers; bytes are in base64. */
export interface SealedFile {
  format: number;
  sealed: string;
  iterations: number;
  salt: string;
  iv: string;
  data: string;
}

/** What is said in one language, and who helps in it. */
export interface Words {
  book: WidgetBook;
  entries?: HelpFile;
  /** What marks the foreign words in them, where there are some. */
  marks?: typeof import("./foreign.js");
}
/** What came of what comes later. */
export interface Arrived {
  later: Later;
  /** The help file. */
  entries?: HelpFile;
  /** The words of other languages, by their tags: see languages.js. */
  words?: Record<string, Promise<Words>>;
}
/** What a screen has at hand: the element, the visit and the ways to other screens. */
export interface App extends Way {
  host: Host;
  visit: Visit;
  stage: ReturnType<typeof import("./stage.js").stage_of>;
  /** What came in time of the parts that come later; final from the first answer on. */
  later: Later & Slots;
  settled: boolean;
  /** Waits for them; false where the result did not come. */
  settle(): Promise<boolean>;
  /** Whether it was told that the visit began, and that it ended. */
  begun?: boolean;
  ended?: boolean;
  /** Shows the same screen of another app. */
  at(other: App): void;
  /** Whether the result was shown since the answers were: then a change leads back to it. */
  looked?: boolean;
  /** The help file, if it came in time. */
  entries?: HelpFile;
  words?: Arrived["words"];
  /** What a page that opens files has to do with another app of the same visit. */
  opened?: (app: App) => void;
  question(key: string, told?: Told): void;
  clear(quiet?: boolean): void;
  /** Tells the page around that the visit began. */
  begin(): void;
  tell(name: string): void;
  review(told?: unknown): HTMLElement;
  start(): void;
  /** Comes when all has come that will. */
  arrival(): Promise<boolean>;
  back(place: number): HTMLElement;
  from_file(): HTMLElement;
}
/** The ways that there are once the parts have come: see way.js. */
export interface Way {
  tell_lost(dropped: string[], said: string): Told;
  go_on(dropped?: string[], said?: string, answered?: string): void;
  /** What is urgent, by itself. */
  alone(urgent: Finding[], told?: Told): void;
  check(told?: Told): void;
  result(told?: Told): void;
  sheet(): void;
  /** To the screen of a place; false if there is none. */
  travel(place: number): boolean;
  /** The browser's history of the visit. */
  places: ReturnType<typeof import("./places.js").places_of>;
  /** To the entry of the history before the visit; then what comes. */
  rewind(then: () => void): void;
}
/** What leads to who can help with a next step, if that stands on the same screen. */
export type Go = (action: FullFinding["actions"][number]) => Part;
/** The help file of a screener: who can help, and the page with all of them. */
export interface HelpFile {
  directory: string;
  subjects: Record<string, string>;
  entries: HelpEntry[];
}
/** An entry of the help file; what is empty is left out. */
export interface HelpEntry {
  name: string;
  note?: string;
  subjects: string[];
  counties?: string[];
  phones?: { label: string; number: string; tel: string }[];
  hours: {
    time_zone?: string;
    weekly?: { days: number[]; opens: string; closes: string }[];
    words?: string[];
    note?: string;
  };
  address?: string;
  url?: string;
  checked: string;
  /** Its readers are asked to confirm it. */
  confirm?: boolean;
  /** A last number, for urgent findings only. */
  expired?: boolean;
}
/** By their names, what the later parts export: see `later.js`. */
export interface Later {
  result?: typeof import("./result.js");
  sheet?: typeof import("./sheet.js");
  file?: typeof import("./file.js");
  help?: typeof import("./help.js");
  languages?: typeof import("./languages.js");
}
/** What other parts may put into the result and the sheet. */
export interface Slots {
  /** Who can help: by a number to press, in an urgent finding, as a section at the end. */
  help?: {
    number(app: App, shown: ShownResult, paper?: boolean): Part;
    urgent(app: App, found: FullFinding, shown: ShownResult): Part;
    to_section(app: App): Go;
    numbers(app: App, found: FullFinding[]): Part[];
    section(app: App): Part;
  };
}
/** The element itself, as the screens need it. */
export interface Host extends HTMLElement {
  locale: string;
  /** What its attributes named when it was loaded last. */
  named: string;
  away: string;
  app?: App;
  /** The history of the visit that shows: see places.js. */
  places?: object;
  /** By language, words that take the place of the visit's own `ui`: see frame.js. */
  says?: Record<string, Record<string, any>>;
  leave(): void;
  handleEvent(event: any): void;
}
/** What was picked or typed of a question before it was asked here: see waiting.js. */
export interface Typed {
  key: any;
  given: [name: string, value: any][];
  pressed: boolean;
}
/** What is said beside a new screen: to screen readers, and above it. */
export interface Told {
  says?: string;
  before?: Part;
}

/** How a screen is shown. */
export interface How extends Told {
  /** Which question it is. */
  progress?: string;
  /** Shows the same screen of another app, in other words. */
  at(other: App): void;
  /** As many screens lie before it. */
  place?: number;
  /** Nobody has done anything: the focus stays where it is. */
  quiet?: boolean;
  /** The page has the heading already. */
  plain?: boolean;
  /** Whether the visit ends with it, or (false) just behind it. */
  ends?: boolean;
  /** Once it is painted. */
  ready?: () => void;
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
