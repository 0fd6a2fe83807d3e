/** What stands in the element: the screens of a visit, one at a time. */

import { button, fold, h, markup } from "./dom.js";
import { fields_of } from "./question.js";
import { given, plain_node, plain_nodes } from "./findings.js";
import { bring } from "./later.js";

/** @import { Finding, Value } from "../engine/shapes.js" */
/** @import { App, Host, Part, Told, Typed, Visit, Want } from "./shapes.js" */

/** Milliseconds that the first answer waits for the parts that come later. */
const PATIENCE = 3000;

/**
 * @typedef {{given: string, then?: Visit, put?: () => void}} Ahead what follows an answer: the
 *   answer, the visit after it, and what shows its screen
 */

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
 * Puts on the style that came with the parts, if it came.
 * @param {Host} host
 * @param {App["later"]} later
 */
export function dress({ shadowRoot }, { result }) {
  if (result) shadowRoot?.adoptedStyleSheets.push(result.style);
}

/**
 * A notice with the questions whose answers went.
 * @param {Visit} visit
 * @param {string[]} dropped
 * @param {string} said
 * @returns {Told}
 */
export function tell_of(visit, dropped, said) {
  // A release that came later may not have the question any more.
  const labels = dropped.map(visit.question).filter(Boolean);
  const list = h(
    "ul",
    labels.map((label) => h("li", label)),
  );
  const before = h("div.notice.off", h("p", said), labels[0] && list);
  return said ? { says: [said, ...labels].join(" "), before } : {};
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
  /** @type {HTMLElement} */
  const screen = h("div");
  const live = h("p.hidden", { role: "status" });
  /** @type {ReturnType<typeof import("./places.js").places_of> | undefined} */
  let places;
  /** @type {App} */
  const app = {
    host,
    visit,
    question,
    result,
    sheet,
    clear,
    review,
    rewind: (then) => (places ? places.rewind(then) : then()),
    go_on,
    travel,
    later: {},
    settled: false,
    place: 0,
  };
  /** @type {Ahead | null | undefined} What would follow an answer, if it is made already. */
  let ahead;
  /** @type {ReturnType<typeof bring> | undefined} */
  let coming;
  /** @type {(() => void) | undefined} What the screen that shows makes ready. */
  let idle;

  /** The first answer is given: what has not come is not offered, and nothing is asked for. */
  function settle() {
    if (app.settled) return;
    Object.assign(app, coming?.came, { later: { ...coming?.came.later }, settled: true });
    dress(host, app.later);
    idle?.();
  }

  /** @param {string} name */
  function tell(name) {
    const detail = { screener: release.key, release: release.sha256 };
    host.dispatchEvent(
      new CustomEvent(`screener:${name}`, { bubbles: true, composed: true, detail }),
    );
  }

  /**
   * What can wait until the screen `made` is painted, if it is the one that shows then.
   * @param {HTMLElement} made
   * @param {() => void} act
   */
  const later = (made, act) => setTimeout(() => made.isConnected && !made.className && act(), 50);

  /** Takes away what is not shown: what was, and what was made ahead. */
  function tidy() {
    for (const one of screen.querySelectorAll(".ahead")) one.remove();
  }

  /**
   * Shows a screen, moves the focus to its heading and says what is new.
   * @param {string} title
   * @param {Part[] | ((heading: HTMLElement) => Part[])} nodes
   * @param {Told & {place?: number, quiet?: boolean, plain?: boolean, ends?: boolean,
   *   ready?: () => void}} [how] `place`: as many screens lie before it; `ends` the visit, or
   *   (false) comes just before that; `ready` comes once the screen is painted
   */
  function show(title, nodes, { place = 0, quiet, says = "", before, plain, ends, ready } = {}) {
    const heading = h("h2", { tabindex: -1, class: plain && "hidden" }, title);
    const made = h("div", before, typeof nodes === "function" ? nodes(heading) : [heading, nodes]);
    const put = () => {
      ahead = idle = undefined;
      for (const one of screen.children) one.className = "ahead";
      made.className = "";
      // The next screen's are the only ones of their name.
      for (const one of screen.querySelectorAll(".ahead [id]")) one.removeAttribute("id");
      app.place = place;
      if (ends && !app.ended) {
        tell("finished");
        app.ended = true;
      }
      app.looked = ends ?? app.looked;
      if (!quiet) focus_on(heading, screen);
      // From the first answer on, where that part came.
      places ??= app.later.result?.places_of(host, travel);
      places?.enter(place, quiet);
      // Whoever goes now loses answers, and is asked first.
      (visit.asked.length ? addEventListener : removeEventListener)("beforeunload", host);
      later(made, () => {
        tidy();
        live.textContent = says;
        idle = ready;
        ready?.();
      });
    };
    screen.append(made);
    if (ahead && !ahead.put) {
      ahead.put = put;
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

  /**
   * At once, also where the page would scroll smoothly.
   * @param {HTMLElement} node
   * @param {HTMLElement} [top]
   */
  function focus_on(node, top = node) {
    node.focus({ preventScroll: true });
    const at = top.getBoundingClientRect().top;
    if (at < 50 || at > innerHeight / 2) top.scrollIntoView({ behavior: "instant" });
  }

  function review() {
    return h("p.review", ui.reviewed, " ", h("strong", ui.overdue));
  }

  /**
   * @param {boolean} [quiet]
   * @param {string} [says]
   */
  function start(quiet, says) {
    const at_hand = visit.text(["at_hand"]);
    const nodes = [
      markup(visit.text(["intro"])),
      (ui.takes || at_hand) &&
        h(
          "dl",
          ui.takes && [h("dt", ui.time), h("dd", ui.takes)],
          at_hand && [h("dt", ui.at_hand), h("dd", markup(at_hand))],
        ),
      review(),
      h("p.promise", ui.promise, matchMedia("(hover)").matches && ui.keys),
      h(
        "p",
        button("button", () => go_on(), ui.start),
      ),
      from_file(),
    ];
    show(visit.text(["title"]), nodes, { quiet, says, plain: host.hasAttribute("seamless") });
  }

  /** @param {boolean} [quiet] */
  function clear(quiet) {
    visit.clear();
    screen.replaceChildren();
    live.textContent = "";
    app.begun = app.ended = app.looked = false;
    start(quiet, ui.cleared);
  }

  /** What unfolds to go on with a saved file, as long as nothing is answered. */
  const from_file = () =>
    fold(ui.file.open, () => {
      const place = h("div", ui.moment);
      fetch_parts().then(() =>
        place.replaceChildren(app.later.file?.opening(app) ?? ui.file.wrong.unreachable),
      );
      return place;
    });

  /** What comes later; asked for once, before the first answer. */
  const fetch_parts = () => {
    coming ??= bring(book);
    return coming.done.then(settle);
  };

  /**
   * The way back from a screen before which so many questions lie.
   * @param {number} place
   */
  const back = (place) =>
    button("link.back", () => (place ? question(visit.asked[place - 1]) : start()), ui.back);

  /**
   * What follows an answer; `dropped` are the questions it made pointless, `said` is why.
   * @param {string[]} [dropped]
   * @param {string} [said]
   * @param {string} [answered] the question, if it was not the last that was asked
   */
  function go_on(dropped = [], said = dropped.length ? ui.dropped : "", answered) {
    if (!app.begun) tell("started");
    app.begun = true;
    const urgent = visit.urgent(answered);
    const { next } = visit.outcome;
    const told = tell_of(visit, dropped, said);
    if (urgent.length) alone(urgent, told);
    else if (next) question(next, told);
    else if (checks() && !app.looked) check(told);
    else result(told);
  }

  /**
   * A screen that leads back to the last question.
   * @param {string} title
   * @param {Part} nodes
   * @param {Parameters<typeof show>[2]} how
   */
  function step(title, nodes, how) {
    const place = visit.asked.length;
    show(title, (heading) => [back(place), heading, nodes], { place, ...how });
  }

  /**
   * What is urgent for sure, by itself, once.
   * @param {Finding[]} urgent
   * @param {Told} told
   */
  function alone(urgent, told) {
    const { later } = app;
    const found = urgent.map((one) => later.result?.in_full(visit, one) ?? visit.worded(one));
    const nodes = [
      found.map((one) => plain_node(app, one)),
      later.help?.numbers(app, found),
      h(
        "p",
        button("button", () => go_on(), ui.next),
      ),
    ];
    step(ui.urgent, nodes, told);
  }

  /** Whether the answers are shown before the result; not where that part did not come. */
  const checks = () => app.later.result && visit.asked[0];

  /** @param {Told} [told] */
  function check(told) {
    const nodes = app.later.result?.check_nodes(app, () => take("", result));
    step(ui.check, nodes, { ...told, ends: false, ready: () => prepare("", result) });
  }

  /** How many screens lie before the result. */
  const end = () => visit.asked.length + (checks() ? 1 : 0);

  /** @param {Told} [told] */
  function result(told) {
    const nodes = (app.later.result?.result_nodes ?? plain_nodes)(app);
    show(ui.result, nodes, { ...told, place: end(), ends: true });
  }

  function sheet() {
    const { sheet } = app.later;
    if (sheet) show(ui.sheet, sheet.sheet_nodes(app), { place: end() + 1 });
  }

  /**
   * Where the browser's own Back or Forward leads, if there is such a screen now.
   * @param {number} place
   */
  function travel(place) {
    const { asked, outcome } = visit;
    const beyond = place - end();
    const at = asked[place] ?? (place === asked.length && outcome.next);
    if (at) question(at);
    else if (outcome.next || beyond > (app.later.sheet ? 1 : 0)) return false;
    else (beyond < 0 ? check : beyond ? sheet : result)();
    return true;
  }

  /**
   * @param {string} key
   * @param {Told} [told]
   */
  function question(key, { says, before } = {}) {
    if (!app.settled) fetch_parts();
    const { asked } = visit;
    const place = [...asked, key].indexOf(key);
    const [progress, total] = app.later.result?.progress_of(app, place) ?? [
      visit.say(ui.progress.plain, { i: place + 1 }),
    ];
    const section = visit.section(key);
    const { nodes, read } = fields_of(visit, key);
    const [help, why, where] = ["help", "why", "where"].map((part) =>
      markup(visit.text(["questions", key, part])),
    );
    /** @param {Value | null} value @returns {[string, () => void]} */
    const after = (value) => [
      String([key, value]),
      () => go_on(visit.keep(key, value), undefined, key),
    ];
    const ready = () => app.settled && prepare(...after(read(() => undefined) ?? null));
    /** @param {Value | null} value */
    const keep = async (value) => {
      if (!app.settled) {
        const moment = h("p.hint", { tabindex: -1 }, ui.moment);
        form.inert = true;
        form.after(moment);
        focus_on(moment);
        await Promise.race([coming?.done, new Promise((done) => setTimeout(done, PATIENCE))]);
        settle();
        // The visitor went elsewhere meanwhile.
        if (!form.isConnected || form.closest(".ahead")) return;
      }
      take(...after(value));
    };
    /** @param {Event} event */
    const submit = (event) => {
      event.preventDefault();
      const value = read(refuse);
      if (value !== undefined) keep(value);
    };
    /** @type {Want} Says what is wanted, never what was typed, and leads to the fields. */
    const refuse = (message, ...fields) => {
      const go = button("link", () => fields[0]?.focus(), message);
      const summary = h(
        "div.summary",
        { role: "alert", tabindex: -1 },
        h("p", h("strong", ui.problem)),
        go,
      );
      error.replaceChildren(h("span.hidden", `${ui.error} `), message);
      error.hidden = false;
      /** @type {NodeListOf<HTMLElement>} */
      const inputs = form.querySelectorAll("select, input:not([name])");
      for (const input of inputs) {
        input.setAttribute("aria-invalid", String(fields.includes(input)));
      }
      form.querySelector(".summary")?.remove();
      form.prepend(summary);
      focus_on(summary);
      return undefined;
    };
    const error = h("p.error", { id: "error", hidden: true });
    /** @type {HTMLFormElement} */
    let form;
    const off = visit.off(key);
    /** @param {HTMLElement} heading */
    const build = (heading) => {
      const about = { "aria-describedby": "help error" };
      const set = h(
        "fieldset",
        about,
        h("legend", heading),
        h("div", { id: "help" }, help, off && h("p.hint", ui.off)),
        error,
        nodes,
      );
      // `dialog` sends nothing anywhere, whatever happens to the script.
      form = h(
        "form",
        off,
        {
          method: "dialog",
          autocomplete: "off",
          novalidate: true,
          oninput: () => later(/** @type {HTMLElement} */ (form.parentNode), ready),
        },
        h("div.field", set),
        h(
          "div.buttons",
          // Not on submit: a frame that may only run scripts submits nothing. Enter presses it too.
          h("button.button", { onclick: submit }, ui.next),
          button(
            "button.quiet",
            () => keep(null),
            release.questions.get(key)?.optional ? ui.skip : ui.unsure,
          ),
        ),
        where.length > 0 && fold(ui.where, where),
        why.length > 0 && fold(ui.why, why),
      );
      return [
        back(place),
        h("p.fine", progress),
        total && h("progress", { max: total, value: place, "aria-hidden": "true" }),
        section && h("p.part", section),
        form,
        asked.length > 0 ? given(app) : from_file(),
        review(),
      ];
    };
    says ||= section ? `${section}: ${progress}` : progress;
    show(visit.question(key), build, { place, says, before, ready });
  }

  /**
   * Goes on where the visitor has begun before the questions were there.
   * @param {Typed} typed
   */
  function carry({ key, given, pressed }) {
    tell("started");
    app.begun = true;
    question(key);
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
  host.replaceChildren();
  host.shadowRoot?.replaceChildren(
    h("div.ls", { lang: book.locale, dir: book.dir }, way_out(host, ui.exit), screen, live),
  );
  if (
    typed &&
    typed.key === visit.outcome.next &&
    (typed.pressed || typed.given[0] || host.hasAttribute("asks"))
  ) {
    carry(typed);
  } else start(!held);
  return app;
}
