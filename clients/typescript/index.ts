/** The content API of a legal-content site: one method for each endpoint, with types. */

import type {
  Article,
  ArticleSummary,
  Change,
  ChangeList,
  Chart,
  EvaluationResult,
  HelpEntry,
  Index,
  Page,
  PageSummary,
  Preview,
  Problem,
  PlacesProblem,
  RecalledProblem,
  Release,
  ScreenerHelp,
  ScreenerSummary,
  Site,
  StartAnewProblem,
  Term,
  TermList,
  Threshold,
  Topic,
  TopicList,
} from "./types.js";

export type * from "./types.js";

type Query = Record<string, string | number | readonly string[] | undefined>;
type Part = { limit?: number; offset?: number };
type Text = { text?: "html" | "markdown" | "plain"; expand?: "screener" };
/** What a list holds, with where its other pages are. */
export type List<T> = {
  count: number;
  next: string | null;
  previous: string | null;
  results: T[];
};
export type ArticleQuery = Part &
  Text & {
    topic?: string;
    q?: string;
    locale?: string;
    review?: "reviewed" | "overdue" | "unreviewed";
    updated_since?: string;
    order?: "published" | "-published" | "updated" | "-updated";
    cursor?: string;
  };

/** The API refused: its status, and the problem as it was sent (RFC 9457). */
export class ProblemError extends Error {
  readonly status: number;
  readonly problem: Problem | PlacesProblem | RecalledProblem | StartAnewProblem;

  constructor(problem: Problem | PlacesProblem | RecalledProblem | StartAnewProblem) {
    super(`${problem.status}: ${problem.title}`);
    this.status = problem.status;
    this.problem = problem;
  }
}

/** A part of the feed of changes: see `LegalContent.follow`. */
export type Changes = {
  results: Change[];
  /** To be kept once the results are dealt with: where to go on, now or in a week. */
  cursor: string;
  /**
   * Whether this is of a list of all that is public. What is held, and not in such a list
   * when it is complete, is gone.
   */
  anew: boolean;
  /** Whether there is no more at the moment. */
  complete: boolean;
};

/** To be called where every case was told apart: a new one then does not compile. */
export function exhausted(value: never): never {
  throw new Error(`A block that this program does not know: ${JSON.stringify(value)}`);
}

/** A site, by its address. With `fields` the type of an answer has these alone. */
export class LegalContent {
  readonly #address: string;
  readonly #fetch: typeof fetch;
  readonly #known = new Map<string, { tag: string; body: unknown }>();

  constructor(address: string, how: typeof fetch = fetch) {
    this.#address = address.replace(/\/+$/, "");
    this.#fetch = how;
  }

  index = () => this.get<Index>("");
  topics = (query: { locale?: string } = {}) => this.get<TopicList>("topics/", query);
  topic = (slug: string, query: { locale?: string } = {}) =>
    this.get<Topic>(`topics/${encodeURIComponent(slug)}/`, query);
  terms = (query: { locale?: string } = {}) => this.get<TermList>("terms/", query);
  term = (slug: string, query: { locale?: string } = {}) =>
    this.get<Term>(`terms/${encodeURIComponent(slug)}/`, query);
  site = (query: { locale?: string } = {}) => this.get<Site>("site/", query);
  screeners = () => this.get<ScreenerSummary[]>("screeners/");
  thresholds = () => this.get<Threshold[]>("thresholds/");
  threshold = (key: string) =>
    this.get<Threshold>(`thresholds/${encodeURIComponent(key)}/`);
  chart = (key: string) => this.get<Chart>(`charts/${encodeURIComponent(key)}/`);
  screener = (key: string) => this.get<Release>(`screeners/${encodeURIComponent(key)}/`);
  release = (sha256: string) => this.get<Release>(`releases/${sha256}/`);
  screenerHelp = (key: string, query: { locale?: string } = {}) =>
    this.get<ScreenerHelp>(`screeners/${encodeURIComponent(key)}/help/`, query);

  articles<F extends keyof Article = keyof ArticleSummary>(
    query: ArticleQuery & { fields?: readonly F[] } = {},
  ) {
    return this.get<List<Pick<Article, F>> & { next_cursor: string | null }>(
      "articles/",
      query,
    );
  }

  /** All articles of a list, page by page, none twice. */
  async *everyArticle<F extends keyof Article = keyof ArticleSummary>(
    query: ArticleQuery & { fields?: readonly F[] } = {},
  ) {
    let cursor: string | undefined;
    do {
      const page = await this.articles<F>({ limit: 100, ...query, cursor });
      yield* page.results;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }

  article<F extends keyof Article = keyof Article>(
    slug: string,
    query: Text & { locale?: string; fields?: readonly F[] } = {},
  ) {
    return this.get<Pick<Article, F>>(`articles/${encodeURIComponent(slug)}/`, query);
  }

  pages<F extends keyof Page = keyof PageSummary>(
    query: Part & Text & { type?: string; locale?: string; fields?: readonly F[] } = {},
  ) {
    return this.get<List<Pick<Page, F>>>("pages/", query);
  }

  /** A page by its id or its path. */
  page<F extends keyof Page = keyof Page>(
    place: string | number,
    query: Text & { locale?: string; fields?: readonly F[] } = {},
  ) {
    const path = String(place).split("/").filter(Boolean).map(encodeURIComponent);
    return this.get<Pick<Page, F>>(`pages/${path.join("/")}/`, query);
  }

  /** A draft, by a link that an editor gave out. */
  preview = (token: string, query: Pick<Text, "text"> = {}) =>
    this.get<Preview>(`previews/${encodeURIComponent(token)}/`, query);

  help<F extends keyof HelpEntry = keyof HelpEntry>(
    query: Part & {
      locale?: string;
      subject?: string;
      area?: string;
      fields?: readonly F[];
    } = {},
  ) {
    return this.get<List<Pick<HelpEntry, F>>>("help/", query);
  }

  helpEntry = (key: string, query: { locale?: string } = {}) =>
    this.get<HelpEntry>(`help/${encodeURIComponent(key)}/`, query);

  changes = (query: { after?: string; limit?: number } = {}) =>
    this.get<ChangeList>("changes/", query, { fresh: true });

  /**
   * What changed since a cursor, part by part, until there is no more at the moment.
   * Without a cursor, and where the site cannot tell any more what happened since, all
   * that is public is told anew: see `Changes.anew`.
   */
  async *follow(cursor?: string): AsyncGenerator<Changes, void, undefined> {
    let after = cursor;
    let anew = after === undefined;
    for (;;) {
      let found: ChangeList;
      try {
        found = await this.changes({ limit: 100, after });
      } catch (error) {
        const old = error instanceof ProblemError && error.status === 410;
        if (!old || after === undefined) throw error;
        after = undefined;
        anew = true;
        continue;
      }
      after = found.next;
      const complete = !found.has_more;
      yield { results: found.results, cursor: after, anew, complete };
      if (complete) return;
    }
  }

  /**
   * What an entry of the feed tells of, read past every cache. Throws a `ProblemError`
   * (404 or 410) where it is gone meanwhile, which the feed will tell.
   */
  async read(change: Change): Promise<unknown> {
    if (change.url === null) throw new Error("It is gone.");
    const path = change.url.slice(change.url.indexOf("/api/v1/") + "/api/v1/".length);
    return this.get<unknown>(path, {}, { fresh: true });
  }

  /** Works out a set of answers. The site neither keeps nor logs them. */
  evaluate(
    key: string,
    answers: Record<string, unknown>,
    more: { as_of?: string; locale?: string; release?: string } = {},
  ) {
    return this.post<EvaluationResult>(`screeners/${encodeURIComponent(key)}/evaluate/`, {
      answers,
      ...more,
    });
  }

  /**
   * Reads any endpoint below `/api/v1/`. What was read before is asked for by its ETag;
   * with `fresh` past every cache, and it is not remembered.
   */
  async get<T>(
    path: string,
    query: Query = {},
    { fresh = false }: { fresh?: boolean } = {},
  ): Promise<T> {
    const address = new URL(`${this.#address}/api/v1/${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) address.searchParams.set(name, String(value));
    }
    const known = this.#known.get(address.href);
    const headers: Record<string, string> = { Accept: "application/json" };
    if (fresh) headers["Cache-Control"] = "no-cache";
    else if (known) headers["If-None-Match"] = known.tag;
    const answer = await this.#fetch(address, { headers });
    if (answer.status === 304 && known && !fresh) return known.body as T;
    const body = await read<T>(answer);
    const tag = answer.headers.get("ETag");
    if (tag && !fresh) this.#known.set(address.href, { tag, body });
    return body;
  }

  /** Sends JSON to an endpoint below `/api/v1/`. */
  async post<T>(path: string, body: unknown): Promise<T> {
    const answer = await this.#fetch(`${this.#address}/api/v1/${path}`, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return read<T>(answer);
  }
}

async function read<T>(answer: Response): Promise<T> {
  if (answer.ok) return (await answer.json()) as T;
  if (answer.headers.get("Content-Type") === "application/problem+json") {
    throw new ProblemError((await answer.json()) as Problem);
  }
  const title = answer.statusText || "No answer";
  throw new ProblemError({ type: "about:blank", title, status: answer.status });
}
