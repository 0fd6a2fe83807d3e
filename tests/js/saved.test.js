/** Files of saved answers: what goes in comes out, and a bad file gives a reason and no answer. */

import assert from "node:assert/strict";
import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { load_release } from "#screener/engine/release.js";
import {
  MAX_FILE,
  bare_phrase,
  fit,
  make_phrase,
  pack,
  seal,
  unpack as unpack_any,
  unseal,
} from "#screener/widget/saved.js";

const vectors = JSON.parse(
  readFileSync(new URL("../vectors/answers.json", import.meta.url), "utf8"),
);
/** @type {(text: string) => any} */
const unpack = unpack_any;
const SHA = "ab12".repeat(16);
const PHRASE = "otter lamp river nine";

/** The release of the vectors on answers, which has every answer type. */
function release_of(sha256 = SHA, change = (data) => data) {
  const data = {
    ...{ format: 1, key: "small", locale: "en", thresholds: {}, facts: [] },
    ...structuredClone(vectors.release),
  };
  return load_release(JSON.stringify(change(data)), { sha256 });
}
const release = release_of();

/** @type {(answers: Record<string, unknown>) => any} */
const visit = (answers) => ({
  release,
  book: { as_of: "2026-11-30" },
  asked: Object.keys(answers),
  answers,
  off: (key) => key === "fine",
});
const ALL = {
  pick: "lpr",
  many: ["fine", "jail"],
  law: "pc2",
  laws: ["other", "pc1"],
  yn: false,
  num: -7,
  small: null,
  fine: 425_00,
  day: "2016-02-29",
};
const text = pack(visit(ALL));

/** @param {() => unknown} act @param {string} code */
const refuses = (act, code, about = "") =>
  assert.throws(act, (error) => {
    assert.deepEqual(error, { code }, about);
    return true;
  });

describe("a file of saved answers", () => {
  test("gives back each answer that any answer type takes", () => {
    assert.deepEqual({ ...fit(release, unpack(text)).answers }, ALL);
    const taken = vectors.accepted.filter(({ question }) => release.questions.has(question));
    assert.ok(taken.length > 15);
    for (const { question, becomes } of taken) {
      const saved = unpack(pack(visit({ [question]: becomes })));
      const { answers, lost, changed } = fit(release, saved);
      assert.deepEqual([{ ...answers }, lost, changed], [{ [question]: becomes }, [], false]);
    }
  });

  test("says which questions, which release and which day, and nothing else", () => {
    assert.deepEqual(Object.keys(JSON.parse(text)), [
      ...["format", "screener", "release", "as_of", "answers"],
    ]);
  });

  test("that anybody can read does not have what stays off paper", () => {
    const { fine, ...rest } = JSON.parse(pack(visit(ALL), true)).answers;
    const { fine: told, ...others } = ALL;
    assert.deepEqual([fine, rest], [null, others]);
    assert.notEqual(told, null);
  });

  test("holds the values themselves where the page has changed how JSON is written", () => {
    Object.defineProperty(Array.prototype, "toJSON", { value: () => "x", configurable: true });
    try {
      assert.equal(pack(visit(ALL)), text);
    } finally {
      Reflect.deleteProperty(Array.prototype, "toJSON");
    }
  });

  test("may have been laid out anew and opened on another system", () => {
    const again = `${JSON.stringify(JSON.parse(text), null, 4).replaceAll("\n", "\r\n")}\r\n`;
    assert.deepEqual(unpack(again), unpack(text));
  });
});

describe("a file that is not right gives a reason and no answer", () => {
  const data = JSON.parse(text);
  /** @param {object} more */
  const made = (more) => JSON.stringify({ ...data, ...more });

  for (const [name, code, bad] of [
    ["is empty", "other", ""],
    ["is no JSON", "other", "Dear diary"],
    ["is a picture", "other", "\x89PNG\r\n\0\0"],
    ["is JSON of somebody else", "other", '{"answers": {"yn": true}}'],
    ["is a list", "other", "[1]"],
    ["is null", "other", "null"],
    ["is a release", "other", '{"format":1,"key":"small","questions":[]}'],
    ["says more than we write", "other", made({ name: "Ana" })],
    ["has too much in it", "size", `${text}${" ".repeat(5_000_000)}`],
    ["is nested deep", "changed", `{"format":${"[".repeat(5e4)}${"]".repeat(5e4)}}`],
    ["was cut off", "cut", text.slice(0, -9)],
    ["was cut off early", "cut", text.slice(0, 12)],
    ["has another format", "format", made({ format: 2 })],
    ["has a format that is no number", "other", made({ format: "1" })],
    ["has a key twice", "changed", text.replace('"yn":false', '"yn":false,"yn":true')],
    ["has a member twice", "changed", text.replace("}}", '},"answers":{}}')],
    ["has a release that is no name", "changed", made({ release: "../../admin" })],
    ["has a list as release", "changed", made({ release: [SHA] })],
    ["has a day that is none", "changed", made({ as_of: "2026-02-30" })],
    ["has a NUL in its name", "changed", made({ screener: "small\0" })],
    ["has answers that are a list", "changed", made({ answers: [true] })],
    ["has answers that are a text", "changed", made({ answers: "yn" })],
    ["has no answers", "changed", made({ answers: null })],
  ])
    test(`if it ${name}`, () => refuses(() => unpack(bad), code));

  for (const [name, answers] of [
    ["an unknown question", '{"nobody": true}'],
    ["__proto__", '{"__proto__": {"yn": true}}'],
    ["constructor", '{"constructor": true}'],
    ["an unknown option", '{"pick": "martian"}'],
    ["half a letter", '{"pick": "\\ud800"}'],
    ["half a letter as a question", '{"\\udfff": true}'],
    ["a NUL", '{"pick": "lpr\\u0000"}'],
    ["a number as text", '{"num": "7"}'],
    ["a number for yes", '{"yn": 1}'],
    ["a fraction", '{"num": 1.5}'],
    ["a number out of all bounds", '{"num": 1e300}'],
    ["a list in a list", '{"many": [["jail"]]}'],
    ["an object", '{"yn": {"valueOf": true}}'],
  ])
    test(`if its answers have ${name}`, () => {
      const saved = unpack(text.replace(/\{"pick.*\}\}/, `${answers}}`));
      refuses(() => fit(release, saved), "changed");
    });

  test("if it was cut off anywhere or a letter of it is another", () => {
    for (let at = 0; at < text.length; at += 1) {
      for (const bad of [text.slice(0, at), `${text.slice(0, at)}\0${text.slice(at + 1)}`]) {
        let came;
        try {
          came = fit(release, unpack(bad));
        } catch (error) {
          assert.deepEqual(Object.keys(error), ["code"], bad);
        }
        assert.equal(came, undefined, bad);
      }
    }
  });

  test("if it belongs to other questions", () => {
    refuses(() => fit(release, unpack(made({ screener: "other-one" }))), "screener");
  });
});

test("of another release what still fits is kept, and what does not is named", () => {
  const later = release_of("cd34".repeat(16), (data) => ({
    ...data,
    questions: data.questions
      .filter(({ key }) => key !== "yn" && key !== "fine")
      .map((one) => (one.key === "pick" ? { ...one, options: [{ key: "visa" }] } : one)),
    findings: [],
  }));
  const { answers, lost, changed } = fit(later, unpack(text));
  const { pick, yn, fine, ...kept } = ALL;
  assert.deepEqual([{ ...answers }, lost, changed], [kept, ["pick", "yn", "fine"], true]);
});

describe("a sealed file", async () => {
  const sealed = await seal(text, PHRASE);
  const file = unpack(sealed);

  test("opens with its phrase, however a device writes that", async () => {
    for (const typed of [
      PHRASE,
      "  Otter LAMP\triver  nine ",
      "otter lamp river nine".normalize("NFD"),
    ])
      assert.deepEqual(await unseal(file, typed), unpack(text));
  });

  test("says nothing of what is in it, not even how much", async () => {
    assert.deepEqual(
      [...Object.keys(file)],
      ["format", "sealed", "iterations", "salt", "iv", "data"],
    );
    for (const word of ["small", "answers", "lpr", SHA]) assert.ok(!sealed.includes(word));
    assert.equal((await seal(pack(visit({})), PHRASE)).length, sealed.length);
  });

  test("is another each time", async () => {
    const again = unpack(await seal(text, PHRASE));
    for (const part of ["salt", "iv", "data"]) assert.notEqual(again[part], file[part]);
  });

  test("takes the work that a guess is to take", () => {
    assert.ok(file.iterations >= 600_000);
    const weak = { ...file, iterations: 1 };
    const endless = { ...file, iterations: 2 ** 31 };
    for (const bad of [weak, endless]) refuses(() => unpack(JSON.stringify(bad)), "changed");
  });

  test("opens with no other phrase, and not if one letter of it is another", async () => {
    const letter = file.data.startsWith("A") ? "B" : "A";
    for (const [bad, phrase] of [
      [file, "otter lamp river ten"],
      [file, ""],
      [{ ...file, data: letter + file.data.slice(1) }, PHRASE],
      [{ ...file, iv: file.salt.slice(0, 16) }, PHRASE],
      [{ ...file, iterations: file.iterations + 1 }, PHRASE],
      [{ ...file, salt: file.iv }, PHRASE],
    ])
      await assert.rejects(unseal(unpack(JSON.stringify(bad)), phrase), { code: "phrase" });
    for (const bad of [
      { ...file, salt: "" },
      { ...file, iv: 7 },
      { ...file, data: "no base64!" },
    ])
      refuses(() => unpack(JSON.stringify(bad)), "changed");
  });

  test("opens for any program that does what docs/developers.md says", () => {
    const { data, ...head } = file;
    const bytes = (part) => Buffer.from(part, "base64");
    const key = pbkdf2Sync(PHRASE, bytes(file.salt), file.iterations, 32, "sha256");
    const opened = createDecipheriv("aes-256-gcm", key, bytes(file.iv));
    opened.setAAD(Buffer.from(JSON.stringify(head)));
    const locked = bytes(data);
    opened.setAuthTag(locked.subarray(-16));
    const found = opened.update(locked.subarray(0, -16), undefined, "utf8") + opened.final("utf8");
    assert.equal(found.trimEnd(), text);
    assert.equal(found.length % 4096, 0);
  });

  test("has no sealed file in it", async () => {
    const twice = unpack(await seal(sealed, PHRASE));
    await assert.rejects(unseal(twice, PHRASE), { code: "changed" });
  });
});

test("the largest visit fits into a file, sealed too", async () => {
  const rows = Array.from({ length: 2000 }, (_, n) => ({ key: `${"r".repeat(60)}${1000 + n}` }));
  const answers = { laws: rows.map(({ key }) => key).sort() };
  const sealed = await seal(pack(visit(answers)), PHRASE);
  assert.ok(sealed.length < MAX_FILE);
  assert.deepEqual((await unseal(unpack(sealed), PHRASE)).answers, answers);
});

test("a phrase that is made for a visitor is four numbers of four digits, and long enough", () => {
  const made = Array.from({ length: 50 }, make_phrase);
  for (const one of made) assert.match(one, /^\d{4} \d{4} \d{4} \d{4}$/);
  assert.equal(new Set(made).size, 50);
  assert.equal(bare_phrase(" ＯＴＴＥＲ  Lamp "), "otter lamp");
});
