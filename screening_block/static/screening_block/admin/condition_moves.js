/** Moving conditions about: by drag within and between editors, and by the clipboard. */

import * as model from "./condition_model.js";
import { halt } from "./condition_parts.js";

const TYPE = "application/x-ls-condition";

export async function writeClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<string|null>} null where the browser does not allow it */
export async function readClipboard() {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return null;
  }
}

/** The editor and path that are being dragged; one drag at a time on a page. */
let dragged = null;

export class Drags {
  constructor(editor) {
    this.editor = editor;
    const { element } = editor;
    element.addEventListener("dragover", (event) => this.over(event));
    element.addEventListener(
      "dragleave",
      (event) => element.contains(event.relatedTarget) || this.clear(),
    );
    element.addEventListener("drop", (event) => this.drop(event));
  }

  start(event, path) {
    const { editor } = this;
    const text = model.write(model.at(editor.tree, path));
    event.stopPropagation();
    event.dataTransfer.effectAllowed = "copyMove";
    event.dataTransfer.setData(TYPE, text);
    event.dataTransfer.setData("text/plain", text);
    const item = event.currentTarget.closest("[data-path]");
    event.dataTransfer.setDragImage(item, 16, 16);
    dragged = { editor, path, item };
    item.classList.add("is-dragged");
  }

  end() {
    dragged?.item.classList.remove("is-dragged");
    dragged = null;
    this.clear();
  }

  clear() {
    this.target?.element.classList.remove("is-before", "is-after", "is-into");
    this.target = null;
  }

  over(event) {
    if (!event.dataTransfer.types.includes(TYPE)) return;
    halt(event);
    event.dataTransfer.dropEffect = dragged?.editor === this.editor ? "move" : "copy";
    this.clear();
    this.target = this.place(event);
    this.target?.element.classList.add(this.target.side);
  }

  /** Where a drop would go: `{group, index, element, side}`. */
  place(event) {
    const adders = event.target.closest(".ls-adders");
    if (adders) {
      const group = model.readPath(adders.dataset.group);
      const node = this.editor.tree && model.at(this.editor.tree, group);
      return { group, index: node?.of?.length, element: adders, side: "is-into" };
    }
    const item = event.target.closest("[data-path]");
    if (!item) return null;
    const path = model.readPath(item.dataset.path);
    if (!path.length) return null;
    const box = (item.querySelector(".ls-head") ?? item).getBoundingClientRect();
    const after = event.clientY > box.top + box.height / 2;
    const group = path.slice(0, -1);
    return {
      group,
      index: path.at(-1) + (after ? 1 : 0),
      element: item,
      side: after ? "is-after" : "is-before",
    };
  }

  drop(event) {
    const { target, editor } = this;
    this.clear();
    if (!target || !event.dataTransfer.types.includes(TYPE)) return;
    halt(event);
    if (dragged?.editor === editor) {
      const index = target.index ?? 0;
      const moved = model.isGroup(model.at(editor.tree, target.group))
        ? model.move(editor.tree, dragged.path, target.group, index)
        : null;
      if (moved) editor.commit(moved.tree, { focus: [moved.path, "grip"], say: "moved" });
      else editor.announce("cannot_move");
      return;
    }
    const { tree, wrong } = model.readPasted(
      event.dataTransfer.getData(TYPE),
      editor.law.limits.nesting,
    );
    if (wrong) editor.announce(`paste_${wrong}`);
    else editor.add(target.group, tree, target.index, "pasted");
  }
}
