/** `<legal-screener src>`: loads a release once, then asks and answers on the device. */

import { load_release } from "../engine/release.js";
import { fold, h, markup } from "./dom.js";
import { fields_of, Wanted } from "./question.js";
import { finding_node, given, result_nodes, sheet_nodes } from "./result.js";
import { strings } from "./strings.js";
import { Visit } from "./visit.js";

/** What plugins add in the browser, by key; see `load_release`. */
export const plugins = { operators: {}, question_types: {} };

const get = async (address) => {
  const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!response.ok) throw Error(`${address}: ${response.status}`);
  return response;
};

let sheet;
/** The one style sheet, which all screeners of a page share; asked for again if it failed. */
const style = () =>
  (sheet ??= get(new URL("screener.css", import.meta.url))
    .then((response) => response.text())
    .then((text) => new CSSStyleSheet().replace(text))
    .catch((error) => {
      sheet = undefined;
      throw error;
    }));

/** The release at an address, refused if it is not what its ETag names. */
async function load(address) {
  const response = await get(address);
  const bytes = await response.arrayBuffer();
  let [sha256] = /[0-9a-f]{64}/.exec(response.headers.get("etag")) ?? [];
  // Only pages that came over https can compute it.
  if (globalThis.crypto?.subtle) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const found = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if ((sha256 ??= found) !== found) throw Error("The release is not what its ETag names.");
  }
  return load_release(new TextDecoder().decode(bytes), { sha256, ...plugins });
}

export class LegalScreener extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", (this.keys ??= (event) => this.hurry(event)));
    addEventListener("pagehide", (this.away ??= ({ persisted }) => persisted && this.forget()));
    if (this.shadowRoot || !this.getAttribute("src")) return;
    this.attachShadow({ mode: "open" });
    this.load();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.keys);
    removeEventListener("pagehide", this.away);
  }

  async load() {
    const wanted = this.getAttribute("locale") || this.closest("[lang]")?.lang || "en";
    const root = this.shadowRoot;
    const { ui } = await strings(wanted).catch(() => strings("en"));
    // What stands inside the element serves until the screener is ready, or instead.
    const waiting = this.firstElementChild ? h("slot") : h("p", { role: "status" }, ui.loading);
    root.replaceChildren(waiting);
    let begun = false;
    this.addEventListener("input", () => (begun = true));
    try {
      const [release, css, words] = await Promise.all([load(this.getAttribute("src")), style(), strings(wanted)]);
      const locale = [wanted, wanted.split("-")[0], release.locale].find((name) => release.data.texts[name]);
      this.visit = new Visit(release, locale, words);
      // Nobody's half-filled form is taken away.
      if (begun) return;
      root.adoptedStyleSheets = [css];
      this.frame(locale);
    } catch (error) {
      console.warn("legal-screener:", error.message);
      if (!this.firstElementChild) {
        waiting.replaceChildren(ui.failed, " ", h("button", { type: "button", onclick: () => this.load() }, ui.retry));
      }
    }
  }

  /** The parts that stay, and the first screen in them. */
  frame(locale) {
    const { ui } = this.visit;
    // The page's own link out goes, or there would be two.
    this.closest(".ls")?.querySelector(".ls-exit")?.remove();
    this.address = this.getAttribute("exit-url") || "https://www.weather.gov/";
    const leave = (event) => {
      event.preventDefault();
      this.leave();
    };
    this.screen = h("div");
    this.live = h("p.hidden", { role: "status" });
    const dir = /^(ar|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/.test(locale) ? "rtl" : "ltr";
    const exit = h("a", { href: this.address, rel: "noreferrer", onclick: leave }, ui.exit);
    const held = this.contains(document.activeElement);
    this.replaceChildren();
    this.shadowRoot.replaceChildren(h("div.ls", { lang: locale, dir }, h("p.exit", exit), this.screen, this.live));
    this.start(!held);
  }

  /** Replaces this page by a harmless one, and leaves nothing of the visit behind. */
  leave() {
    this.visit?.clear();
    this.shadowRoot.replaceChildren();
    const away = this.address ?? "about:blank";
    try {
      // In a frame, the page around it goes too, where that is allowed.
      top.location.replace(away);
    } catch {
      location.replace(away);
    }
  }

  /** Escape, three times in a row. */
  hurry({ key, repeat, timeStamp }) {
    if (repeat) return;
    this.escapes = key === "Escape" ? [...(this.escapes ?? []), timeStamp].filter((at) => timeStamp - at < 2000) : [];
    if (this.escapes.length > 2) this.leave();
  }

  tell(name) {
    const { key, sha256: release } = this.visit.release;
    this.dispatchEvent(new CustomEvent(`screener:${name}`, { bubbles: true, composed: true, detail: { screener: key, release } }));
  }

  /** Shows a screen, says what is new and moves the focus to its heading. */
  show(title, nodes, { quiet, says = "", before, plain } = {}) {
    const heading = h("h2", { tabindex: "-1", class: plain && "hidden" }, title);
    this.screen.replaceChildren(h("div", before, typeof nodes === "function" ? nodes(heading) : [heading, nodes]));
    this.live.textContent = says;
    if (quiet) return;
    this.focus_on(heading, this.screen);
  }

  /** At once, also where the page would scroll smoothly. */
  focus_on(node, top = node) {
    node.focus({ preventScroll: true });
    const at = top.getBoundingClientRect().top;
    if (at < 0 || at > innerHeight / 2) top.scrollIntoView({ behavior: "instant" });
  }

  review() {
    const [line, overdue] = this.visit.review();
    return h("p.review", line, overdue && [" ", h("strong", overdue)]);
  }

  // Screens

  start(quiet, says) {
    const { visit } = this;
    const { ui } = visit;
    const begin = () => {
      this.tell("started");
      this.go_on();
    };
    const nodes = [
      markup(visit.text(["intro"])),
      this.review(),
      h("p.promise", ui.promise, " ", ui.escape),
      h("p", h("button.button", { type: "button", onclick: begin }, ui.start)),
    ];
        this.show(visit.text(["title"]), nodes, { quiet, says, plain: this.hasAttribute("seamless") });
  }

  clear(quiet) {
    this.visit.clear();
    this.done = false;
    this.start(quiet, this.visit.ui.cleared);
  }

  /** Another page comes, and “Back” must not bring the answers back: they go first. */
  forget() {
    for (const form of this.querySelectorAll("form")) form.reset();
    if (this.screen) this.clear(true);
  }

  /** What follows an answer; `dropped` are the questions it made pointless. */
  go_on(dropped = []) {
    const { visit } = this;
    const labels = dropped.map((key) => visit.question(key));
    const urgent = visit.urgent();
    const { next } = visit.outcome;
    const told = {
      says: dropped.length ? [visit.ui.dropped, ...labels].join(" ") : "",
      before: dropped.length > 0 && h("div.notice", h("p", visit.ui.dropped), h("ul", labels.map((label) => h("li", label)))),
    };
    if (urgent.length) this.urgent(urgent, told);
    else if (next) this.question(next, told);
    else this.result(told);
  }

  /** Urgent for sure: shown by itself, once. */
  urgent(found, told) {
    const { ui } = this.visit;
    const nodes = [
      found.map((one) => finding_node(this, one, true)),
      h("p", h("button.button", { type: "button", onclick: () => this.go_on() }, ui.go_on)),
    ];
    this.show(ui.urgent, nodes, told);
  }

  result(told) {
    if (!this.done) this.tell("finished");
    this.done = true;
    this.show(this.visit.ui.result, result_nodes(this), told);
  }

  sheet() {
    this.show(this.visit.ui.sheet, sheet_nodes(this));
  }

  question(key, { says, before } = {}) {
    const { visit } = this;
    const { ui, asked } = visit;
    const place = asked.includes(key) ? asked.indexOf(key) : asked.length;
    const more = visit.left() - (place === asked.length);
    const progress = visit.say(more ? ui.progress : ui.last, { i: place + 1, n: more });
    const { nodes, read } = fields_of(visit, key);
    const [help, why, where] = ["help", "why", "where"].map((part) => markup(visit.question(key, part)));
    const keep = (value) => this.go_on(visit.answer(key, value));
    const back = () => (place ? this.question(asked[place - 1]) : this.start());
    const submit = (event) => {
      event.preventDefault();
      let value;
      try {
        value = read();
      } catch (wanted) {
        if (!(wanted instanceof Wanted)) throw wanted;
        return refuse(wanted);
      }
      keep(value);
    };
    const refuse = ({ message, fields }) => {
      const go = { type: "button", onclick: () => fields[0]?.focus() };
      const summary = h("div.summary", { role: "alert", tabindex: "-1" }, h("p", h("strong", ui.problem)), h("button.link", go, message));
      error.replaceChildren(h("span.hidden", `${ui.error} `), message);
      error.hidden = false;
      for (const input of set.querySelectorAll("input, select")) {
        if (/radio|checkbox/.test(input.type)) continue;
        input.toggleAttribute("aria-invalid", false);
        if (fields.includes(input)) input.setAttribute("aria-invalid", "true");
      }
      form.querySelector(".summary")?.remove();
      form.prepend(summary);
      this.focus_on(summary);
    };
    const error = h("p.error", { id: "error", hidden: true });
    let set;
    let form;
    const build = (heading) => {
      set = h("fieldset", { "aria-describedby": "help error" }, h("legend", heading), h("div", { id: "help" }, help), error, nodes);
      // `dialog` sends nothing anywhere, whatever happens to the script.
      form = h("form", { method: "dialog", autocomplete: "off", novalidate: true },
        h("div.field", set),
        h("div.buttons",
          // Not on submit: a frame that may only run scripts submits nothing. Enter presses it too.
          h("button.button", { onclick: submit }, ui.next),
          h("button.button.quiet", { type: "button", onclick: () => keep(null) }, visit.release.questions.get(key).optional ? ui.skip : ui.unsure),
        ),
        where.length > 0 && fold(ui.where, where),
        why.length > 0 && fold(ui.why, why),
      );
      return [
        h("button.link.back", { type: "button", onclick: back }, ui.back),
        h("p.fine", progress),
        h("progress", { max: place + more + 1, value: place, "aria-hidden": "true" }),
        form,
        asked.length > 0 && given(this),
        this.review(),
      ];
    };
    this.show(visit.question(key), build, { says: says || progress, before });
  }
}
