/** The frame in this page: its height, its width, what it may do and what it says. */

import { h } from "../widget/dom.js";
import { expect, need, pause, until } from "./verdicts.js";

/** @import { Check, Site, Told } from "./shapes.js" */

/** What a sandbox has to allow for everything to work. */
const WANTED = [
  "allow-scripts",
  "allow-forms",
  "allow-downloads",
  "allow-modals",
  "allow-popups",
  "allow-top-navigation-by-user-activation",
];

/** A frame at one of the addresses that are for checks, and what is said by it. */
export class Tried {
  /** The height that it asks for. */
  height = 0;
  /** @type {Told | undefined} */
  told;

  /**
   * @param {Pick<Site, "base" | "src" | "stage">} at
   * @param {{state?: string, sandbox?: string, place?: HTMLElement, document?: Document}} [how]
   */
  constructor({ base, src, stage }, how = {}) {
    const { state = "live", sandbox, place = stage.place() } = how;
    const key = /([^/]+)\/$/.exec(src)?.[1] ?? "";
    /** @type {HTMLIFrameElement} */
    this.node = h("iframe", {
      sandbox,
      src: `${base}check/frame/${state}/${key}/`,
      title: "—",
      width: "100%",
      height: "720",
      frameborder: "0",
    });
    // Its height goes to the page around it, what it was asked for to this one.
    const around = place.ownerDocument.defaultView ?? window;
    for (const one of new Set([window, around])) one.addEventListener("message", this);
    place.append(this.node);
    // As in the text to copy.
    Object.assign(this.node.style, { width: "100%", maxWidth: "680px", border: "0" });
    // Browsers let frames out of view sleep.
    this.node.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** @param {MessageEvent} event */
  handleEvent({ source, data }) {
    if (!this.node.isConnected) removeEventListener("message", this);
    if (source !== this.node.contentWindow) return;
    this.height = data?.legalScreenerHeight ?? this.height;
    if (data?.legalScreenerTried) this.told = data;
  }

  /**
   * Asks it, until it says what is wanted.
   * @param {string} what
   * @param {(told: Told) => unknown} [enough]
   * @returns {Promise<Told | undefined>}
   */
  async tells(what, enough = () => true) {
    const end = performance.now() + 6000;
    while (performance.now() < end) {
      this.told = undefined;
      this.node.contentWindow?.postMessage({ legalScreenerTry: what }, "*");
      const told = await until(() => this.told, 300);
      if (told && enough(told)) return told;
      await pause(30);
    }
    return undefined;
  }

  /** To the first question. */
  async start() {
    expect(await this.tells("look", ({ starts }) => starts), "no_questions");
    const told = await this.tells("start", ({ asks }) => asks);
    expect(told, "no_first_question");
    return this;
  }
}

/** @param {Pick<Site, "base" | "src" | "stage">} at */
export const tried_frame = (at) => new Tried(at);

/** @param {string} key @param {(at: Site) => Promise<void>} run @returns {Check} */
const framed = (key, run) => ({ key, needs: ["frame"], run });

/** Where a frame says that there are no questions. @param {string} key @param {string} state */
const gone = (key, state) =>
  framed(key, async (at) => {
    const frame = new Tried(at, { state });
    const told = await frame.tells("look", ({ title }) => title);
    expect(told && !told.starts && !told.asks, "not_said", { said: told?.title ?? "" });
    expect(await until(() => frame.height > 40 && frame.node.clientHeight >= 40), "no_height");
  });

/** @type {Check[]} */
export const frame_checks = [
  {
    key: "frame",
    needs: ["script"],
    async run(at) {
      need(!/\/releases\//.test(at.src), "by_key");
      const frame = new Tried(at);
      const forbids = () =>
        at.violations.find(({ directive }) => /^(frame|child)-src/.test(directive));
      const told = await Promise.race([
        frame.tells("look", ({ starts }) => starts),
        until(forbids),
      ]);
      const forbidden = forbids();
      need(!forbidden, "policy_frame", { directive: forbidden?.directive ?? "" });
      expect(told, "no_frame");
      await import(`${at.base}frame.js`);
    },
  },
  framed("frame-height", async (at) => {
    const frame = new Tried(at);
    await until(() => frame.height);
    await frame.start();
    await pause(100);
    const fits = () => Math.abs(frame.node.clientHeight - frame.height) < 2;
    const found = { high: frame.node.clientHeight, wanted: frame.height };
    expect(await until(fits, 1500), "height", {
      ...found,
      limit: getComputedStyle(frame.node).maxHeight,
    });
  }),
  framed("frame-in-view", async (at) => {
    const place = at.stage.place({ paddingTop: "200px", paddingBottom: "900px" });
    const frame = new Tried(at, { place });
    await frame.tells("look", ({ starts }) => starts);
    // As if what leads on stood at the top of the window: what comes would be above it.
    scrollBy({ top: frame.node.getBoundingClientRect().top + 300, behavior: "instant" });
    await frame.start();
    await pause(300);
    const told = await frame.tells("look");
    const top = Math.round(frame.node.getBoundingClientRect().top + (told?.top ?? 0));
    expect(top >= 0 && top < innerHeight, "out_of_view", { top });
  }),
  framed("frame-narrow", async (at) => {
    const place = at.stage.place({ width: "320px" });
    const { node } = new Tried(at, { place });
    const wide = Math.round(node.getBoundingClientRect().width);
    expect(wide <= 320, "wide", { wide, room: 320 });
  }),
  framed("frame-sandbox", async (at) => {
    const frame = new Tried(at, { sandbox: "allow-scripts" });
    const told = await frame.tells("look", ({ starts }) => starts);
    expect(told, "no_questions");
    expect(told?.hides, "false_exit");
    await frame.start();
  }),
  gone("frame-withdrawn", "withdrawn"),
  gone("frame-recalled", "recalled"),
  framed("frame-escape", async (at) => {
    // On a page of its own: on this one each screener would leave.
    const page = await at.stage.apart();
    page.script(`${at.base}frame.js`);
    const frame = new Tried(at, { place: page.document.body });
    await frame.start();
    const { KeyboardEvent } = /** @type {any} */ (page.window);
    for (let time = 1; time <= 3; time++)
      page.document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Escape", bubbles: true }),
      );
    expect(await frame.tells("look", ({ left }) => left), "stays");
  }),
  {
    key: "frame-own",
    run({ base, stage }) {
      const own = [...document.querySelectorAll("iframe")].filter(
        (one) => one.src.startsWith(base) && !stage.holds(one),
      );
      need(own[0], "no_own_frame");
      for (const one of own) {
        const { sandbox } = one;
        const missing = WANTED.filter((token) => !sandbox.contains(token));
        expect(!one.hasAttribute("sandbox") || !missing[0], "sandbox", {
          missing: missing.join(" "),
        });
        const { maxHeight } = getComputedStyle(one);
        expect(maxHeight === "none", "max_height", { limit: maxHeight });
        const { left, right } = one.getBoundingClientRect();
        expect(right - left <= document.documentElement.clientWidth + 1, "wide", {
          wide: Math.round(right - left),
          room: document.documentElement.clientWidth,
        });
      }
    },
  },
];
