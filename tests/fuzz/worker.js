/** Runs jobs apart from the page, so that a defect that hangs can be ended. */

import { compare } from "./compare.js";

const get = async (name) => (await fetch(name)).json();
let halves;

self.onmessage = async ({ data: { half, jobs, stop } }) => {
  halves ??= {
    engine: { ...(await import(`${half}/engine.js`)), ...(await import(`${half}/explain.js`)) },
    sentences: await get("/sentences.json"),
  };
  const found = [];
  for (const job of jobs) {
    found.push(compare(halves, await get(job)));
    if (stop && found.at(-1).differences.length) break;
  }
  self.postMessage(found);
};
