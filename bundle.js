/**
 * Makes the files that other sites load out of the widget's modules:
 *
 *     node bundle.js            into screening_block/embed/bundled/, which is committed
 *     node bundle.js --watch    the same whenever a source changes
 *     node bundle.js FOLDER     into another folder, and the engine beside them, to weigh it
 *
 * `screener.js` is what comes first. What it imports with `import()` comes later, and each is
 * a file of its own, named by its content. What both need is in the first alone: it hands a
 * list of it to the later ones, the `kit`, which are made a function of that list here. So
 * nothing is loaded twice and nothing on the way, by whatever address the first came.
 *
 * esbuild joins the modules. terser goes over the result once more: it finds shorter code,
 * 6% of it as gzip.
 */

import { createHash } from "node:crypto";
import { mkdir, readdir, rm, watch, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { minify } from "terser";

const ROOT = import.meta.dirname;
const SOURCE = path.join(ROOT, "screening_block/static/screening_block");
const FIRST = path.join(SOURCE, "screener.js");
const SERVED = ["widget/screener.css", "frame.js", "check.js", "check-frame.js"];
const WEIGHED = ["engine/engine.js"];

/**
 * Members of objects that never leave the script, which get short names. None is a key of a
 * release or of its words: a test holds that.
 */
const INTERNAL =
  /^(canonical|value_of|listed|format_answer|cell_of|kids|reads|by_id|gate|deciding|unasked|program|plugin|parts|looked|waiting|begun|ended|rewind|go_on|sha256|outcome|announced|apart|escapes|away|alone|nodes|asked|relevant|run|compile_more)$/;

/** What stands alone has to do with the others by their long names alone. */
const NOTHING = /$^/;

const [argument] = process.argv.slice(2);
const watched = argument === "--watch";
const apart = argument && !watched;
const folder = path.resolve(ROOT, apart ? argument : "screening_block/embed/bundled");

/** @type {import("terser").MinifyOptions} */
const SHORT = {
  module: true,
  ecma: 2022,
  compress: { passes: 3, pure_getters: true, unsafe_arrows: true, hoist_funs: true },
};
const shorten = async (text) => `${(await minify(text, SHORT)).code}\n`;

/** @type {string[]} The styles' own variables. */
const variables = [];

/** Gives them short names, the same in all styles. Those of pages begin with `--ls-` and stay. */
function shorten_style(style) {
  return style.replace(/(?<![\w-])--(?!ls-)[a-z][a-z-]*/g, (name) => {
    if (!variables.includes(name)) variables.push(name);
    return `--${(variables.indexOf(name) + 10).toString(36)}`;
  });
}

/** @param {string} file a style sheet, in its shortest form */
async function style(file) {
  const made = await build({ entryPoints: [file], bundle: true, minify: true, write: false });
  return shorten_style(made.outputFiles[0].text).trim();
}

/**
 * Joins what one module imports.
 * @param {string} entry
 * @param {import("esbuild").Plugin["setup"]} setup
 * @param {Record<string, string | false>} [names] of members, as other files have them
 * @param {RegExp} [internal] of the members that get short names
 */
async function join(entry, setup = () => {}, names = {}, internal = INTERNAL) {
  const made = await build({
    entryPoints: [entry],
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    legalComments: "none",
    mangleProps: internal,
    mangleCache: names,
    metafile: true,
    write: false,
    plugins: [
      { name: "parts", setup },
      {
        // A part brings its style as a text.
        name: "style",
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.css$/ }, async ({ path: file }) => ({
            contents: await style(file),
            loader: "text",
          })),
      },
    ],
  });
  const inputs = Object.keys(made.metafile.inputs).map((one) => path.resolve(one));
  return { text: made.outputFiles[0].text, inputs, names: made.mangleCache };
}

/**
 * A later part as a module with one function, which makes of a kit what the part exports.
 * @param {string} text of esbuild: what is imported comes first, what is exported last
 * @param {string[]} kit names of what the first part hands over, which grow here
 */
function as_function(text, kit) {
  /** @type {string[]} */
  const taken = [];
  /** @type {string[]} */
  const again = [];
  const body = text
    .replace(/import\{([^}]*)\}from"kit:([^"]*)";/g, (_, names, from) => {
      for (const one of names.split(",")) {
        const [name, local = name] = one.split(" as ");
        const wanted = `${name} ${from}`;
        if (!kit.includes(wanted)) kit.push(wanted);
        const known = (taken[kit.indexOf(wanted)] ??= local);
        // Two modules of the part import it.
        if (known !== local) again.push(`const ${local}=${known};`);
      }
      return "";
    })
    .replace(/export\{([^}]*)\};\s*$/, (_, names) => {
      const pairs = names.split(",").map((one) => one.split(" as "));
      return `return{${pairs.map(([local, name = local]) => `${name}:${local}`)}}`;
    });
  if (/\bimport\b|\bexport\b/.test(body)) throw Error(`not to be made a function: ${body}`);
  return `export default ([${Array.from(taken, (one) => one ?? "").join()}]) => {${again.join("")}${body}}`;
}

/** The first part and the later ones, by the names of their files. */
async function parts() {
  /** @type {string[]} Sources of the later parts. */
  const later = [];
  const { inputs: first } = await join(FIRST, ({ onResolve }) =>
    onResolve({ filter: /./ }, (one) => {
      if (one.kind !== "dynamic-import") return undefined;
      later.push(path.resolve(one.resolveDir, one.path));
      return { path: one.path, external: true };
    }),
  );

  /** @type {Record<string, string>} */
  const files = {};
  /** @type {Record<string, string>} */
  const named = {};
  /** @type {string[]} */
  const kit = [];
  /** @type {Record<string, string | false>} */
  let names = {};
  /** @type {Map<string, string>} */
  const holders = new Map();
  for (const entry of later.sort()) {
    const made = await join(
      entry,
      ({ onResolve }) =>
        onResolve({ filter: /^\./ }, (one) => {
          const file = path.resolve(one.resolveDir, one.path);
          return first.includes(file) ? { path: `kit:${file}`, external: true } : undefined;
        }),
      names,
    );
    ({ names } = made);
    for (const file of made.inputs) {
      const holder = holders.get(file);
      if (holder) throw Error(`${file} would be both in ${holder} and in ${entry}`);
      holders.set(file, entry);
    }
    const code = await shorten(as_function(made.text, kit));
    const hash = createHash("sha256").update(code).digest("hex").slice(0, 12);
    named[entry] = `${path.parse(entry).name}.${hash}.js`;
    files[named[entry]] = code;
  }

  const wanted = kit.map((one) => one.split(" "));
  const list = [
    ...wanted.map(([name, from], at) => `import { ${name} as k${at} } from "${from}";`),
    `export const kit = [${wanted.map((_, at) => `k${at}`)}];`,
  ].join("\n");
  const { text } = await join(
    FIRST,
    ({ onResolve, onLoad }) => {
      onResolve({ filter: /./ }, (one) =>
        one.kind === "dynamic-import"
          ? { path: `./${named[path.resolve(one.resolveDir, one.path)]}`, external: true }
          : undefined,
      );
      onLoad({ filter: /widget\/kit\.js$/ }, () => ({ contents: list }));
    },
    names,
  );
  return { ...files, "screener.js": await shorten(text) };
}

/** Writes all files, each in its shortest form, and takes away those of before. */
async function make() {
  const files = await parts();
  for (const source of [...SERVED, ...(apart ? WEIGHED : [])]) {
    const file = path.join(SOURCE, source);
    const name = path.basename(source);
    files[name] = name.endsWith(".css")
      ? `${await style(file)}\n`
      : await shorten(
          (await join(file, () => {}, {}, SERVED.includes(source) ? NOTHING : INTERNAL)).text,
        );
  }
  await mkdir(folder, { recursive: true });
  for (const old of await readdir(folder)) if (!files[old]) await rm(path.join(folder, old));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, name), text);
    console.log(path.relative(ROOT, path.join(folder, name)));
  }
}

await make();
if (watched)
  for await (const { filename } of watch(SOURCE, { recursive: true }))
    await make().catch((error) => console.error(filename, error));
