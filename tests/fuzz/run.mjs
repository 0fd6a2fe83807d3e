/**
 * Runs jobs, one JSON line each on standard input, in Node; answers one line each.
 * node run.mjs FOLDER_OF_ENGINE SENTENCES [--stop]: with --stop, ends at a difference.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { compare } from "./compare.js";

const [folder, file, stop] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${folder}/${name}`).href);
const engine = { ...(await load("engine.js")), ...(await load("explain.js")) };
const sentences = JSON.parse(readFileSync(file, "utf8"));
for await (const line of createInterface({ input: process.stdin })) {
  const found = compare({ engine, sentences }, JSON.parse(line));
  process.stdout.write(`${JSON.stringify(found)}\n`);
  if (stop && found.differences.length) process.exit(0);
}
