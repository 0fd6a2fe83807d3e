/** How it looks in the page: its letters, its colours, its width, and what moves as it comes. */

import { h } from "../widget/dom.js";
import { answer_for } from "./made_answers.js";
import { letter_sizes, scale_of, worst_contrast } from "./measure.js";
import { expect, need, pause, until } from "./verdicts.js";

/** @import { Check, Site } from "./shapes.js" */

const SMALLEST = 16;
/** For a thumb, in pixels. */
const TARGET = 44;
/** Of WCAG 2, AA. */
const CONTRAST = 4.5;
/** What counts as good among the Core Web Vitals. */
const SHIFT = 0.1;

/** At the first question. @param {Site} at @param {HTMLElement} [place] */
const begun = ({ src, stage }, place) => stage.screener({ src }, place).start();

/** @param {string} key @param {(at: Site) => Promise<void>} run @returns {Check} */
const look = (key, run) => ({ key, needs: ["first-questions"], run });

/** @param {number[]} sizes */
const at_least = (sizes) =>
  expect(Math.min(...sizes) > SMALLEST - 0.1, "small_letters", {
    size: Math.min(...sizes).toFixed(1),
  });

/**
 * The sizes of letters do not depend on that of the page's root.
 * @param {string} key
 * @param {string} size
 */
const root_of = (key, size) =>
  look(key, async (at) => {
    const subject = await begun(at);
    // What the page itself sets in `rem` is the page's; the check of its letters looks at it.
    for (const name of ["s", "m", "l", "xl"])
      subject.node.style.setProperty(`--ls-size-${name}`, "initial", "important");
    const { style } = document.documentElement;
    const [value, priority] = [
      style.getPropertyValue("font-size"),
      style.getPropertyPriority("font-size"),
    ];
    const before = letter_sizes(subject);
    style.setProperty("font-size", size, "important");
    const sizes = letter_sizes(subject);
    style.setProperty("font-size", value, priority);
    at_least(sizes);
    const same = sizes.every((one, place) => Math.abs(one - before[place]) < 0.1);
    expect(same, "root_size", { size });
  });

/** @param {string} key @param {string} scheme */
const contrast_in = (key, scheme) =>
  look(key, async (at) => {
    const place = at.stage.place({ colorScheme: scheme });
    const worst = worst_contrast(await begun(at, place));
    need(worst, "picture");
    expect(worst && worst.ratio >= CONTRAST, "contrast", {
      ratio: worst?.ratio.toFixed(1) ?? "",
      text: worst?.text ?? "",
    });
  });

/** Rules of a page that reach for everything; for what is on the stage alone. */
const HOSTILE = `
  .check-hostile * { all: unset !important; letter-spacing: 9px !important; display: inline; }
  .check-hostile :is(h2, button, label, p) { display: none !important; font-size: 1px !important; }
  .check-hostile legal-screener { display: block !important; font-size: 3px; line-height: 0;
    color: red; text-align: right; text-transform: uppercase; white-space: pre; }`;

/** @type {Check[]} */
export const looks_checks = [
  look("letters", async (at) => {
    const subject = await begun(at);
    const scale = scale_of(subject.box);
    expect(scale > 0.97, "scaled", { times: scale.toFixed(2) });
    at_least(letter_sizes(subject));
  }),
  root_of("small-root", "62.5%"),
  root_of("large-root", "200%"),
  look("hostile-rules", async (at) => {
    const rules = new CSSStyleSheet();
    rules.replaceSync(HOSTILE);
    document.adoptedStyleSheets.push(rules);
    try {
      const place = at.stage.place();
      place.className = "check-hostile";
      const subject = await begun(at, place);
      const { letterSpacing, textTransform, textAlign, display } = getComputedStyle(
        subject.heading,
      );
      const [button] = subject.showing("form .button");
      const found = [letterSpacing, textTransform, textAlign, display].join();
      expect(found === "normal,none,start,block", "page_rules", { found });
      expect(subject.heading.offsetHeight > 10 && button.offsetHeight > 40, "page_rules", {
        found: `${subject.heading.offsetHeight}, ${button.offsetHeight} px`,
      });
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== rules);
    }
  }),
  look("targets", async (at) => {
    const subject = await begun(at);
    for (const one of subject.showing(".button, .option, .exit a, .back")) {
      const { height } = one.getBoundingClientRect();
      expect(height > TARGET - 0.5, "small_target", {
        text: (one.textContent ?? "").slice(0, 40),
        height: Math.round(height),
      });
    }
  }),
  look("narrow", async (at) => {
    const place = at.stage.place({ width: "320px" });
    const { box, node } = await begun(at, place);
    const wide = Math.max(box.scrollWidth, node.scrollWidth);
    expect(wide <= 321, "wide", { wide, room: 320 });
  }),
  look("page-width", async (at) => {
    const root = document.documentElement;
    const before = root.scrollWidth;
    const { box, node } = await begun(at);
    const room = node.parentElement?.clientWidth ?? 0;
    const wide = Math.max(box.scrollWidth, Math.round(box.getBoundingClientRect().width));
    expect(wide <= room + 1, "wide", { wide, room });
    const after = root.scrollWidth;
    expect(after <= Math.max(before, root.clientWidth), "wide", { wide: after, room: before });
  }),
  look("right-to-left", async (at) => {
    const place = at.stage.place();
    place.dir = "rtl";
    const { box } = await begun(at, place);
    const { direction } = getComputedStyle(box);
    expect(direction === box.dir, "direction", { found: direction, wanted: box.dir });
    expect(box.scrollWidth <= box.clientWidth + 1, "wide", {
      wide: box.scrollWidth,
      room: box.clientWidth,
    });
  }),
  contrast_in("light", "light"),
  contrast_in("dark", "dark"),
  look("seamless", async (at) => {
    need(at.seamless, "not_seamless");
    const subject = at.stage.screener({ src: at.src });
    subject.node.setAttribute("seamless", "");
    const worst = worst_contrast(await subject.start());
    need(worst, "picture");
    expect(worst && worst.ratio >= CONTRAST, "contrast", {
      ratio: worst?.ratio.toFixed(1) ?? "",
      text: worst?.text ?? "",
    });
  }),
  look("forced-colors", async (at) => {
    need(matchMedia("(forced-colors: active)").matches, "no_forced_colors");
    const subject = await begun(at);
    for (const one of subject.showing(".button, .option, .exit a")) {
      const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(one);
      const seen = borderTopStyle !== "none" && parseFloat(borderTopWidth) > 0;
      const clear = /transparent|^rgba.*, 0\)$/.test(borderTopColor);
      expect(seen && !clear, "no_border", { text: (one.textContent ?? "").slice(0, 40) });
    }
  }),
  look("shift", async (at) => {
    need(PerformanceObserver.supportedEntryTypes?.includes("layout-shift"), "browser", {
      name: "layout-shift",
    });
    const src = answer_for(at.src, async (go) => (await pause(400), go()));
    const place = at.stage.place();
    const inside = h("a", { href: at.src }, "—");
    const subject = at.stage.screener({ src, inside }, place);
    Object.assign(subject.node.style, { display: "block", minHeight: "640px" });
    // A page goes on below it, as far as the window shows.
    const below = h("div", "—");
    below.style.minHeight = "100vh";
    place.append(below);
    place.scrollIntoView({ behavior: "instant" });
    await pause(150);
    let moved = 0;
    const seen = new PerformanceObserver((list) => {
      for (const one of /** @type {any[]} */ (list.getEntries())) {
        const nodes = (one.sources ?? []).map((/** @type {any} */ { node }) => node);
        if (nodes.some((/** @type {Node | null} */ node) => node && place.contains(node)))
          moved += one.value;
      }
    });
    seen.observe({ type: "layout-shift" });
    await subject.comes();
    await pause(150);
    seen.disconnect();
    expect(moved < SHIFT, "shift", { moved: moved.toFixed(2) });
  }),
  look("in-view", async (at) => {
    const subject = await begun(at);
    await until(() => document.hasFocus(), 100);
    await pause(100);
    const { left, top, bottom } = subject.heading.getBoundingClientRect();
    expect(top >= 0 && bottom <= innerHeight, "out_of_view", { top: Math.round(top) });
    const above = document.elementFromPoint(left + 2, (top + bottom) / 2);
    expect(above && subject.node.contains(above), "covered", { by: above?.localName ?? "—" });
  }),
];
