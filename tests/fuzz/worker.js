/** Runs jobs apart from the page, so that a defect that hangs can be ended. */

import { compare } from "./compare.js";

const get = async (name) => (await fetch(name)).json();
let engine;

self.onmessage = async ({ data: { half, jobs, stop } }) => {
  if (!engine) {
    const files = ["engine", "release", "explain", "presented", "turning", "wording"].map(
      (name) => import(`${half}/${name}.js`),
    );
    engine = Object.assign({}, ...(await Promise.all(files)));
  }
  const found = [];
  for (const job of jobs) {
    found.push(compare(engine, await get(job)));
    if (stop && found.at(-1).differences.length) break;
  }
  self.postMessage(found);
};
