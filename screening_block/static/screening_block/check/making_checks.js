/** However a page makes, changes and moves the element, it comes, and keeps its answers. */

import { answer_for } from "./made_answers.js";
import { has_trusted_types } from "./page_checks.js";
import { expect, need, pause, until } from "./verdicts.js";

/** @import { Check, Site } from "./shapes.js" */
/** @import { Subject } from "./subject.js" */

/** At the second question. @param {Site} at @param {HTMLElement} [place] */
export const answered = async ({ src, stage }, place) =>
  (await stage.screener({ src }, place).start()).answer();

/**
 * What a page of its own does with the element and its script.
 * @param {string} key
 * @param {(page: import("./stage.js").PageApart, at: Site) => Subject | Promise<Subject>} act
 * @returns {Check}
 */
const apart = (key, act) => ({
  key,
  needs: ["first-questions"],
  async run(at) {
    const page = await at.stage.apart();
    const subject = await act(page, at);
    await subject.start();
    expect(subject.showing(".ls").length === 1, "twice");
    expect(!page.errors[0], "error", { error: page.errors[0] });
  },
});

/**
 * Changes after which the answer is kept, or not.
 * @param {string} key
 * @param {(subject: Subject, at: Site) => unknown} act
 * @param {(at: Site) => void} [before]
 * @returns {Check}
 */
const keeping = (key, act, before) => ({
  key,
  needs: ["first-questions"],
  async run(at) {
    before?.(at);
    const subject = await answered(at);
    await act(subject, at);
    expect(subject.heading, "no_questions");
    expect(await subject.keeps(), "answers_lost");
  },
});

/**
 * Ways to make it, in the page itself.
 * @param {string} key
 * @param {(at: Site) => Subject | Promise<Subject>} act
 * @returns {Check}
 */
const making = (key, act) => ({
  key,
  needs: ["first-questions"],
  async run(at) {
    await (await act(at)).start();
  },
});

/** @type {Check[]} */
export const making_checks = [
  {
    key: "first-questions",
    needs: ["script", "connect"],
    async run({ src, stage }) {
      await stage.screener({ src }).start();
    },
  },
  apart("script-late", async (page, { base, src }) => {
    const subject = page.screener({ src });
    await pause(100);
    page.script(`${base}screener.js`);
    return subject;
  }),
  apart("script-first", async (page, { base, src }) => {
    page.script(`${base}screener.js`);
    await until(() => page.window.customElements.get("legal-screener"));
    return page.screener({ src });
  }),
  apart("script-twice", async (page, { base, src }) => {
    const subject = page.screener({ src });
    page.script(`${base}screener.js?check=1`);
    page.script(`${base}screener.js?check=2`);
    await subject.comes();
    await pause(100);
    return subject;
  }),
  apart("property-early", (page, { base, src }) => {
    const subject = page.screener({});
    // Before the script has come it is no more than a member of an unknown element.
    subject.node.src = src;
    page.script(`${base}screener.js`);
    return subject;
  }),
  making("src-late", async ({ src, stage }) => {
    const subject = stage.screener({});
    await pause(60);
    expect(!subject.box, "too_early");
    subject.node.setAttribute("src", src);
    return subject;
  }),
  making("src-property", ({ src, stage }) => {
    const subject = stage.screener({});
    subject.node.src = src;
    return subject;
  }),
  keeping("src-again", async ({ node }, { src }) => {
    node.setAttribute("src", src);
    node.src = src;
    await pause(150);
  }),
  {
    key: "src-other",
    needs: ["first-questions"],
    async run(at) {
      need(at.by_hash && at.by_hash !== at.src, "by_hash");
      const subject = await answered(at);
      const { box } = subject;
      subject.node.src = at.by_hash ?? "";
      expect(await until(() => subject.box && subject.box !== box), "old_questions");
      await subject.start();
      const options = subject.showing("form input[name]");
      const kept = options.some((one) => /** @type {HTMLInputElement} */ (one).checked);
      expect(!kept, "answers_carried");
    },
  },
  keeping(
    "locale",
    async (subject, { locales }) => {
      const { lang } = subject.box;
      const other = locales.find((one) => one !== lang) ?? "";
      subject.node.locale = other;
      expect(await until(() => subject.box?.lang === other), "old_language");
    },
    ({ locales }) => need(locales[1], "one_language"),
  ),
  keeping(
    "move-before",
    ({ node }, { stage }) => /** @type {any} */ (stage.place()).moveBefore(node, null),
    () => need("moveBefore" in Element.prototype, "browser", { name: "moveBefore" }),
  ),
  keeping("insert-again", ({ node }, { stage }) => stage.place().append(node)),
  keeping("out-and-in", async ({ node }, { stage }) => {
    node.remove();
    await pause(60);
    stage.place().append(node);
  }),
  {
    key: "clone",
    needs: ["first-questions"],
    async run(at) {
      const subject = await answered(at);
      const copy = at.stage.copy(subject);
      await copy.start();
      expect(!copy.showing(".back ~ .given")[0], "answers_carried");
      expect(await subject.keeps(), "answers_lost");
    },
  },
  making("inner-html", ({ src, stage }) => {
    need(!has_trusted_types(), "trusted_types");
    return stage.written(src);
  }),
  making("shadow-root", ({ src, stage }) =>
    stage.screener({ src }, stage.place().attachShadow({ mode: "closed" })),
  ),
  {
    key: "folded",
    needs: ["first-questions"],
    async run({ src, stage }) {
      let asked = 0;
      const counted = answer_for(src, (go) => (asked++, go()));
      const fold = document.createElement("details");
      fold.append(document.createElement("summary"));
      stage.place().append(fold);
      const subject = stage.screener({ src: counted }, fold);
      await pause(200);
      expect(!asked, "too_early");
      fold.open = true;
      await subject.start();
    },
  },
  {
    key: "two",
    needs: ["first-questions"],
    async run(at) {
      const other = at.stage.screener({ src: at.src });
      await other.comes();
      const subject = await answered(at);
      expect(other.showing(".promise")[0], "mixed");
      await other.start();
      const options = other.showing("form input[name]");
      const mixed = options.some((one) => /** @type {HTMLInputElement} */ (one).checked);
      expect(!mixed, "mixed");
      expect(await subject.keeps(), "answers_lost");
    },
  },
];
