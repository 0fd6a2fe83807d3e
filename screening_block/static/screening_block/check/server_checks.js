/** What it says where the questions do not come, come late, or are not what they should be. */

import { h } from "../widget/dom.js";
import { answer_for } from "./made_answers.js";
import { expect, need, pause, until } from "./verdicts.js";

/** @import { Check, Site } from "./shapes.js" */

/**
 * Where questions are gone: in the server's words, and there is nothing to try again.
 * @param {string} key
 * @param {(at: Site) => string} address
 * @param {number} status
 * @returns {Check}
 */
const gone = (key, address, status) => ({
  key,
  needs: ["first-questions"],
  async run(at) {
    const src = address(at);
    const url = new URL(src);
    url.searchParams.set("words", at.locale);
    const answer = await fetch(url, { credentials: "omit" });
    expect(answer.status === status, "status", { status: answer.status, address: src });
    const { detail } = await answer.json();
    const subject = at.stage.screener({ src, locale: at.locale });
    await until(() => subject.message === detail);
    expect(detail && subject.message === detail, "not_said", { said: subject.message });
    expect(!subject.showing("button")[0], "vain_button");
  },
});

/**
 * Bytes that are not what their name says are not shown.
 * @param {string} key
 * @param {(text: string, headers: Headers) => Response} alter
 * @returns {Check}
 */
const refused = (key, alter) => ({
  key,
  needs: ["first-questions"],
  async run({ src, stage }) {
    need(globalThis.crypto?.subtle, "insecure");
    let altered = false;
    const other = answer_for(src, async (go) => {
      const real = await go();
      altered = true;
      return alter(await real.text(), real.headers);
    });
    const subject = stage.screener({ src: other });
    await until(() => altered);
    await until(() => subject.showing("button, .promise")[0], 2000);
    expect(!subject.showing(".promise")[0], "not_refused");
    expect(subject.showing("button")[0], "not_said", { said: subject.message });
  },
});

/** @type {Check[]} */
export const server_checks = [
  // A hyphen alone can be no key.
  gone("not-found", ({ src }) => src.replace(/[^/]+\/[^/]+\/$/, "screeners/-/"), 404),
  gone("withdrawn", ({ base }) => `${base}check/withdrawn/`, 404),
  gone("recalled", ({ base }) => `${base}check/recalled/`, 410),
  {
    key: "slow",
    needs: ["first-questions"],
    async run({ src, stage }) {
      const subject = stage.screener({
        src: answer_for(src, async (go) => (await pause(900), go())),
      });
      await pause(300);
      expect(subject.message && !subject.box, "not_said", { said: subject.message });
      await subject.comes();
    },
  },
  refused(
    "altered",
    (text, headers) => new Response(text.replace("{", "{ "), { headers: new Headers(headers) }),
  ),
  refused("etag", (text) => new Response(text, { headers: { ETag: `"${"0".repeat(64)}"` } })),
  {
    key: "fallback",
    needs: ["first-questions"],
    async run({ src, stage }) {
      const inside = h("a", { href: src }, "—");
      const subject = stage.screener({
        src: answer_for(src, () => Promise.reject(new TypeError("check"))),
        inside,
      });
      await pause(100);
      expect(inside.checkVisibility() && inside.offsetHeight > 0, "no_fallback");
      expect(!subject.box, "not_refused");
    },
  },
  {
    key: "try-again",
    needs: ["first-questions"],
    async run({ src, stage }) {
      let fails = true;
      const subject = stage.screener({
        src: answer_for(src, (go) => (fails ? Promise.reject(new TypeError("check")) : go())),
      });
      expect(await until(() => subject.showing("button")[0], 2000), "not_said", {
        said: subject.message,
      });
      fails = false;
      subject.press("button");
      await subject.comes();
    },
  },
];
