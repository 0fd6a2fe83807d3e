/** Where screens stand in the element: one shows, and the next is laid out behind it. */

import { button, h } from "./dom.js";

/** @import { App, How, Part, Visit } from "./shapes.js" */

/**
 * @typedef {{given: string, then?: Visit, put?: () => void}} Ahead what follows an answer: the
 *   answer, the visit after it, and what shows its screen
 */

/**
 * At once, also where the page would scroll smoothly.
 * @param {HTMLElement} node
 * @param {HTMLElement} [top]
 */
export function focus_on(node, top = node) {
  node.focus({ preventScroll: true });
  const at = top.getBoundingClientRect().top;
  if (at < 50 || at > innerHeight / 2) top.scrollIntoView({ behavior: "instant" });
}

/**
 * Once the screen `made` is painted, if it is the one that shows then.
 * @param {HTMLElement} made
 * @param {() => void} act
 */
export const when_painted = (made, act) =>
  setTimeout(() => made.isConnected && !made.className && act(), 50);

/** Attributes that name an element. */
const NAMES = ["id", "for", "aria-describedby"];

/**
 * Gives what is in a screen other names, as long as another one has them.
 * @param {Element} made
 * @returns {() => void} gives it its own
 */
function set_apart(made) {
  const named = [...made.querySelectorAll(`[${NAMES.join("], [")}]`)].flatMap((one) =>
    NAMES.flatMap((name) => {
      const own = one.getAttribute(name);
      return own ? [{ one, name, own }] : [];
    }),
  );
  for (const { one, name, own } of named) one.setAttribute(name, own.replace(/\S+/g, "$&-ahead"));
  return () => {
    for (const { one, name, own } of named) one.setAttribute(name, own);
  };
}

/** @param {Element} left a screen that is on its way out */
function unname(left) {
  for (const name of NAMES)
    for (const one of left.querySelectorAll(`[${name}]`)) one.removeAttribute(name);
}

/**
 * @param {App} app whose `at`, `looked` and `ended` follow what shows
 */
export function stage_of(app) {
  const { host, visit } = app;
  /** @type {HTMLElement} */
  const screen = h("div");
  const live = h("p.hidden", { role: "status" });
  /** @type {Ahead | null | undefined} What would follow an answer, if it is made already. */
  let ahead;
  /** @type {(() => void) | undefined} What the screen that shows makes ready. */
  let idle;

  /** The other languages that the questions are in, each by its own name. */
  function other_languages() {
    const { languages = {}, locale } = visit.book;
    const others = Object.entries(languages).filter(([one]) => one !== locale);
    /** @type {(one: [string, string]) => HTMLElement} */
    const offer = ([lang, name]) => button("link", () => (host.locale = lang), { lang }, name);
    return others[0] && h("p.others", h("span", { role: "alert" }), others.map(offer));
  }

  /** Says that one could not be had; the next press tries again. */
  function no_language() {
    host.named = "";
    const [said] = screen.querySelectorAll(".others span:not(.ahead *)");
    said?.replaceChildren(visit.ui.no_language);
  }

  /** Takes away what is not shown: what was, and what was made ahead. */
  function tidy() {
    for (const one of screen.querySelectorAll(".ahead")) one.remove();
  }

  /**
   * Shows a screen, moves the focus to its heading and says what is new.
   * @param {string} title
   * @param {Part[] | ((heading: HTMLElement) => Part[])} nodes
   * @param {How} how
   */
  function show(
    title,
    nodes,
    { place = 0, quiet, says = "", before, plain, ends, ready, at, progress },
  ) {
    const heading = h("h2", { tabindex: -1, class: plain && "hidden" }, title);
    const made = h("div", before, typeof nodes === "function" ? nodes(heading) : [heading, nodes]);
    const top = h("div.top", progress && h("p.fine", progress), other_languages());
    const back = made.querySelector(".back");
    if (back) back.after(top);
    else made.prepend(top);
    const put = () => {
      ahead = idle = undefined;
      for (const one of screen.children) {
        one.className = "ahead";
        // What goes is found by no name any more: the next screen's are the only ones.
        if (one !== made) unname(one);
      }
      made.className = "";
      app.at = at;
      if (ends && !app.ended) {
        app.tell("finished");
        app.ended = true;
      }
      app.looked = ends ?? app.looked;
      if (!quiet) focus_on(heading, screen);
      app.places?.enter(place, quiet);
      // Whoever goes now loses answers, and is asked first.
      (visit.asked.length ? addEventListener : removeEventListener)("beforeunload", host);
      when_painted(made, () => {
        tidy();
        live.textContent = says;
        idle = ready;
        ready?.();
      });
    };
    screen.append(made);
    if (ahead && !ahead.put) {
      const own = set_apart(made);
      ahead.put = () => {
        own();
        put();
      };
      made.className = "ahead";
      // Lays it out now, and a slow phone need not when it is shown.
      heading.getBoundingClientRect();
    } else put();
  }

  /**
   * Makes what follows an answer and has it laid out, but hidden: while the visitor still
   * reads, so that it is there at once when the answer is given.
   * @param {string} given the answer
   * @param {() => void} act
   */
  function prepare(given, act) {
    if (ahead?.given === given) return;
    const now = { ...visit };
    tidy();
    /** @type {Ahead} */
    const made = (ahead = { given });
    try {
      act();
      made.then = { ...visit };
    } finally {
      Object.assign(visit, now);
      if (!made.then) ahead = null;
    }
  }

  /** Shows it. @type {typeof prepare} */
  function take(given, act) {
    prepare(given, act);
    Object.assign(visit, ahead?.then);
    ahead?.put?.();
  }

  function empty() {
    screen.replaceChildren();
    live.textContent = "";
  }

  return { screen, live, show, prepare, take, empty, no_language, ready: () => idle?.() };
}
