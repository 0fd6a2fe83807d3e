// Made by clients/generate.py from the API's description. Do not edit.

export type Action = {
  key: string;
  type: string;
  label: string;
  url?: string;
  /** Of `help`: a subject of the directory of help. */
  subject?: string;
};

/** The button of a home page. */
export type ActionLink = {
  label: string;
  link: Reference;
};

/** A whole article. */
export type Article = {
  id: number;
  slug: string;
  locale: string;
  title: string;
  summary: string;
  url: string;
  authors: Author[];
  topics: TopicLink[];
  image: Image | null;
  published_at: string;
  updated_at: string;
  reading_minutes: number;
  review: Review;
  /** By a legal translator; null in the site's own language. */
  translation_reviewed: boolean | null;
  body: BodyBlock[];
  /** The pages of the site that the body links to, by the `url` there. */
  links: Reference[];
  related: Related[];
  translations: Translation[];
};

export type ArticleChange = {
  type: "article";
  /** Lasting, also where the slug is not. */
  id: number;
  /** Its present one; of what is gone, the last. */
  slug: string;
  /** Its language. */
  locale: string;
  /** Grows with every change of anything. What changes again stands at its last change only. */
  seq: number;
  /** `withdrawn`: unpublished, expired, deleted, moved away or restricted. `recalled`: taken back as wrong. */
  change: "published" | "changed" | "withdrawn" | "recalled";
  /** Whether it is no longer public: delete it. */
  gone: boolean;
  /** When the feed took note of it. */
  at: string;
  /** Where to read it; null of what is gone. */
  url: string | null;
  /** The same as before: it says the same as before. Null of what is gone. */
  digest: string | null;
};

/** What `fields` asked for, and nothing else. */
export type ArticleFields = {
  id?: number;
  slug?: string;
  locale?: string;
  title?: string;
  summary?: string;
  url?: string;
  authors?: Author[];
  topics?: TopicLink[];
  image?: Image | null;
  published_at?: string;
  updated_at?: string;
  reading_minutes?: number;
  review?: Review;
  /** By a legal translator; null in the site's own language. */
  translation_reviewed?: boolean | null;
  body?: BodyBlock[];
  /** The pages of the site that the body links to, by the `url` there. */
  links?: Reference[];
  related?: Related[];
  translations?: Translation[];
};

/** A page of a list: `next` and `previous` are addresses, or null at the ends. */
export type ArticleList = {
  /** Of all pages of the list together. */
  count: number;
  next: string | null;
  previous: string | null;
  /** Where a page that follows by `cursor` begins; null at the end, and for the best matches of `q`. */
  next_cursor: string | null;
  results: (ArticleSummary | ArticleFields)[];
};

/** An article as lists show it. */
export type ArticleSummary = {
  id: number;
  slug: string;
  locale: string;
  title: string;
  summary: string;
  url: string;
  authors: Author[];
  topics: TopicLink[];
  image: Image | null;
  published_at: string;
  updated_at: string;
  reading_minutes: number;
  review: Review;
  /** By a legal translator; null in the site's own language. */
  translation_reviewed: boolean | null;
};

/** Somebody who wrote the article. `role` is in the language of the article. */
export type Author = {
  name: string;
  role: string;
  bar_admission: string;
};

export type BatchResult = {
  screener: string;
  /** SHA-256 of the release. */
  release: string;
  as_of: string;
  items: ItemResult[];
};

export type BodyBlock = HeadingBlock | TextBlock | KeyTakeawaysBlock | NoticeBlock | QuestionsAndAnswersBlock | LawQuotationBlock | TableBlock | CallToActionBlock | ImageBlock | ScreenerBlock | ScreenerQuestionBlock | HelpEntriesBlock | KeptBlock;

/** One next step, with a button. */
export type CallToActionBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "call_to_action";
  value: {
    title: string;
    text: string;
    label: string;
    url: string | null;
    link: Reference | null;
  };
};

export type Change = ArticleChange | PageChange | TopicChange | TermChange | SiteChange | HelpEntryChange | ThresholdChange | ChartChange | ScreenerChange | ScreenerHelpChange | ReleaseChange;

/** A part of the feed, in its order. */
export type ChangeList = {
  results: Change[];
  /** A cursor: what to give as `after` the next time, now or in a week. */
  next: string;
  /** Whether there is more already. */
  has_more: boolean;
};

export type Chart = {
  key: string;
  label: string;
  columns: ChartColumn[];
  rows: ChartRow[];
};

export type ChartChange = {
  type: "chart";
  /** As its endpoint names it. */
  key: string;
  /** Grows with every change of anything. What changes again stands at its last change only. */
  seq: number;
  /** `withdrawn`: unpublished, expired, deleted, moved away or restricted. `recalled`: taken back as wrong. */
  change: "published" | "changed" | "withdrawn" | "recalled";
  /** Whether it is no longer public: delete it. */
  gone: boolean;
  /** When the feed took note of it. */
  at: string;
  /** Where to read it; null of what is gone. */
  url: string | null;
  /** The same as before: it says the same as before. Null of what is gone. */
  digest: string | null;
};

export type ChartColumn = {
  key: string;
  label: string;
  type: ChartColumnTypeEnum;
  /** Value key to its label. */
  values: Record<string, unknown>;
  /** What a blank cell means; null is unknown. */
  default: unknown | null;
};

/** * `choice` - choice
* `choices` - choices */
export type ChartColumnTypeEnum = "choice" | "choices";

export type ChartRow = {
  key: string;
  label: string;
  citations: Citation[];
  status: StatusEnum;
  checked_on: string | null;
  /** Column key to value; blank is left out. */
  cells: Record<string, unknown>;
};

export type Citation = {
  text: string;
  url?: string;
  status: StatusEnum;
  source?: string;
};

/** `from` is the first day on which `value` (a number or a date) counts. */
export type DatedValue = {
  from: string;
  /** A number in `unit`, or a date. */
  value: unknown;
};

export type Evaluate = {
  /** Question key to answer. `null` is “I’m not sure”; leave out what was not asked. */
  answers: Record<string, unknown>;
  /** `YYYY-MM-DD`; today in the release's time zone. */
  as_of?: string;
  locale?: string;
  /** An older release, by hash. */
  release?: string;
};

export type EvaluateBatch = {
  /** `YYYY-MM-DD`; today in the release's time zone. */
  as_of?: string;
  locale?: string;
  /** An older release, by hash. */
  release?: string;
  items: Item[];
};

export type EvaluationResult = LevelsResult | ReasonsResult | Result | TraceResult;

export type Finding = {
  key: string;
  group: GroupEnum;
  level: LevelEnum;
  severity: SeverityEnum;
  heading: string;
  /** HTML; plain text with `?text=plain`. */
  body: string;
  status: StatusEnum;
  /** The sentences that end `body`. */
  notes: string[];
  checked_on: string | null;
  /** How far it was checked, in a sentence. */
  checked: string;
  /** What must not be on paper or in a file: all of the finding, or `because` and `notes`.

* `finding` - finding
* `reasons` - reasons */
  off_paper: OffPaperEnum | NullEnum;
  citations: Citation[];
  /** Reasons, one sentence each. */
  because: string[];
  missing: Missing[];
  actions: Action[];
};

/** * `case` - case
* `risk` - risk
* `help` - help
* `next` - next */
export type GroupEnum = "case" | "risk" | "help" | "next";

/** Begins a section. Readers can jump and link to it. */
export type HeadingBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "heading";
  value: {
    text: string;
  };
};

/** Who helps: picked entries, or all of a subject. */
export type HelpEntriesBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "help_entries";
  value: {
    title: string;
    subject: string | null;
    entries: HelpEntry[];
  };
};

export type HelpEntry = {
  key: string;
  name: string;
  subjects: string[];
  note: string;
  languages: string[];
  /** `us` or `us-ca`. */
  areas: string[];
  /** Empty: in all of the area. */
  counties: string[];
  phones: Phone[];
  hours: Hours;
  address: string;
  url: string;
  /** Where these facts were read. */
  source: string;
  /** The day of the source, if older than the check. */
  source_dated: string | null;
  checked_on: string | null;
  /** Nobody has checked it for 90 days: say so. */
  confirm: boolean;
  /** How far it was checked, in a sentence. */
  checked: string;
};

export type HelpEntryChange = {
  type: "help_entry";
  /** As its endpoint names it. */
  key: string;
  /** Its language. */
  locale: string;
  /** Grows with every change of anything. What changes again stands at its last change only. */
  seq: number;
  /** `withdrawn`: unpublished, expired, deleted, moved away or restricted. `recalled`: taken back as wrong. */
  change: "published" | "changed" | "withdrawn" | "recalled";
  /** Whether it is no longer public: delete it. */
  gone: boolean;
  /** When the feed took note of it. */
  at: string;
  /** Where to read it; null of what is gone. */
  url: string | null;
  /** The same as before: it says the same as before. Null of what is gone. */
  digest: string | null;
};

/** What `fields` asked for, and nothing else. */
export type HelpEntryFields = {
  key?: string;
  name?: string;
  subjects?: string[];
  note?: string;
  languages?: string[];
  /** `us` or `us-ca`. */
  areas?: string[];
  /** Empty: in all of the area. */
  counties?: string[];
  phones?: Phone[];
  hours?: Hours;
  address?: string;
  url?: string;
  /** Where these facts were read. */
  source?: string;
  /** The day of the source, if older than the check. */
  source_dated?: string | null;
  checked_on?: string | null;
  /** Nobody has checked it for 90 days: say so. */
  confirm?: boolean;
  /** How far it was checked, in a sentence. */
  checked?: string;
};

export type HelpLine = {
  label: string;
  number: string;
  tel: string;
  hours: string;
  language: string;
};

/** A page of a list: `next` and `previous` are addresses, or null at the ends. */
export type HelpList = {
  count: number;
  next: string | null;
  previous: string | null;
  results: (HelpEntry | HelpEntryFields)[];
};

export type Hours = {
  time_zone: string;
  weekly: Opening[];
  words: string[];
  /** Exceptions, in words. */
  note: string;
};

export type Image = {
  url: string;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  alt: string;
  /** The renditions, for an `<img>`. */
  srcset: string;
  renditions: {
    url: string;
    /** Pixels. */
    width: number;
    /** Pixels. */
    height: number;
  }[];
  /** What must stay in sight, as parts of width and height. */
  focal_point: {
    x: number;
    y: number;
  } | null;
};

/** An image that explains something. */
export type ImageBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "image";
  value: {
    url: string;
    /** Pixels. */
    width: number;
    /** Pixels. */
    height: number;
    alt: string;
    /** The renditions, for an `<img>`. */
    srcset: string;
    renditions: {
      url: string;
      /** Pixels. */
      width: number;
      /** Pixels. */
      height: number;
    }[];
    /** What must stay in sight, as parts of width and height. */
    focal_point: {
      x: number;
      y: number;
    } | null;
    caption: string;
  } | null;
};

/** Where everything is. */
export type Index = {
  articles: string;
  topics: string;
  terms: string;
  pages: string;
  site: string;
  screeners: string;
  thresholds: string;
  help: string;
  changes: string;
  schema: string;
  docs: string;
};

export type Item = {
  /** As for one set of answers. */
  answers: Record<string, unknown>;
};

export type ItemProblem = {
  type: string;
  title: string;
  status: number;
  errors: Place[];
};

/** Either a result or a problem. */
export type ItemResult = {
  /** Of the item that was sent, from 0. */
  index: number;
  result: EvaluationResult | null;
  problem: ItemProblem | null;
};

/** Content that no installed code knows. It is kept, the site shows nothing in its place, and nothing of it is told. */
export type KeptBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "kept";
  value: null;
};

/** Two to five sentences to remember. Best at the top. */
export type KeyTakeawaysBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "key_takeaways";
  value: {
    items: string[];
  };
};

/** The exact words, the citation, and whether it was checked. */
export type LawQuotationBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "law_quotation";
  value: {
    quote: string;
    language: "" | "en" | "es" | "zh-hans" | "vi" | "ko" | "tl" | null;
    translation: string | null;
    citation: string;
    url: string | null;
    status: "verified" | "needs_checking";
  };
};

export type Level = {
  key: string;
  level: LevelEnum;
  severity: SeverityEnum;
};

/** * `applies` - applies
* `may_apply` - may_apply
* `not_apply` - not_apply */
export type LevelEnum = "applies" | "may_apply" | "not_apply";

/** Levels and what to ask next, without a sentence. */
export type LevelsResult = {
  detail: LevelsResultDetailEnum;
  screener: string;
  /** SHA-256 of the release. */
  release: string;
  as_of: string;
  /** Version of the engine. */
  engine: string;
  complete: boolean;
  /** Key of the question to ask next. */
  next: string | null;
  findings: Level[];
};

/** * `levels` - levels */
export type LevelsResultDetailEnum = "levels";

/** A link of a menu; `link` is null where it leads out of the site. */
export type MenuEntry = {
  label: string;
  url: string;
  link: Reference | null;
};

export type Menus = {
  main: MenuEntry[];
  footer: MenuEntry[];
};

export type Missing = {
  /** Question key. */
  question: string;
  state: MissingStateEnum;
};

/** * `not_asked` - not_asked
* `not_sure` - not_sure */
export type MissingStateEnum = "not_asked" | "not_sure";

/** Stands out from the text. Use it rarely. */
export type NoticeBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "notice";
  value: {
    tone: "info" | "caution" | "urgent";
    title: string;
    /** HTML, or as `text` asks. */
    text: string;
  };
};

export type NullEnum = null;

/** * `finding` - finding
* `reasons` - reasons */
export type OffPaperEnum = "finding" | "reasons";

export type Opening = {
  /** 1 is Monday. */
  days: number[];
  /** Such as `09:00`. */
  opens: string;
  /** At most `24:00`. */
  closes: string;
};

/** A whole page. What its kind does not have is null or empty. */
export type Page = {
  id: number;
  /** As in `Reference`. */
  type: string;
  slug: string;
  /** Below the start of its language, such as `a/b`. */
  path: string;
  locale: string;
  title: string;
  summary: string;
  url: string;
  /** Of the page above it; null at the start. */
  parent: number | null;
  in_menus: boolean;
  published_at: string | null;
  updated_at: string | null;
  /** For search engines. */
  description: string;
  body: BodyBlock[];
  links: Reference[];
  translations: Translation[];
  /** Of a screener. */
  key: string | null;
  /** Of a page of help: what to ask `help` for. */
  area: string | null;
  /** Of a team page. */
  people: TeamPerson[];
  action: ActionLink | null;
};

export type PageChange = {
  type: "page";
  /** Lasting, also where the slug is not. */
  id: number;
  /** Its present one; of what is gone, the last. */
  slug: string;
  /** Its language. */
  locale: string;
  /** Grows with every change of anything. What changes again stands at its last change only. */
  seq: number;
  /** `withdrawn`: unpublished, expired, deleted, moved away or restricted. `recalled`: taken back as wrong. */
  change: "published" | "changed" | "withdrawn" | "recalled";
  /** Whether it is no longer public: delete it. */
  gone: boolean;
  /** When the feed took note of it. */
  at: string;
  /** Where to read it; null of what is gone. */
  url: string | null;
  /** The same as before: it says the same as before. Null of what is gone. */
  digest: string | null;
};

/** What `fields` asked for, and nothing else. */
export type PageFields = {
  id?: number;
  /** As in `Reference`. */
  type?: string;
  slug?: string;
  /** Below the start of its language, such as `a/b`. */
  path?: string;
  locale?: string;
  title?: string;
  summary?: string;
  url?: string;
  /** Of the page above it; null at the start. */
  parent?: number | null;
  in_menus?: boolean;
  published_at?: string | null;
  updated_at?: string | null;
  /** For search engines. */
  description?: string;
  body?: BodyBlock[];
  links?: Reference[];
  translations?: Translation[];
  /** Of a screener. */
  key?: string | null;
  /** Of a page of help: what to ask `help` for. */
  area?: string | null;
  /** Of a team page. */
  people?: TeamPerson[];
  action?: ActionLink | null;
};

/** A page of a list: `next` and `previous` are addresses, or null at the ends. */
export type PageList = {
  /** Of all pages of the list together. */
  count: number;
  next: string | null;
  previous: string | null;
  results: (PageSummary | PageFields)[];
};

/** A page as lists show it. */
export type PageSummary = {
  id: number;
  /** As in `Reference`. */
  type: string;
  slug: string;
  /** Below the start of its language, such as `a/b`. */
  path: string;
  locale: string;
  title: string;
  summary: string;
  url: string;
  /** Of the page above it; null at the start. */
  parent: number | null;
  in_menus: boolean;
  published_at: string | null;
  updated_at: string | null;
};

/** * `meaning` - meaning
* `risk` - risk
* `action` - action */
export type PartEnum = "meaning" | "risk" | "action";

export type PersonLink = {
  label: string;
  url: string;
};

export type Phone = {
  /** What the number is for. */
  label: string;
  /** As people write it. */
  number: string;
  /** A `tel:` address. */
  tel: string;
};

export type Place = {
  /** A question key. */
  path: string;
  code: string;
  /** Never holds an answer. */
  message: string;
};

/** A request that is not right, with each place of it. */
export type PlacesProblem = {
  type: "about:blank";
  /** In a sentence, for people. */
  title: string;
  status: number;
  errors?: {
    /** A parameter, a field or a question key. */
    path: string;
    /** Of this kind of mistake, lasting. */
    code: string;
    /** Never repeats an answer. */
    message: string;
  }[];
};

/** A draft: one of `article`, `page` and `release` is there. */
export type Preview = {
  /** Always true: this is not public. */
  draft: boolean;
  /** When the link ends. */
  ends_at: string;
  title: string;
  locale: string;
  /** The same draft as a page. */
  url: string;
  /** As `/api/v1/articles/{slug}/` will answer. */
  article?: Article;
  /** As `/api/v1/pages/{place}/` will answer. */
  page?: Page;
  /** As `/api/v1/screeners/{key}/` will answer. */
  release?: Release;
};

/** Why there is no answer. The status says which problem it is. */
export type Problem = {
  type: "about:blank";
  /** In a sentence, for people. */
  title: string;
  status: number;
};

/** Questions people really ask, with short answers. */
export type QuestionsAndAnswersBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "questions_and_answers";
  value: {
    items: {
      question: string;
      /** HTML, or as `text` asks. */
      answer: string;
    }[];
  };
};

export type Reasoned = {
  key: string;
  group: GroupEnum;
  level: LevelEnum;
  severity: SeverityEnum;
  heading: string;
  /** Reasons, one sentence each. */
  because: string[];
  missing: Missing[];
};

/** Levels with what decided each and what is missing. */
export type ReasonsResult = {
  detail: ReasonsResultDetailEnum;
  screener: string;
  /** SHA-256 of the release. */
  release: string;
  as_of: string;
  /** Version of the engine. */
  engine: string;
  complete: boolean;
  /** Key of the question to ask next. */
  next: string | null;
  findings: Reasoned[];
  locale: string;
  /** By a legal translator; null in the screener's own language. */
  translation_reviewed: boolean | null;
};

/** * `reasons` - reasons */
export type ReasonsResultDetailEnum = "reasons";

/** A release that was taken back as wrong. */
export type RecalledProblem = {
  type: "about:blank";
  /** In a sentence, for people. */
  title: string;
  status: number;
  /** A sentence with the reason in it. */
  detail: string;
  /** As an editor wrote it. */
  reason: string;
  /** The language of `reason`, which `detail` has as it is, whatever language the sentence around it is in. */
  reason_locale: string;
  /** The hash that was asked for. */
  release: string;
  recalled_at: string;
  /** The hash of the release to use instead. */
  successor: string | null;
};

/** A page of the site. An article is read by `slug`, a screener by `key`, any page
by `id`, each in its `locale`. */
export type Reference = {
  /** `article`, `article_list`, `screener`, `home`, `standard` … */
  type: string;
  id: number;
  slug: string;
  /** Of a screener. */
  key: string | null;
  locale: string;
  title: string;
  url: string;
};

/** An article to read next. */
export type Related = {
  /** `article`, `article_list`, `screener`, `home`, `standard` … */
  type: string;
  id: number;
  slug: string;
  /** Of a screener. */
  key: string | null;
  locale: string;
  title: string;
  url: string;
  summary: string;
};

export type Release = {
  format: number;
  key: string;
  jurisdiction: string;
  locale: string;
  time_zone: string;
  roll: "last_day" | "next_day";
  review: {
    reviewer: null | string;
    reviewed_on: null | string;
    next_due: null | string;
  };
  questions: ({
    key: string;
    type: "choice" | "choices" | "yes_no" | "integer" | "money" | "date" | string;
    options?: {
      key: string;
      exclusive?: boolean;
    }[];
    chart?: string;
    unit?: string;
    min?: number;
    max?: number;
    currency?: string;
    ask_when?: ReleaseCondition;
    optional?: boolean;
    off_paper?: boolean;
    section?: string;
  })[];
  charts: Record<string, {
    columns: ({
      key: string;
      type: "choice" | "choices";
      values: string[];
      default: null | string | string | string[];
    })[];
    rows: ({
      key: string;
      cells: Record<string, string | string[]>;
      citations: ({
        text: string;
        status: "verified" | "needs_checking";
        url?: string;
        source?: string;
      })[];
      status: "verified" | "needs_checking";
      checked_on: null | string;
    })[];
  }>;
  thresholds: Record<string, {
    type: "integer" | "money" | "date";
    unit: null | "days" | "months" | "years";
    values: ({
      from: string;
      value: number | string;
    })[];
    citations: ({
      text: string;
      status: "verified" | "needs_checking";
      url?: string;
      source?: string;
    })[];
    status: "verified" | "needs_checking";
    checked_by: null | string;
    checked_on: null | string;
  }>;
  facts: {
    key: string;
    when: ReleaseCondition;
  }[];
  findings: ({
    key: string;
    group: "case" | "risk" | "help" | "next";
    severity: "info" | "caution" | "high" | "urgent";
    citations: ({
      text: string;
      status: "verified" | "needs_checking";
      url?: string;
      source?: string;
    })[];
    status: "verified" | "needs_checking";
    checked_on: null | string;
    actions: ({
      key: string;
      type: "step" | "link" | "help";
      url?: string;
      subject?: string;
    } | {
      key: string;
      type: string;
      url?: string;
      subject?: string;
    })[];
    urgent_when?: ReleaseCondition;
    applies_when?: ReleaseCondition;
    may_apply_when?: ReleaseCondition;
    unless?: ReleaseCondition;
    notes?: {
      key: string;
      when: ReleaseCondition;
      reassures?: boolean;
    }[];
    off_paper?: boolean;
    reassures?: boolean;
  })[];
  texts: Record<string, {
    title?: string;
    intro?: string;
    at_hand?: string;
    foreign_words?: string;
    sections?: Record<string, string>;
    questions?: Record<string, {
      label?: string;
      help?: string;
      why?: string;
      where?: string;
      options?: Record<string, string>;
    }>;
    charts?: Record<string, {
      label?: string;
      columns?: Record<string, string>;
      rows?: Record<string, string>;
      values?: Record<string, Record<string, string>>;
    }>;
    thresholds?: Record<string, {
      label?: string;
      note?: string;
    }>;
    facts?: Record<string, {
      label?: string;
    }>;
    findings?: Record<string, {
      heading?: string;
      body?: string;
      notes?: Record<string, string>;
      actions?: Record<string, string>;
    }>;
    short?: Record<string, string>;
    shown?: Record<string, string>;
  }>;
  exclusive?: string[][];
  about?: {
    minutes?: number;
  };
  short?: {
    meaning?: {
      key: string;
      when?: ReleaseCondition;
      reassures?: boolean;
    }[];
    risk?: {
      key: string;
      when?: ReleaseCondition;
      reassures?: boolean;
    }[];
    action?: {
      key: string;
      when?: ReleaseCondition;
      reassures?: boolean;
    }[];
  };
  shown?: {
    open_most?: number;
    groups?: ({
      key: string;
      of: ("case" | "risk" | "next")[];
    })[];
  };
  unreviewed_languages?: string[];
};

export type ReleaseChange = {
  type: "release";
  /** Its hash. */
  sha256: string;
  /** Grows with every change of anything. What changes again stands at its last change only. */
  seq: number;
  /** `withdrawn`: unpublished, expired, deleted, moved away or restricted. `recalled`: taken back as wrong. */
  change: "published" | "changed" | "withdrawn" | "recalled";
  /** Whether it is no longer public: delete it. */
  gone: boolean;
  /** When the feed took note of it. */
  at: string;
  /** Where to read it; null of what is gone. */
  url: string | null;
  /** The same as before: it says the same as before. Null of what is gone. */
  digest: string | null;
};

export type ReleaseCondition = {
  op: "all";
  of: ReleaseCondition[];
} | {
  op: "any";
  of: ReleaseCondition[];
} | {
  op: "not";
  of: ReleaseCondition[];
} | {
  op: "at_least";
  n: number;
  of: ReleaseCondition[];
} | {
  op: "is";
  question: string;
  value: string | boolean;
} | {
  op: "in";
  question: string;
  values: (string | boolean)[];
} | {
  op: "has_any";
  question: string;
  values: string[];
} | {
  op: "has_all";
  question: string;
  values: string[];
} | {
  op: "has_none";
  question: string;
  values: string[];
} | {
  op: "column";
  column: string;
  test: "is" | "in" | "has_any";
  question: string;
  values: string[];
} | {
  op: "compare";
  left: ReleaseOperand;
  cmp: "lt" | "le" | "eq" | "ge" | "gt";
  right: ReleaseOperand;
} | {
  op: "elapsed";
  from: ReleaseOperand;
  until: ReleaseOperand;
  unit: "days" | "months" | "years";
  cmp: "lt" | "le" | "eq" | "ge" | "gt";
  n: ReleaseOperand;
  roll?: "last_day" | "next_day";
} | {
  op: "fact";
  fact: string;
} | {
  op: "dont_know";
  question: string;
} | {
  op: string;
};

export type ReleaseOperand = {
  question: string;
} | {
  threshold: string;
} | {
  value: number | string;
} | {
  today: true;
};

export type Result = {
  detail: ResultDetailEnum;
  screener: string;
  /** SHA-256 of the release. */
  release: string;
  as_of: string;
  /** Version of the engine. */
  engine: string;
  locale: string;
  /** By a legal translator; null in the screener's own language. */
  translation_reviewed: boolean | null;
  complete: boolean;
  /** Key of the question to ask next. */
  next: string | null;
  shown: Shown;
  findings: Finding[];
};

/** * `full` - full */
export type ResultDetailEnum = "full";

/** Who checked the law and until when that holds. `state` is worked out today. */
export type Review = {
  state: ReviewStateEnum;
  reviewed_by: string | null;
  reviewed_on: string | null;
  next_review_due: string | null;
  law_checked_on: string | null;
};

/** * `unreviewed` - No attorney has reviewed this page
* `overdue` - Review overdue
* `reviewed` - Reviewed */
export type ReviewStateEnum = "unreviewed" | "overdue" | "reviewed";

/** Guided questions with a cited result, folded until wanted. */
export type ScreenerBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "screener";
  value: {
    key: string;
    title: string;
    /** With `expand=screener`: what an embedder needs. */
    embed?: {
      /** SHA-256 of the release. */
      release: string;
      locales: string[];
      /** `src` of `<legal-screener>`. */
      source: string;
      /** The module that defines it. */
      script: string;
      /** For an `<iframe>`. */
      frame: string;
      /** The questions as a page. */
      page: string;
      oembed: string;
    };
  } | null;
};

export type ScreenerChange = {
  type: "screener";
  /** As its endpoint names it. */
  key: string;
  /** Grows with every change of anything. What changes again stands at its last change only. */
  seq: number;
  /** `withdrawn`: unpublished, expired, deleted, moved away or restricted. `recalled`: taken back as wrong. */
  change: "published" | "changed" | "withdrawn" | "recalled";
  /** Whether it is no longer public: delete it. */
  gone: boolean;
  /** When the feed took note of it. */
  at: string;
  /** Where to read it; null of what is gone. */
  url: string | null;
  /** The same as before: it says the same as before. Null of what is gone. */
  digest: string | null;
};

/** Help for those who use a screener, in one small file. */
export type ScreenerHelp = {
  /** The page with all of it. */
  directory: string;
  /** Subject key to what it is called. */
  subjects: Record<string, unknown>;
  /** Language code to its name. */
  languages: Record<string, unknown>;
  /** There are entries that did not fit. */
  more: boolean;
  /** As in the list, without what is empty. `expired` is true for a last number that is kept for urgent cases only. */
  entries: Record<string, unknown>[];
};

export type ScreenerHelpChange = {
  type: "screener_help";
  /** As its endpoint names it. */
  key: string;
  /** Its language. */
  locale: string;
  /** Grows with every change of anything. What changes again stands at its last change only. */
  seq: number;
  /** `withdrawn`: unpublished, expired, deleted, moved away or restricted. `recalled`: taken back as wrong. */
  change: "published" | "changed" | "withdrawn" | "recalled";
  /** Whether it is no longer public: delete it. */
  gone: boolean;
  /** When the feed took note of it. */
  at: string;
  /** Where to read it; null of what is gone. */
  url: string | null;
  /** The same as before: it says the same as before. Null of what is gone. */
  digest: string | null;
};

/** The same, and the first question can be answered at once. */
export type ScreenerQuestionBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "screener_question";
  value: {
    key: string;
    title: string;
    first_question: true;
    /** With `expand=screener`: what an embedder needs. */
    embed?: {
      /** SHA-256 of the release. */
      release: string;
      locales: string[];
      /** `src` of `<legal-screener>`. */
      source: string;
      /** The module that defines it. */
      script: string;
      /** For an `<iframe>`. */
      frame: string;
      /** The questions as a page. */
      page: string;
      oembed: string;
    };
  } | null;
};

export type ScreenerSummary = {
  key: string;
  title: string;
  jurisdiction: string;
  locales: string[];
  release: string;
  published_at: string;
  /** The release, as JSON. */
  url: string;
  /** The questions as a page. */
  page: string;
  review: Record<string, unknown>;
};

/** * `info` - info
* `caution` - caution
* `high` - high
* `urgent` - urgent */
export type SeverityEnum = "info" | "caution" | "high" | "urgent";

export type Short = {
  part: PartEnum;
  text: string;
  /** Whether it must not be on paper or in a file. */
  off_paper: boolean;
};

/** A result in the order in which it is to be read: what is said in short, the
findings that stand open, the groups. What does not apply is not in it. */
export type Shown = {
  short: Short[];
  /** Finding keys, in order. */
  open: string[];
  groups: ShownGroup[];
};

export type ShownGroup = {
  key: string;
  heading: string;
  /** Finding keys, in order. */
  findings: string[];
  /** Question keys: until these are answered, none of the findings can be ruled out. Those that would tell of the most findings come first. */
  questions: string[];
};

/** What every page of the site shows in one language. Empty where nobody said it. */
export type Site = {
  name: string;
  tagline: string;
  locale: string;
  /** Languages that have a home page. */
  locales: string[];
  home: Reference | null;
  legal_service: boolean;
  email: string;
  phones: Phone[];
  address: string;
  hours: SiteHours;
  languages: string[];
  footer_text: string;
  disclaimer: string;
  help_lines: HelpLine[];
  social_image: Image | null;
  menus: Menus;
};

export type SiteChange = {
  type: "site";
  /** Its language. */
  locale: string;
  /** Grows with every change of anything. What changes again stands at its last change only. */
  seq: number;
  /** `withdrawn`: unpublished, expired, deleted, moved away or restricted. `recalled`: taken back as wrong. */
  change: "published" | "changed" | "withdrawn" | "recalled";
  /** Whether it is no longer public: delete it. */
  gone: boolean;
  /** When the feed took note of it. */
  at: string;
  /** Where to read it; null of what is gone. */
  url: string | null;
  /** The same as before: it says the same as before. Null of what is gone. */
  digest: string | null;
};

export type SiteHours = {
  time_zone: string;
  weekly: Opening[];
  words: string[];
  note: string;
};

/** A cursor that the history does not reach back to, or of the history of another database, such as one that was put back to a copy. */
export type StartAnewProblem = {
  type: string;
  /** In a sentence, for people. */
  title: string;
  status: number;
  /** What to do, for people. */
  detail: string;
  /** Where to start anew. */
  start: string;
};

/** * `verified` - verified
* `needs_checking` - needs_checking */
export type StatusEnum = "verified" | "needs_checking";

/** Rows to compare. Keep it narrow, for phones. */
export type TableBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "table";
  value: {
    caption: string | null;
    columns: ({
      type: "text" | "rich_text";
      heading: string | null;
    })[];
    rows: {
      values: string[];
    }[];
  };
};

/** Somebody on a team page, in the language of the page if they are in it. */
export type TeamPerson = {
  name: string;
  role: string;
  bio: string;
  bar_admission: string;
  languages: string[];
  locale: string;
  picture: Image | null;
  links: PersonLink[];
};

/** A word or phrase of the glossary, explained in plain words. */
export type Term = {
  slug: string;
  locale: string;
  name: string;
  /** Other ways in which it is written, such as the plural. */
  forms: string[];
  /** Plain text. */
  explanation: string;
  /** Where the law says so. */
  citation: string;
  source_url: string;
  /** Whether the source was checked. */
  verified: boolean;
  /** By a legal translator; null in the site's own language. */
  translation_reviewed: boolean | null;
  /** Whether pages explain it where they first use it. */
  in_place: boolean;
  /** Where the glossary of the site has it. */
  url: string;
  /** A page that says more. */
  page: Reference | null;
  translations: TermLink[];
};

export type TermChange = {
  type: "term";
  /** Its present one; of what is gone, the last. */
  slug: string;
  /** Its language. */
  locale: string;
  /** Grows with every change of anything. What changes again stands at its last change only. */
  seq: number;
  /** `withdrawn`: unpublished, expired, deleted, moved away or restricted. `recalled`: taken back as wrong. */
  change: "published" | "changed" | "withdrawn" | "recalled";
  /** Whether it is no longer public: delete it. */
  gone: boolean;
  /** When the feed took note of it. */
  at: string;
  /** Where to read it; null of what is gone. */
  url: string | null;
  /** The same as before: it says the same as before. Null of what is gone. */
  digest: string | null;
};

/** A term in another language. */
export type TermLink = {
  locale: string;
  slug: string;
  name: string;
  url: string;
};

/** All terms of a language, in the order of its letters. */
export type TermList = {
  count: number;
  results: Term[];
};

/** Paragraphs, lists and links. */
export type TextBlock = {
  /** Of the block, lasting. */
  id: string | null;
  type: "text";
  /** HTML, or as `text` asks. */
  value: string;
};

export type Threshold = {
  key: string;
  label: string;
  citations: Citation[];
  status: StatusEnum;
  checked_on: string | null;
  type: ThresholdTypeEnum;
  unit: UnitEnum | NullEnum;
  values: DatedValue[];
  note?: string;
  checked_by: string | null;
};

export type ThresholdChange = {
  type: "threshold";
  /** As its endpoint names it. */
  key: string;
  /** Grows with every change of anything. What changes again stands at its last change only. */
  seq: number;
  /** `withdrawn`: unpublished, expired, deleted, moved away or restricted. `recalled`: taken back as wrong. */
  change: "published" | "changed" | "withdrawn" | "recalled";
  /** Whether it is no longer public: delete it. */
  gone: boolean;
  /** When the feed took note of it. */
  at: string;
  /** Where to read it; null of what is gone. */
  url: string | null;
  /** The same as before: it says the same as before. Null of what is gone. */
  digest: string | null;
};

/** * `integer` - integer
* `money` - money
* `date` - date */
export type ThresholdTypeEnum = "integer" | "money" | "date";

/** A topic, and how many live articles of the language asked for have it. */
export type Topic = {
  slug: string;
  name: string;
  article_count: number;
};

export type TopicChange = {
  type: "topic";
  /** Its present one; of what is gone, the last. */
  slug: string;
  /** Its language. */
  locale: string;
  /** Grows with every change of anything. What changes again stands at its last change only. */
  seq: number;
  /** `withdrawn`: unpublished, expired, deleted, moved away or restricted. `recalled`: taken back as wrong. */
  change: "published" | "changed" | "withdrawn" | "recalled";
  /** Whether it is no longer public: delete it. */
  gone: boolean;
  /** When the feed took note of it. */
  at: string;
  /** Where to read it; null of what is gone. */
  url: string | null;
  /** The same as before: it says the same as before. Null of what is gone. */
  digest: string | null;
};

export type TopicLink = {
  slug: string;
  name: string;
};

export type TopicList = {
  count: number;
  results: Topic[];
};

export type TraceNode = {
  /** The condition's place in the release. */
  id: string;
  op: string;
  /** 0 no, 1 unknown, 2 yes.

* `0` - 0
* `1` - 1
* `2` - 2 */
  value: ValueEnum;
  /** The conditions that decided it. */
  by: string[];
};

/** The full answer, with the value of every condition that decided it. */
export type TraceResult = {
  detail: TraceResultDetailEnum;
  screener: string;
  /** SHA-256 of the release. */
  release: string;
  as_of: string;
  /** Version of the engine. */
  engine: string;
  locale: string;
  /** By a legal translator; null in the screener's own language. */
  translation_reviewed: boolean | null;
  complete: boolean;
  /** Key of the question to ask next. */
  next: string | null;
  shown: Shown;
  findings: Traced[];
};

/** * `trace` - trace */
export type TraceResultDetailEnum = "trace";

export type Traced = {
  key: string;
  group: GroupEnum;
  level: LevelEnum;
  severity: SeverityEnum;
  heading: string;
  /** HTML; plain text with `?text=plain`. */
  body: string;
  status: StatusEnum;
  /** The sentences that end `body`. */
  notes: string[];
  checked_on: string | null;
  /** How far it was checked, in a sentence. */
  checked: string;
  /** What must not be on paper or in a file: all of the finding, or `because` and `notes`.

* `finding` - finding
* `reasons` - reasons */
  off_paper: OffPaperEnum | NullEnum;
  citations: Citation[];
  /** Reasons, one sentence each. */
  because: string[];
  missing: Missing[];
  actions: Action[];
  /** What decided the level, a condition before its parts. */
  trace: TraceNode[];
};

export type Translation = {
  locale: string;
  slug: string;
  url: string;
};

/** * `days` - days
* `months` - months
* `years` - years */
export type UnitEnum = "days" | "months" | "years";

/** * `0` - 0
* `1` - 1
* `2` - 2 */
export type ValueEnum = 0 | 1 | 2;
