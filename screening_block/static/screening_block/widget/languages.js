/**
 * The other languages of a release, in a later part. Each is fetched before the first answer;
 * the visit can go on in it, and its text of a question or finding can be read beside.
 */

import { parse } from "../engine/release.js";
import { TYPES } from "../engine/types.js";
import { fold, h, markup } from "./dom.js";
import { entries_of, get_part, located } from "./fetched.js";
import { foreign } from "./later.js";
import { equip, open } from "./screens.js";
import { begin } from "./visit.js";

/** @import { Finding, Question } from "../engine/shapes.js" */
/** @import { LegalScreener } from "./element.js" */
/** @import { App, Arrived, Host, Later, Part, Visit, WidgetBook, Words } from "./shapes.js" */

/**
 * The words of a language, whose texts are then in the release; asked for once, and again
 * where it failed.
 * @param {Pick<Visit, "release" | "book">} visit
 * @param {NonNullable<Arrived["words"]>} words those that are known, or on their way
 * @param {string} locale
 * @returns {Promise<Words>}
 */
function words_of({ release, book }, words, locale) {
  const { texts } = release.data;
  return (words[locale] ??= get_part(book, locale, "words")
    .then(async (line) => {
      const found = parse(line);
      texts[locale] = found.texts;
      const own = located(found.words, book.parts_url ?? "");
      // Where a file is opened, nobody is asked for.
      if (!book.help_url) delete own.help_url;
      // Without them nobody is named, as where they did not come in the first language.
      const entries = await entries_of(own).catch(() => undefined);
      // Now, so that nothing is asked for when the language is switched.
      const marks = found.texts.foreign_words && (await foreign().catch(() => undefined));
      return { book: own, entries, marks };
    })
    .catch((error) => {
      delete words[locale];
      throw error;
    }));
}

/**
 * The words of another day, in the language of a visit.
 * @param {Visit} visit
 * @param {string} as_of
 */
export const words_on = async ({ release, book }, as_of) =>
  (await words_of({ release, book: { ...book, as_of } }, {}, book.locale)).book;

/** @param {WidgetBook} book */
const others = ({ languages = {}, locale }) =>
  Object.keys(languages).filter((one) => one !== locale);

/**
 * Asks for all of them; nothing waits for that.
 * @param {Visit} visit
 * @param {Arrived} came
 */
export function fetch(visit, came) {
  const { book } = visit;
  const words = (came.words = {});
  for (const one of others(book)) words_of(visit, words, one).catch(() => {});
}

/**
 * The visit in other words, with the same answers.
 * @param {Visit} visit
 * @param {WidgetBook} book
 * @returns {Visit}
 */
function reworded({ release, answers, asked, ranges, announced, waiting, outcome }, book) {
  const state = { answers, asked, ranges, announced, waiting, outcome };
  return Object.assign(begin(release, book), state);
}

/**
 * The same visit in other words: its answers, the screen that shows, and what stands in its
 * fields. The page keeps the focus and its place where it has them.
 * @param {Host} host
 * @param {App} before
 * @param {Words} words
 * @returns {App}
 */
function reopen(host, before, { book, entries }) {
  /** @type {() => HTMLInputElement[]} */
  const fields = () =>
    Array.from(
      host.shadowRoot?.querySelectorAll("form :is(input, select):not(.ahead *)") ?? [],
      (one) => /** @type {HTMLInputElement} */ (one),
    );
  const typed = fields().map(({ id, checked, value }) => ({ id, checked, value }));
  const page = /** @type {Document | ShadowRoot} */ (host.getRootNode());
  const [focused, left, top] = [page.activeElement, scrollX, scrollY];
  const { begun, ended, looked, later, words, opened } = before;
  const app = open(host, reworded(before.visit, book));
  equip(app, { later, entries, words });
  Object.assign(app, { begun, ended, looked });
  opened?.(app);
  before.at(app);
  for (const one of fields()) {
    const { checked, value } = typed.find(({ id }) => id === one.id) ?? one;
    Object.assign(one, one.matches("[type=radio], [type=checkbox]") ? { checked } : { value });
  }
  if (focused && focused !== host && !host.contains(focused)) {
    /** @type {HTMLElement} */ (focused).focus({ preventScroll: true });
    scrollTo({ left, top, behavior: "instant" });
  }
  return app;
}

/**
 * Shows the visit in the language that the element names now. Where that cannot be had, the
 * visit stays as it is and says so.
 * @param {LegalScreener} host
 */
export async function translate(host) {
  const { named, wanted } = host;
  const app = /** @type {App} */ (host.app);
  const { visit, words = {}, entries } = app;
  const { release, book } = visit;
  const { languages = {} } = book;
  const names = [wanted, wanted.split("-")[0], release.data.locale];
  const locale = /** @type {string} */ (names.find((one) => one in languages) ?? book.locale);
  if (locale === book.locale) return;
  // The way back.
  words[book.locale] = Promise.resolve({ book, entries });
  try {
    const found = await words_of(visit, words, locale);
    if (named !== host.named || app !== host.app) return;
    Object.assign(found.book.ui, host.says?.[locale]);
    host.app = reopen(host, app, found);
  } catch (error) {
    console.warn(error);
    app.stage.no_language();
  }
}

/**
 * What unfolds to read something in the other languages, each marked as what it is.
 * @param {App} app
 * @param {(other: Visit) => Part} nodes
 * @returns {HTMLElement[]}
 */
const beside = ({ visit, words }, nodes) =>
  others(visit.book).map((locale) =>
    fold(visit.ui.beside[locale], () => {
      const place = h("div", visit.ui.moment);
      words_of(visit, words ?? {}, locale).then(
        ({ book, marks }) => {
          const { dir } = book;
          place.replaceChildren(
            h("div.beside", { lang: locale, dir }, nodes(reworded(visit, book))),
          );
          marks?.mark(place, visit.release.data);
        },
        () => place.replaceChildren(visit.ui.no_language),
      );
      return place;
    }),
  );

/** @type {(app: App, key: string) => HTMLElement[]} */
export const question_beside = (app, key) =>
  beside(app, (other) => {
    const question = /** @type {Question} */ (other.release.questions.get(key));
    const listed = TYPES[question.base]?.listed?.(question) ?? [];
    return [
      h("p", h("strong", other.question(key))),
      markup(other.text(["questions", key, "help"])),
      listed[0] !== undefined &&
        h(
          "ul",
          listed.map((one) => h("li", other.option(key, one))),
        ),
    ];
  });

/** @type {(app: App, key: string) => HTMLElement[]} */
export const finding_beside = (app, key) =>
  beside(app, (other) => {
    const found = /** @type {Finding} */ (other.outcome.findings.find((one) => one.key === key));
    const { in_full } = /** @type {NonNullable<Later["result"]>} */ (app.later.result);
    const { heading, body, notes, apart } = in_full(other, found);
    return [h("p", h("strong", heading)), markup(body), h("div", apart, notes.map(markup))];
  });
