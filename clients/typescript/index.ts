/** The content API of a legal-content site: one method for each endpoint, with types. */

import type {
  Article,
  ArticleSummary,
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
  Threshold,
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
  readonly problem: Problem | PlacesProblem | RecalledProblem;

  constructor(problem: Problem | PlacesProblem | RecalledProblem) {
    super(`${problem.status}: ${problem.title}`);
    this.status = problem.status;
    this.problem = problem;
  }
}

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
  site = (query: { locale?: string } = {}) => this.get<Site>("site/", query);
  screeners = () => this.get<ScreenerSummary[]>("screeners/");
  thresholds = () => this.get<Threshold[]>("thresholds/");
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

  /** Reads any endpoint below `/api/v1/`. What was read before is asked for by its ETag. */
  async get<T>(path: string, query: Query = {}): Promise<T> {
    const address = new URL(`${this.#address}/api/v1/${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) address.searchParams.set(name, String(value));
    }
    const known = this.#known.get(address.href);
    const headers: Record<string, string> = { Accept: "application/json" };
    if (known) headers["If-None-Match"] = known.tag;
    const answer = await this.#fetch(address, { headers });
    if (answer.status === 304 && known) return known.body as T;
    const body = await read<T>(answer);
    const tag = answer.headers.get("ETag");
    if (tag) this.#known.set(address.href, { tag, body });
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
