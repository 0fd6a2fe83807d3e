/** Answers in a file: saving them, going on with them, and opening them on a page of its own. */

import { evaluate, walk } from "../engine/evaluate.js";
import { need } from "../engine/types.js";
import { button, fold, h } from "./dom.js";
import { fetch_release } from "./element.js";
import {
  MAX_FILE,
  MIN_PHRASE,
  bare_phrase,
  can_seal,
  fit,
  make_phrase,
  pack,
  seal,
  unpack,
  unseal,
} from "./saved.js";
import { dress, equip, open, way_out } from "./screens.js";
import { begin } from "./visit.js";

/** @import { Release } from "../engine/shapes.js" */
/** @import { App, Host, Part, SavedVisit, Visit, WidgetBook } from "./shapes.js" */

/** Tells a stranger little. */
const NAME = "notes.json";

/** @type {(text: string, input: HTMLElement) => HTMLElement} */
const labelled = (text, input) => h("p", h("label", { for: input.id }, text), input);

/** A field for a phrase, which no browser keeps, corrects or sends to be spelled. */
const phrase_field = () =>
  h("input", {
    id: "phrase",
    ...{ size: 30, maxlength: 200, autocomplete: "off", autocapitalize: "none" },
    ...{ spellcheck: "false", autocorrect: "off" },
  });

/**
 * What unfolds to save the answers given so far.
 * @param {App} app
 */
export function saving({ visit, later }) {
  const words = visit.ui.file;
  const { open_url } = visit.book;
  const save = later.sheet?.save;
  const make = () => {
    const phrase = phrase_field();
    const said = h("p.hint", { role: "status" });
    const write = async () => {
      const typed = bare_phrase(phrase.value);
      if (typed && typed.length < MIN_PHRASE) {
        said.textContent = words.short;
        phrase.focus();
        return;
      }
      said.textContent = typed ? words.wait : "";
      const text = pack(visit, !typed);
      save?.(NAME, "application/json", typed ? await seal(text, typed) : text);
      said.textContent = visit.ui.confined ?? words.written;
    };
    const made = () => {
      phrase.value = make_phrase();
      phrase.focus();
    };
    return h(
      "div",
      h("p", words.private),
      open_url && h("p", visit.say(words.hand_over, { address: open_url })),
      visit.asked.some(visit.off) && h("p", words.off_paper),
      can_seal()
        ? [
            labelled(words.phrase, phrase),
            h("p.hint", words.rules),
            h("p", button("link", made, words.make)),
          ]
        : h("p.hint", words.unlocked),
      button("button.quiet", write, words.write),
      said,
    );
  };
  return save && visit.release.sha256 && fold(words.save, make);
}

/**
 * A field for a file, which is read here; `read` is for files that come in another way.
 * @param {Record<string, any>} words
 * @param {(saved: SavedVisit) => void | Promise<void>} take throws what `wrong` has a sentence for
 */
function reader(words, take) {
  const said = h("p.error", { role: "alert", hidden: true });
  const more = h("div");
  /** @param {() => void | Promise<void>} act */
  const attempt = async (act) => {
    said.hidden = true;
    try {
      await act();
    } catch (refusal) {
      const { code } = /** @type {any} */ (refusal);
      if (!code) console.warn(refusal);
      said.textContent = words.wrong[code] ?? words.wrong.other;
      said.hidden = false;
    }
  };
  /** @param {File} file */
  const read = (file) =>
    attempt(async () => {
      more.replaceChildren();
      need(file.size <= MAX_FILE, "size");
      const saved = unpack(await file.text());
      if (!("sealed" in saved)) return take(saved);
      need(can_seal(), "insecure");
      const phrase = phrase_field();
      const wait = h("p.hint", { role: "status" });
      /** @param {Event} event */
      const unlock = (event) => {
        event.preventDefault();
        wait.textContent = words.wait;
        return attempt(async () => take(await unseal(saved, phrase.value))).then(() => {
          wait.textContent = "";
          if (!said.hidden) phrase.focus();
        });
      };
      more.replaceChildren(
        h(
          "form",
          { method: "dialog", autocomplete: "off" },
          labelled(words.sealed, phrase),
          // Not on submit: a frame that may only run scripts submits nothing.
          h("button.button", { onclick: unlock }, words.unlock),
          wait,
        ),
      );
      phrase.focus();
    });
  const input = h("input", {
    id: "file",
    type: "file",
    accept: ".json,application/json",
    onchange: () => {
      const [file] = input.files;
      // Nothing of it stays in the page, and the same can be picked again.
      if (file) read(file).then(() => (input.value = ""));
    },
  });
  const node = h("div.field", h("p", words.read_here), labelled(words.pick, input), more, said);
  return { node, read, attempt, more };
}

/**
 * Gives the answers of a file again. What is said of it, and the questions that lost theirs.
 * @param {App} app
 * @param {SavedVisit} saved
 * @returns {[dropped: string[], heading: string]}
 */
function restore({ visit }, saved) {
  const { release, book, ui } = visit;
  const { answers: fitting, lost, changed } = fit(release, saved);
  const { asked, answers, dropped } = walk(release, fitting, book.as_of);
  const outcome = evaluate(release, answers, book.as_of);
  Object.assign(visit, { asked, answers, outcome, announced: [] });
  lost.push(...dropped);
  const said = [changed && ui.file.renewed, lost[0] && visit.say(ui.file.lost, { n: lost.length })];
  return [lost, said.filter(Boolean).join(" ")];
}

/**
 * What is offered before the first answer.
 * @param {App} app
 */
export const opening = (app) =>
  reader(app.visit.ui.file, (saved) => {
    const said = restore(app, saved);
    // Who had answered everything goes on with the result.
    app.looked = app.visit.outcome.complete;
    app.go_on(...said);
  }).node;

/**
 * The page that opens files: asks for the release that a file names and shows the result.
 * @param {Host} host
 * @param {Pick<App, "later">} came the parts of the script, this one among them
 */
export function handover(host, came) {
  // By language: that of the page, and those that the result can be read in.
  const said = JSON.parse(host.querySelector("script")?.textContent ?? "");
  const own = host.locale;
  const base = new URL(host.getAttribute("src") ?? "", document.baseURI);
  /** @type {ReturnType<typeof reader>} */
  let picking;
  dress(host, came.later);

  /** @param {boolean} [quiet] */
  function pick(quiet) {
    host.app?.visit.clear();
    host.app = undefined;
    const lang = said[host.locale] ? host.locale : own;
    picking = reader(said[lang], (saved) => take(saved, saved.release));
    const { node } = picking;
    host.shadowRoot?.replaceChildren(h("div.ls", { lang }, way_out(host, said[lang].exit), node));
    if (!quiet) node.querySelector("input").focus();
  }

  /** @type {(saved: SavedVisit, sha256: string) => Promise<void>} */
  async function take(saved, sha256) {
    const address = new URL(`${sha256}/`, base);
    address.search = String(new URLSearchParams({ words: host.locale, as_of: saved.as_of }));
    try {
      const [release, ...books] = await fetch_release(address);
      show(saved, release, books);
    } catch (problem) {
      const { code, detail, successor, status } = /** @type {any} */ (problem);
      if (status === 404) throw { code: "missing" };
      if (!detail) throw { code: code ?? "unreachable" };
      const { attempt, more } = picking;
      const next = () => attempt(() => take(saved, successor));
      const go = button("link", next, (said[host.locale] ?? said[own]).successor);
      more.replaceChildren(h("div.summary", { role: "alert" }, h("p", detail), successor && go));
    }
  }

  /**
   * @param {SavedVisit} saved
   * @param {Release} release
   * @param {WidgetBook[]} books for the day of the file, then for today
   */
  function show(saved, release, books) {
    const [book, other] = books;
    const { languages } = came.later;
    const visit = begin(release, book);
    // Refused before the page changes.
    fit(release, saved);
    // Nothing but the questions is asked for, in all their languages.
    delete book.help_url;
    languages?.fetch(visit, came);

    /** @param {App} app in the first language, and once more in each that is chosen */
    function opened(app) {
      const { visit, stage } = (host.app = Object.assign(app, { clear: pick, opened }));
      const { locale, as_of } = visit.book;
      const words = said[locale] ?? said[own];
      const today = as_of >= other.as_of;
      const turn = async () => {
        try {
          const then =
            other.locale === locale ? other : await languages?.words_on(visit, other.as_of);
          if (then) show({ ...saved, answers: visit.answers }, release, [then, visit.book]);
        } catch {
          stage.no_language();
        }
      };
      const bar = h(
        "div.notice.off",
        { lang: said[locale] ? locale : own },
        h("p", visit.say(today ? words.of_today : words.of_file, { date: visit.date(as_of) })),
        h(
          "div.buttons",
          as_of !== other.as_of && button("link", turn, today ? words.to_file : words.to_today),
          button("link", () => pick(), words.another),
        ),
      );
      host.shadowRoot?.querySelector(".exit")?.after(bar);
    }

    const app = open(host, visit);
    equip(app, came);
    opened(app);
    app.result(app.tell_lost(...restore(app, saved)));
  }

  // A file that misses the field would take the place of the page, and its address.
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file) {
      pick();
      picking.read(file);
    }
  });
  // A phrase that was typed goes as well when the page goes.
  addEventListener("pagehide", () => pick(true));
  pick(true);
}
