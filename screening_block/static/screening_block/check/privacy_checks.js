/** What a visit leaves behind, and how it is left. One visit serves several checks. */

import { expect, need, pause, until } from "./verdicts.js";

/** @import { Check, Kept, Site, Walk } from "./shapes.js" */

/** @param {() => unknown} read what a page may be forbidden to read */
async function readable(read) {
  try {
    return JSON.stringify(await read());
  } catch {
    return "";
  }
}

/** All that a page could keep. @returns {Promise<Kept>} */
const kept = async () => ({
  cookies: await readable(() => document.cookie),
  localStorage: await readable(() => ({ ...localStorage })),
  sessionStorage: await readable(() => ({ ...sessionStorage })),
  indexedDB: await readable(() => indexedDB.databases()),
  caches: await readable(() => caches.keys()),
  address: location.href,
  title: document.title,
  history: JSON.stringify([history.length, history.state]),
});

/** @param {Site} at @returns {Promise<Walk>} */
async function walk({ src, base, stage }) {
  const subject = stage.screener({ src });
  await subject.start();
  /** @type {Walk["events"]} */
  const events = [];
  for (const type of ["screener:started", "screener:finished"])
    subject.node.addEventListener(type, (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      events.push({ type, names: Object.keys(detail).sort() });
    });
  await pause(200);
  /** @type {string[]} */
  const requests = [];
  const { origin } = new URL(base);
  const seen = new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) if (name.startsWith(origin)) requests.push(name);
  });
  seen.observe({ type: "resource" });
  const before = await kept();
  const finished = await subject.finish();
  await pause(100);
  seen.disconnect();
  return { finished, requests, before, after: await kept(), events };
}

/**
 * @param {string} key
 * @param {(walk: Walk) => void} judge
 * @returns {Check}
 */
const visit = (key, judge) => ({
  key,
  needs: key === "result" ? ["first-questions"] : ["result"],
  async run(at) {
    judge(await (at.visit ??= walk(at)));
  },
});

/** @type {Check[]} */
export const privacy_checks = [
  visit("result", ({ finished }) => expect(finished, "no_result")),
  visit("requests", ({ requests }) => expect(!requests[0], "requested", { address: requests[0] })),
  visit("stored", ({ before, after }) => {
    const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(!changed[0], "kept", { names: changed.join(", ") });
  }),
  visit("events", ({ events }) => {
    const types = events.map(({ type }) => type).join();
    expect(
      types === "screener:finished" || types === "screener:started,screener:finished",
      "events",
      {
        found: types,
      },
    );
    for (const { names } of events)
      expect(names.join() === "release,screener", "events", { found: names.join() });
  }),
  {
    key: "escape",
    needs: ["first-questions"],
    async run({ src, stage }) {
      const subject = stage.screener({ src });
      await subject.start();
      const { node } = subject;
      let heard = 0;
      let left = 0;
      const hear = node.handleEvent.bind(node);
      node.handleEvent = (event) => {
        if (event.key === "Escape") heard++;
        hear(event);
      };
      node.leave = () => left++;
      /** @param {string} key */
      const press = (key) =>
        document.body.dispatchEvent(
          new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, composed: true }),
        );
      // Once through the page: three times would make a visitor’s own screener leave.
      press("Escape");
      expect(heard === 1, "deaf");
      for (let time = 2; time <= 3; time++)
        node.handleEvent({ type: "keydown", key: "Escape", timeStamp: performance.now() });
      press("Shift");
      expect(left === 1, "stays");
    },
  },
  {
    key: "way-out",
    needs: ["first-questions"],
    async run({ src, stage }) {
      need(!document.querySelector("[data-ls-exit]"), "own_exit");
      const place = stage.place({ paddingBottom: "100vh" });
      const subject = await stage.screener({ src }, place).start();
      const [link] = subject.showing(".exit a");
      expect(link, "no_exit");
      const { top } = link.getBoundingClientRect();
      scrollBy({ top: top + 120, behavior: "instant" });
      await until(() => link.getBoundingClientRect().top >= 0, 300);
      const seen = link.getBoundingClientRect();
      need(subject.node.getBoundingClientRect().top < -60, "short_page");
      expect(seen.top >= 0 && seen.bottom <= innerHeight, "exit_gone");
    },
  },
];
