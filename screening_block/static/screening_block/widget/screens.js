/** A visit in the element: its start, the first question, and the parts that come meanwhile. */

import { ask } from "./asking.js";
import { button, fold, h, markup } from "./dom.js";
import { bring, foreign } from "./later.js";
import { stage_of } from "./stage.js";

/** @import { App, Arrived, Host, Told, Typed, Visit } from "./shapes.js" */

/** Milliseconds that the first answer waits for the parts that it can do without. */
const PATIENCE = 3000;

/**
 * The way out, shown where the page has none of its own. The form's goes, or there would be two.
 * @param {Host} host
 * @param {string} text
 */
export function way_out(host, text) {
  host.closest(".ls")?.querySelector(".ls-exit")?.remove();
  /** @param {Event} event */
  const leave = (event) => {
    event.preventDefault();
    host.leave();
  };
  const hidden = !!document.querySelector("[data-ls-exit]");
  return h(
    "p.exit",
    { hidden },
    h("a", { href: host.away, rel: "noreferrer", onclick: leave }, text),
  );
}

/**
 * Puts on the style that came with the parts, once.
 * @param {Host} host
 * @param {App["later"]} later
 */
export function dress({ shadowRoot }, { result }) {
  const worn = shadowRoot?.adoptedStyleSheets ?? [];
  if (result && !worn.includes(result.style)) worn.push(result.style);
}

/**
 * The first answer may be given: what has not come is not offered, and nothing is asked for.
 * @param {App} app
 * @param {Arrived} came
 */
export function equip(app, came) {
  Object.assign(app, came, { later: { ...came.later }, settled: true });
  Object.assign(app, app.later.result?.way(app));
  dress(app.host, app.later);
}

/**
 * Puts a visit into the element; `clear` and `visit` are for the element.
 * @param {Host} host
 * @param {Visit} visit
 * @param {Typed | null} [typed]
 * @returns {App}
 */
export function open(host, visit, typed) {
  const { release, book, ui } = visit;
  const begun = {
    host,
    visit,
    settle,
    begin,
    tell,
    question,
    back,
    review,
    start,
    arrival: fetch_parts,
    from_file,
    clear,
    /** @param {() => void} then */
    rewind: (then) => then(),
    later: {},
    settled: false,
  };
  const app = /** @type {App} */ (/** @type {unknown} */ (begun));
  const stage = (app.stage = stage_of(app));
  /** @type {ReturnType<typeof bring> | undefined} */
  let coming;

  /** What comes later, asked for before the first answer: once, and again where it failed. */
  async function fetch_parts() {
    if (!app.settled) await (coming ??= bring(visit)).done;
    return settle();
  }

  /**
   * Waits until the first answer may be given. Without the result no answer is taken: whoever
   * gave twenty would learn at their end that there is none.
   * @returns {Promise<boolean>} whether it may
   */
  async function settle() {
    if (app.settled) return true;
    const { came, needed, done } = (coming ??= bring(visit));
    try {
      await needed;
      await Promise.race([done, new Promise((then) => setTimeout(then, PATIENCE))]);
    } catch {
      coming = undefined;
      return false;
    }
    if (!app.settled) {
      equip(app, came);
      stage.ready();
    }
    return true;
  }

  /** @param {string} name */
  function tell(name) {
    const detail = { screener: release.key, release: release.sha256 };
    host.dispatchEvent(
      new CustomEvent(`screener:${name}`, { bubbles: true, composed: true, detail }),
    );
  }

  function begin() {
    if (!app.begun) tell("started");
    app.begun = true;
  }

  /** @param {unknown} [told] whether what is said of the translation stands elsewhere */
  function review(told) {
    return h(
      "p.review",
      !told && ui.translation && `${ui.translation} `,
      ui.reviewed,
      " ",
      h("strong", ui.overdue),
    );
  }

  /**
   * @param {boolean} [quiet]
   * @param {string} [says]
   */
  function start(quiet, says) {
    const at_hand = visit.text(["at_hand"]);
    const nodes = [
      ui.translation && h("p.notice", ui.translation),
      markup(visit.text(["intro"])),
      (ui.takes || at_hand) &&
        h(
          "dl",
          ui.takes && [h("dt", ui.time), h("dd", ui.takes)],
          at_hand && [h("dt", ui.at_hand), h("dd", markup(at_hand))],
        ),
      review(1),
      h("p.promise", ui.promise, matchMedia("(hover)").matches && ui.keys),
      h("p", button("button", to_first, ui.start)),
      from_file(),
    ];
    stage.show(visit.text(["title"]), nodes, {
      quiet,
      says,
      plain: host.hasAttribute("seamless"),
      at: (other) => other.start(),
    });
  }

  /** To the first question; where there is none, to the result. */
  async function to_first() {
    begin();
    const { next } = visit.outcome;
    if (next) question(next);
    else if (await settle()) app.go_on();
  }

  /** @param {boolean} [quiet] */
  function clear(quiet) {
    visit.clear();
    stage.empty();
    app.begun = app.ended = app.looked = false;
    start(quiet, ui.cleared);
  }

  /** What unfolds to go on with a saved file, as long as nothing is answered. */
  function from_file() {
    return fold(ui.file.open, () => {
      const place = h("div", ui.moment);
      fetch_parts().then((came) =>
        place.replaceChildren((came && app.later.file?.opening(app)) || ui.file.wrong.unreachable),
      );
      return place;
    });
  }

  /**
   * The way back from a screen before which so many questions lie.
   * @param {number} place
   */
  function back(place) {
    return button("link.back", () => (place ? question(visit.asked[place - 1]) : start()), ui.back);
  }

  /**
   * @param {string} key
   * @param {Told} [told]
   */
  function question(key, told) {
    ask(app, key, told);
  }

  /**
   * Goes on where the visitor has begun before the questions were there.
   * @param {Typed} typed
   */
  function carry({ key, given, pressed }) {
    begin();
    question(key);
    const { screen } = stage;
    /** @type {any} */
    let field;
    for (const [name, value] of given) {
      const id = name === "answer" ? `o-${value}` : name;
      const found = screen.querySelector(`#${CSS.escape(id)}`);
      if (!found) continue;
      field = found;
      if (name === "answer") field.click();
      else field.value = value;
    }
    field?.focus();
    /** @type {HTMLElement | null} */
    const go = screen.querySelector("form .button");
    if (pressed) go?.click();
  }

  const held = host.contains(document.activeElement);
  // A form goes, with what was typed. All else is the page's, which may change it, and unseen.
  if (host.querySelector("form")) host.replaceChildren();
  host.shadowRoot?.replaceChildren(
    h(
      "div.ls",
      { lang: book.locale, dir: book.dir },
      way_out(host, ui.exit),
      stage.screen,
      stage.live,
    ),
  );
  if (release.data.texts[book.locale]?.foreign_words)
    foreign()
      .then((made) => made.watch(host, visit))
      .catch(() => {});
  if (
    typed &&
    typed.key === visit.outcome.next &&
    (typed.pressed || typed.given[0] || host.hasAttribute("asks"))
  ) {
    carry(typed);
  } else start(!held);
  return app;
}
