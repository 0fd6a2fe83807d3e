/**
 * Makes the files that other sites load out of the widget's modules:
 *
 *     node bundle.js            into screening_block/embed/bundled/, which is committed
 *     node bundle.js --watch    the same whenever a source changes
 *     node bundle.js FOLDER     into another folder, and the engine beside them, to weigh it
 *
 * esbuild joins the modules. terser goes over the result once more: it finds shorter code,
 * 6% of it as gzip.
 */

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { context } from "esbuild";
import { minify } from "terser";

const ROOT = import.meta.dirname;
const SOURCE = path.join(ROOT, "screening_block/static/screening_block");
const SERVED = ["screener.js", "widget/screener.css", "frame.js"];
const WEIGHED = ["engine/engine.js"];

/**
 * Members of objects that never leave the script, which get short names. None is a key of a
 * release or of its words: a test holds that.
 */
const INTERNAL =
  /^(canonical|value_of|listed|format_answer|cell_of|kids|reads|by_id|gate|deciding|unasked|program|plugin|parts|sha256|outcome|announced|apart|escapes|away|alone|nodes|asked|relevant)$/;

const [argument = "screening_block/embed/bundled"] = process.argv.slice(2);
const watched = argument === "--watch";
const folder = path.resolve(ROOT, watched ? "screening_block/embed/bundled" : argument);
const sources = process.argv[2] && !watched ? [...SERVED, ...WEIGHED] : SERVED;

/** Gives the style's own variables short names. Those of pages begin with `--ls-` and stay. */
function shorten(style) {
  const own = /(?<![\w-])--(?!ls-)[a-z][a-z-]*/g;
  const names = [...new Set(style.match(own))];
  return style.replace(own, (name) => `--${(names.indexOf(name) + 10).toString(36)}`);
}

/** Writes what esbuild made, each file in its shortest form. */
async function write({ outputFiles = [] }) {
  await mkdir(folder, { recursive: true });
  for (const { path: file, text } of outputFiles) {
    /** @type {import("terser").MinifyOptions} */
    const options = { module: true, ecma: 2022, compress: { passes: 3 } };
    const { code } = file.endsWith(".js") ? await minify(text, options) : { code: shorten(text) };
    await writeFile(file, `${code.trim()}\n`);
    console.log(path.relative(ROOT, file));
  }
}

const bundler = await context({
  entryPoints: sources.map((source) => ({
    in: path.join(SOURCE, source),
    out: path.parse(source).name,
  })),
  outdir: folder,
  bundle: true,
  minify: true,
  format: "esm",
  legalComments: "none",
  mangleProps: INTERNAL,
  write: false,
  plugins: [{ name: "write", setup: ({ onEnd }) => onEnd(write) }],
});
if (watched) await bundler.watch();
else {
  await bundler.rebuild();
  await bundler.dispose();
}
