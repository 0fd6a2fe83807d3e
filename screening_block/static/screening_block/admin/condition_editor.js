/**
 * The editor of one condition: rows in groups, with keys, drag, clipboard and undo. Drawn
 * when it is opened. Every change makes a new tree (`condition_model`), whose text is the
 * value; nothing is written before an editor changes something.
 */

import { h } from "../widget/dom.js";
import { atomFields } from "./condition_fields.js";
import * as model from "./condition_model.js";
import { halt, iconButton, menu, select, textButton, update } from "./condition_parts.js";
import { ask, vocabulary } from "./condition_server.js";
import { Drags, readClipboard, writeClipboard } from "./condition_moves.js";
import { showProblems } from "./condition_problems.js";
import { blockAround, byKey, context, factsAround } from "./page_state.js";

const WAIT = 200;
const NEW = { op: "is" };
const name = (path) => path.join(".");
const pathOf = (item) => model.readPath(item.dataset.path);

/** @typedef {[path: number[], part: string]} Focus a node, and which part of it */

export class ConditionEditor {
  /**
   * @param {HTMLTextAreaElement} field holds the value
   * @param {object} options
   * @param {string} options.label
   * @param {(said: import("./condition_server.js").Said) => void} options.onsaid
   */
  static async open(field, options) {
    const law = await vocabulary();
    return new ConditionEditor(field, options, law);
  }

  constructor(field, { onsaid, label }, law) {
    this.field = field;
    this.onsaid = onsaid;
    this.law = law;
    this.words = law.say;
    this.tree = model.read(field.value);
    this.history = new model.History(field.value);
    this.live = h("p.ls-live", { role: "status" });
    this.body = h("div.ls-body");
    this.bar = h("div.ls-bar", { role: "toolbar", "aria-label": law.say("tools") });
    this.element = h(
      "div.ls-editor",
      { role: "group", "aria-label": label, onkeydown: (event) => this.onKey(event) },
      this.bar,
      this.body,
      this.live,
    );
    this.drags = new Drags(this);
    for (const kind of ["copy", "cut", "paste"])
      this.element.addEventListener(kind, (event) => this.onClipboard(kind, event));
    this.onText = () => this.typed();
    field.addEventListener("input", this.onText);
    this.drawBar();
    this.render();
    this.describe();
  }

  close() {
    this.field.removeEventListener("input", this.onText);
    clearTimeout(this.timer);
    this.element.remove();
  }

  // -- The value --------------------------------------------------------------------

  /**
   * Another tree. `quiet`: from a field that is being typed in, which stays as it is.
   * @param {model.Node | null} tree
   * @param {{quiet?: boolean, focus?: Focus, say?: string}} [how]
   */
  commit(tree, { quiet = false, focus, say } = {}) {
    if (tree && model.depth(tree) > this.law.limits.nesting) {
      this.announce("too_deep");
      return;
    }
    this.tree = tree;
    const text = model.write(tree);
    if (quiet && this.typing) this.history.texts[this.history.place] = text;
    else this.history.add(text);
    this.typing = quiet;
    this.store(text);
    if (!quiet) this.render(focus);
    else this.updateBar();
    if (say) this.announce(say);
    this.describe();
  }

  store(text) {
    if (this.field.value === text) return;
    this.field.value = text;
    this.storing = true;
    for (const kind of ["input", "change"])
      this.field.dispatchEvent(new Event(kind, { bubbles: true }));
    this.storing = false;
  }

  /** Somebody typed in the text, or something else set it. */
  typed() {
    if (this.storing) return;
    this.tree = model.read(this.field.value);
    this.history.add(this.field.value);
    this.typing = false;
    this.render();
    this.describe();
  }

  go(way) {
    const text = this.history.go(way);
    if (text === null) return;
    const focus = this.focused();
    this.tree = model.read(text);
    this.typing = false;
    this.store(text);
    this.render(focus);
    this.announce(way < 0 ? "undone" : "redone");
    this.describe();
  }

  describe() {
    clearTimeout(this.timer);
    this.element.classList.add("is-asking");
    this.timer = setTimeout(async () => {
      const text = this.field.value;
      const said = text.trim() ? await ask(text) : { sentence: "", problems: [] };
      if (text !== this.field.value) return;
      this.element.classList.remove("is-asking");
      if (!said) return;
      this.said = said;
      this.onsaid(said);
      showProblems(this, said.problems);
    }, WAIT);
  }

  // -- Drawing ----------------------------------------------------------------------

  /** @param {[number[], string]} [focus] where the focus goes: a path and a part */
  render(focus) {
    const around = blockAround(this.field);
    const page = context();
    this.here = {
      questions: byKey(page.questions),
      facts: byKey(page.facts),
      around: around?.room === "facts" ? factsAround(around.value.key) : new Set(),
      law: this.law,
      say: this.words,
    };
    this.slots = new Map();
    this.updateBar();
    if (this.tree === undefined) this.body.replaceChildren(h("p.ls-note", this.words("not_json")));
    else if (this.tree === null)
      this.body.replaceChildren(h("p.ls-note", this.words("nothing_yet")), this.adders([]));
    else {
      const item = this.item([], 0, 1);
      const alone = !model.isGroup(model.seen(this.tree, []).node);
      this.body.replaceChildren(h("ul.ls-rows", item), ...(alone ? [this.adders([])] : []));
    }
    showProblems(this, this.said?.problems ?? []);
    if (focus) this.focus(...focus);
  }

  drawBar() {
    const { words: say } = this;
    this.tools = {
      undo: iconButton("redirect", `${say("undo")} (Ctrl+Z)`, () => this.go(-1), "undo"),
      redo: iconButton("redirect", `${say("redo")} (Ctrl+Y)`, () => this.go(1), "redo"),
      copy: iconButton("copy", say("copy_all"), () => this.copy([]), "copy-all"),
    };
    this.bar.append(
      ...Object.values(this.tools),
      iconButton("clipboard-list", say("paste"), () => this.paste(null), "paste-all"),
      h("span.ls-bar__problems"),
      textButton(
        "code",
        say("as_text"),
        (event) => {
          const shown = this.field.classList.toggle("is-shown");
          event.currentTarget.setAttribute("aria-pressed", String(shown));
        },
        "as-text",
        { "aria-pressed": String(this.field.classList.contains("is-shown")) },
      ),
    );
  }

  updateBar() {
    const usable = {
      undo: this.history.can(-1),
      redo: this.history.can(1),
      copy: Boolean(this.tree),
    };
    for (const [name, can] of Object.entries(usable))
      update(this.tools[name], "aria-disabled", String(!can));
  }

  /** The list item of the node at a path: a row or a group. */
  item(path, index, count) {
    const { node, path: inner, denied } = model.seen(model.at(this.tree, path), path);
    const slot = h("div.ls-problems", { id: `ls-problems-${Math.random().toString(36).slice(2)}` });
    const group = model.isGroup(node);
    const item = h(`li.${group ? "ls-group" : "ls-row"}`, { "data-path": name(path) });
    this.slots.set(name(path), { item, slot });
    this.slots.set(name(inner), { item, slot });
    const label = this.words(group ? "group_n" : "test_n", {
      n: String(index + 1),
      of: String(count),
    });
    const box = { role: "group", "aria-label": label, "aria-describedby": slot.id };
    const grip = path.length ? this.grip(path, label) : null;
    const titled = (word) => `${this.words(word)}: ${label}`;
    const more = menu(titled("more"), () => this.actions(path, inner), "more");
    const out = iconButton("bin", titled("remove"), () => this.remove(path), "remove");
    const head = h(
      "div.ls-head",
      grip,
      h(
        "div.ls-fields",
        group
          ? this.groupFields(node, path, inner, denied)
          : atomFields(node, denied, this.here, this.changer(path)),
      ),
      h("div.ls-tools", more, out),
    );
    if (!group) item.append(h("div.ls-box", box, head, slot));
    else {
      const { of } = node;
      const word = { all: "and", any: "or" }[node.op];
      const rows = of.map((_child, i) => this.item([...inner, i], i, of.length));
      if (word) for (const row of rows.slice(1)) row.dataset.joined = this.words(word);
      const list = h("ul.ls-rows", word && { "data-word": word }, rows);
      item.append(h("div.ls-box", box, head, slot, list, node.op !== "not" && this.adders(inner)));
    }
    return item;
  }

  grip(path, label) {
    return iconButton("grip", `${this.words("move")}: ${label}`, null, "grip", {
      draggable: "true",
      "aria-keyshortcuts": "ArrowUp ArrowDown Delete Control+C Control+V",
      title: this.words("grip_help"),
      ondragstart: (event) => this.drags.start(event, path),
      ondragend: () => this.drags.end(),
    });
  }

  groupFields(node, path, inner, denied) {
    const { words: say } = this;
    if (node.op === "not") return [h("strong", say("not_so"))];
    const modes = [...model.GROUPS, ...model.GROUPS.map((op) => `!${op}`)];
    const mode = select(
      say("group_is"),
      (denied ? "!" : "") + node.op,
      modes.map((op) => [op, say(`group_${op.replace("!", "not_")}`)]),
      (op) =>
        this.changer(path)(
          ({ n, ...old }) => {
            const kind = op.replace("!", "");
            return { op: kind, ...(kind === "at_least" && { n: n ?? 1 }), of: old.of };
          },
          { denied: op.startsWith("!"), part: "mode" },
        ),
      "mode",
    );
    mode.classList.add("ls-select--mode");
    if (node.op !== "at_least") return [mode];
    const n = h("input.ls-input.ls-input--n", {
      type: "number",
      min: "1",
      max: String(node.of.length),
      value: String(node.n ?? ""),
      "aria-label": say("how_many"),
      "data-part": "n",
      oninput: () =>
        n.value && this.changer(path)((old) => ({ ...old, n: Number(n.value) }), { quiet: true }),
    });
    return [mode, n, h("span.ls-word", say("of_these"))];
  }

  adders(inner) {
    const { words: say } = this;
    return h(
      "div.ls-adders",
      { "data-group": name(inner) },
      textButton("plus", say("add_test"), () => this.add(inner, NEW), "add"),
      textButton("list-ul", say("add_group"), () => this.addGroup(inner), "add-group"),
    );
  }

  // -- Changes ----------------------------------------------------------------------

  /**
   * How the fields of the node at a path change it.
   * @returns {import("./condition_fields.js").Change}
   */
  changer(path) {
    return (make, { denied, quiet, part } = {}) => {
      const now = model.seen(model.at(this.tree, path), path);
      const node = make(now.node);
      const deny = denied ?? now.denied;
      const tree =
        deny === now.denied
          ? model.put(this.tree, now.path, node)
          : model.put(this.tree, path, deny ? { op: "not", of: [node] } : node);
      this.commit(tree, { quiet, focus: part ? [path, part] : this.focused(path) });
    };
  }

  /** A node more at the end of a group; beside a single test it makes a group. */
  add(inner, node, index, say = "added") {
    let path = inner;
    let { tree } = this;
    if (tree && !model.isGroup(model.at(tree, inner))) {
      tree = model.wrap(tree, model.outer(tree, inner));
      path = model.outer(this.tree, inner);
    }
    const place = tree ? (index ?? model.at(tree, path).of.length) : 0;
    const at = tree ? [...path, place] : [];
    const first = model.isGroup(node) && node.of.length ? [...at, 0] : at;
    this.commit(model.insert(tree, path, place, node), { focus: [first, "subject"], say });
  }

  addGroup(inner) {
    const above = this.tree && model.at(this.tree, inner);
    this.add(inner, { op: above?.op === "any" ? "all" : "any", of: [NEW] });
  }

  remove(path) {
    const tree = model.remove(this.tree, path);
    const above = path.slice(0, -1);
    const left = tree && path.length ? (model.at(tree, above)?.of?.length ?? 0) : 0;
    /** @type {Focus} */
    const focus = left ? [[...above, Math.min(path.at(-1), left - 1)], "grip"] : [above, "add"];
    this.commit(tree, { focus, say: "removed" });
  }

  shift(path, way) {
    const moved = model.step(this.tree, path, way);
    if (moved)
      this.commit(moved.tree, {
        focus: [moved.path, "grip"],
        say: way < 0 ? "moved_up" : "moved_down",
      });
    else this.announce("cannot_move");
  }

  duplicate(path) {
    const next = path.length ? [...path.slice(0, -1), path.at(-1) + 1] : [1];
    this.commit(model.duplicate(this.tree, path), { focus: [next, "subject"], say: "duplicated" });
  }

  async copy(path) {
    const done = await writeClipboard(model.write(model.at(this.tree, path)));
    this.announce(done ? "copied" : "no_clipboard");
  }

  async paste(path) {
    const text = await readClipboard();
    if (text === null) this.announce("no_clipboard");
    else this.take(text, path);
  }

  /** A pasted or dropped condition, after the node at a path or at the end. */
  take(text, path) {
    const { tree, wrong } = model.readPasted(text, this.law.limits.nesting);
    if (wrong) this.announce(`paste_${wrong}`);
    else if (!this.tree) this.commit(tree, { focus: [[], "subject"], say: "pasted" });
    else if (path?.length) this.add(path.slice(0, -1), tree, path.at(-1) + 1, "pasted");
    else this.add(model.seen(this.tree, []).path, tree, undefined, "pasted");
  }

  actions(path, inner) {
    const action = (word, icon, act, keys) => ({ label: this.words(word), icon, act, keys });
    const change = (tree, say) => this.commit(tree, { focus: [path, "more"], say });
    const movable = path.length > 0;
    const { op, roll, unit } = model.at(this.tree, inner);
    const rolls = op === "elapsed" && !roll && unit !== "days";
    const unwraps = model.unwraps(this.tree, inner);
    const putRoll = () =>
      this.changer(path)((old) => ({ ...old, roll: "last_day" }), { part: "roll" });
    return [
      movable && action("move_up", "arrow-up", () => this.shift(path, -1), "Alt+↑"),
      movable && action("move_down", "arrow-down", () => this.shift(path, 1), "Alt+↓"),
      action("duplicate", "doc-empty", () => this.duplicate(path), "Ctrl+D"),
      action("deny", "rotate", () => change(model.deny(this.tree, path), "denied")),
      action("wrap", "folder-inverse", () => change(model.wrap(this.tree, path), "wrapped")),
      unwraps &&
        action("unwrap", "folder-open-inverse", () =>
          change(model.unwrap(this.tree, inner), "unwrapped"),
        ),
      rolls && action("set_roll", "calendar", putRoll),
      action("copy", "copy", () => this.copy(path), "Ctrl+C"),
      action("paste_after", "clipboard-list", () => this.paste(path), "Ctrl+V"),
      action("remove", "bin", () => this.remove(path), "Del"),
    ].filter(Boolean);
  }

  // -- Keys and focus ---------------------------------------------------------------

  onKey(event) {
    const item = event.target.closest("[data-path]");
    const path = item && pathOf(item);
    const command = event.ctrlKey || event.metaKey;
    const { key } = event;
    const part = event.target.dataset.part;
    const act = () => {
      if (command && /^[zy]$/i.test(key) && part !== "search")
        return () => this.go(key.toLowerCase() === "y" || event.shiftKey ? 1 : -1);
      if (!path?.length) return null;
      const up = key === "ArrowUp";
      if ((up || key === "ArrowDown") && (event.altKey || part === "grip"))
        return () => this.shift(path, up ? -1 : 1);
      if (command && key.toLowerCase() === "d") return () => this.duplicate(path);
      if (part === "grip" && ["Delete", "Backspace"].includes(key)) return () => this.remove(path);
      return null;
    };
    const todo = act();
    if (!todo) return;
    halt(event);
    todo();
  }

  onClipboard(kind, event) {
    const typing = event.target.closest?.("input, textarea");
    if (typing || (kind !== "paste" && String(window.getSelection()))) return;
    const item = event.target.closest?.("[data-path]");
    const path = item ? pathOf(item) : [];
    event.preventDefault();
    if (kind === "paste") {
      this.take(event.clipboardData.getData("text/plain"), path);
      return;
    }
    if (!this.tree) return;
    event.clipboardData.setData("text/plain", model.write(model.at(this.tree, path)));
    if (kind === "cut") this.remove(path);
    else this.announce("copied");
  }

  /**
   * Where the focus is.
   * @param {number[]} [fallback] the node, where it is in none
   * @returns {Focus | undefined}
   */
  focused(fallback) {
    const now = document.activeElement;
    if (!this.element.contains(now)) return undefined;
    const part = now.closest("[data-part]")?.dataset.part ?? "grip";
    const item = now.closest("[data-path]");
    return [item ? pathOf(item) : (fallback ?? []), part];
  }

  focus(path, part) {
    const { item } = this.slots.get(name(path)) ?? {};
    const own = (selector) =>
      [...(item ?? this.element).querySelectorAll(selector)].find(
        (found) => !item || found.closest("[data-path]") === item,
      );
    const parts = [part, "add-value", "grip"].map((each) => `[data-part="${each}"]`);
    const target =
      [...parts, "[data-part]"].map(own).find(Boolean) ??
      this.element.querySelector('[data-part="subject"], [data-part="add"]');
    target?.focus();
  }

  announce(said) {
    this.live.textContent = "";
    this.live.textContent = this.words(said);
  }
}
