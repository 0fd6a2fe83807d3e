/**
 * What the modules of the engine hand to each other, for whoever reads or checks types.
 * The data of a release is described in docs/developers.md; here stands what is read.
 */

/** 0 no, 1 unknown, 2 yes. */
export type Truth = number;
export type Level = "applies" | "may_apply" | "not_apply";

/** A known answer as JSON: a key, keys, yes or no, an integer, a date. */
export type Value = string | string[] | boolean | number;
/** By the key of their question; null is "I'm not sure". */
export type Answers = Record<string, Value | null>;
/** An answer inside the engine: undefined is not asked, null not sure, a date its key. */
export type Cell = Value | null | undefined;

/** A condition as it stands in a release; its other members depend on `op`. */
export interface Condition {
  op: string;
  [member: string]: any;
}

export interface Option {
  key: string;
  exclusive?: boolean;
  /** Of a row of a chart, by the key of the column. */
  cells?: Record<string, string | string[] | null>;
}

export interface QuestionRecord {
  key: string;
  type: string;
  options?: Option[];
  chart?: string;
  unit?: string;
  currency?: string;
  min?: any;
  max?: any;
  optional?: boolean;
  section?: string;
  ask_when?: Condition;
}

export interface Column {
  key: string;
  default: string | string[] | null;
}

export interface Citation {
  text: string;
  url?: string;
  status: string;
}

export interface FindingRecord {
  key: string;
  group: string;
  severity: string;
  status: string;
  checked_on: string | null;
  citations: Citation[];
  actions: { key: string; type: string; url?: string; subject?: string }[];
  notes?: { key: string; when: Condition; reassures?: boolean }[];
  reassures?: boolean;
  applies_when?: Condition;
  may_apply_when?: Condition;
  unless?: Condition;
  urgent_when?: Condition;
}

export interface ReleaseData {
  format: number;
  key: string;
  jurisdiction: string;
  locale: string;
  roll: string;
  review: object;
  questions: QuestionRecord[];
  charts: Record<string, { columns: Column[]; rows: Option[] }>;
  thresholds: Record<string, { values: { from: string; value: number | string }[] }>;
  facts: { key: string; when: Condition }[];
  findings: FindingRecord[];
  /** What may be said in short, by part. */
  short?: Record<string, { key: string; when?: Condition; reassures?: boolean }[]>;
  shown?: { open_most?: number; groups?: { key: string; of: string[] }[] };
  texts: Record<string, any>;
  about?: { minutes?: number };
}

export interface Question extends Omit<QuestionRecord, "options"> {
  data: QuestionRecord;
  /** Its place, and that of its cell. */
  index: number;
  plugin: QuestionType | null | undefined;
  /** The type that its values compare as: its own, or that of a plugin's type. */
  base: string;
  options: Map<string, Option>;
  /** What the chart says for a row and a column; null is unknown, as for "other". */
  cell_of(row: string, column: string): string | string[] | null;
  /** Of `ask_when`. */
  gate?: Node;
}

export interface Release extends Omit<ReleaseData, "questions"> {
  data: ReleaseData;
  sha256: string;
  operators: Record<string, Operator>;
  questions: Map<string, Question>;
  program: Program;
}

/** A condition that was compiled. */
export interface Node {
  id: string;
  op: string;
  data: Condition;
  kids: Node[];
  reads: Set<Question>;
  index: number;
  /** Its value; `values` are those of the nodes before it. */
  run: (cells: Cell[], law: Law, values: Truth[]) => Truth;
}

export interface Program {
  /** Each after those it needs. */
  nodes: Node[];
  by_id: Map<string, Node>;
  compile_more(id: string, data?: Condition): Node | undefined;
  findings: CompiledFinding[];
}

export interface CompiledFinding {
  key: string;
  severity: string;
  /** `applies_when`, `may_apply_when`, `unless`. */
  parts: (Node | undefined)[];
  urgent?: Node;
  notes: [key: string, when: Node | undefined][];
}

/** The law on a day. */
export interface Law {
  as_of: string;
  day: number;
  values: Record<string, number | string | null>;
}

/** One node of what decided a finding. */
export interface Reason {
  id: string;
  op: string;
  value: Truth;
  by: string[];
}

export interface Finding {
  key: string;
  level: Level;
  severity: string;
  because: Reason[];
  missing: { question: string; state: "not_sure" | "not_asked" }[];
  notes: string[];
}

export interface Outcome {
  release: string;
  as_of: string;
  engine: string;
  findings: Finding[];
  relevant: string[];
  next: string | null;
  complete: boolean;
  /** How many questions could still change a level, held back or not. Inherited. */
  left: number;
}

/** One sentence in short: an editor's line, or what a finding gives for it. */
export interface ShortLine {
  part: string;
  key: string | null;
  finding: string | null;
}
/** Findings that unfold, and the questions that they hang on, all by their keys. */
export interface ShownGroup {
  key: string;
  findings: string[];
  questions: string[];
}
/** A result in the order in which it is read. */
export interface Shown {
  short: ShortLine[];
  open: string[];
  groups: ShownGroup[];
}

/** A plugin's operator, and its type of questions. */
export interface Operator {
  evaluate(
    node: Condition,
    visit: {
      as_of: string;
      answer: (key: string) => Cell;
      threshold: (key: string) => number | string | null | undefined;
    },
  ): Truth;
}
export interface QuestionType {
  compares_as: string;
  canonicalise(value: unknown, question: QuestionRecord): unknown;
}

/** One answer type: see types.js. */
export interface AnswerType {
  /** How a form asks for it. */
  input: "one" | "several" | "number" | "date";
  /** The cell of a value; what is no answer throws an object with the `code` of why. */
  canonical(question: Question, value: any): NonNullable<Cell>;
  /** A cell as JSON, where that is not the cell. */
  value_of?(cell: Cell): Value;
  /** What a form lists to pick from. */
  listed?(question: Question): (string | boolean)[];
  /** A value in words; `about` has the unit and the currency of the question. */
  format_answer(
    w: AnswerWords,
    key: string,
    value: any,
    about: { unit: string; currency: string },
  ): string;
}
/** What a type needs to say an answer. */
export interface AnswerWords {
  option(key: string, value: string | boolean): string;
  list(items: string[]): string;
  number(value: number, unit: string): string;
  money(amount: number, currency: string): string;
  date(day: string): string;
}

/** The words for a release in one language on one day: `word_book` of the Python half. */
export interface Book {
  locale: string;
  as_of: string;
  plural: Record<string, string>;
  digits: { group: string; decimal: string };
  months: string[];
  date: string;
  money: Record<string, { text: string; digits: number }>;
  /** A sentence, or its forms by the plural form of a number. */
  units: Record<string, string | Record<string, string>>;
  list: Record<"two" | "comma" | "last", string>;
  words: Record<string, string>;
  questions: Record<
    string,
    { about: string; not_sure: string; not_asked: string; unit: string; currency: string }
  >;
  texts: object;
  undated: { findings: Record<string, unknown> };
  /** Days on which a finding may turn: known ones, and those that follow an answer. */
  plans: Record<string, Plan>;
  thresholds: Record<string, string>;
  atoms: Record<string, AtomWords>;
}
export type Plan = [known: number[], waits: [string, number, string, boolean][]];
export interface AtomWords {
  /** Texts and, at odd places, the keys of the questions whose answers come between. */
  yes: string[];
  no: string[];
  open: [question: string, text: string | null][];
  plan?: Plan;
  turns: string[];
}
