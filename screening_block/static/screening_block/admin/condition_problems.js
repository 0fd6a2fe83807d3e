/** What is wrong with a condition, shown at the row concerned with a way out. */

import { h } from "../widget/dom.js";
import { icon } from "./condition_parts.js";
import * as model from "./condition_model.js";

/** Codes that only say: this is not filled in yet. */
const UNFINISHED = new Set(["missing", "empty"]);
const steps = (path) => (path ? path.split("/") : []);

/**
 * @param {import("./condition_editor.js").ConditionEditor} editor
 * @param {import("./condition_server.js").Problem[]} problems
 */
export function showProblems(editor, problems) {
  for (const { slot, item } of editor.slots.values()) {
    slot.replaceChildren();
    item.classList.remove("is-wrong", "is-unfinished");
  }
  for (const problem of problems) {
    const place = slotOf(editor, problem);
    if (!place) continue;
    const todo = UNFINISHED.has(problem.code) || blank(editor.tree, problem);
    place.item.classList.add(todo ? "is-unfinished" : "is-wrong");
    place.slot.append(
      h(
        `p.ls-problem${todo ? ".ls-problem--todo" : ""}`,
        icon(todo ? "info-circle" : "warning"),
        h("span", problem.message),
        problem.suggestion && remedy(editor, problem),
      ),
    );
  }
  const summary = editor.bar.querySelector(".ls-bar__problems");
  const text = problems.length
    ? editor.words(problems.length === 1 ? "one_problem" : "n_problems", {
        n: String(problems.length),
      })
    : "";
  if (summary && summary.textContent !== text) summary.textContent = text;
}

/** The row a path leads to: the innermost one that is drawn. */
function slotOf(editor, { path }) {
  const way = [];
  for (const step of steps(path)) {
    if (!/^\d+$/.test(step)) break;
    way.push(step);
  }
  for (let length = way.length; length >= 0; length -= 1) {
    const found = editor.slots.get(way.slice(0, length).join("."));
    if (found) return found;
  }
  return null;
}

/** Whether a figure or an answer is still to be chosen: it stands there as an empty key. */
function blank(tree, { path }) {
  let value = tree;
  for (const step of steps(path))
    value = Array.isArray(value?.of) && /^\d+$/.test(step) ? value.of[step] : value?.[step];
  return value === "";
}

function remedy(editor, problem) {
  const { key, label } = problem.suggestion;
  return h(
    "button.button.button-small.button-secondary",
    {
      type: "button",
      "data-part": "remedy",
      onclick: () => {
        const way = steps(problem.path);
        const path = [];
        while (/^\d+$/.test(way[0] ?? "") && Array.isArray(model.at(editor.tree, path)?.of))
          path.push(Number(way.shift()));
        const node = set(structuredClone(model.at(editor.tree, path)), way, key);
        editor.commit(model.put(editor.tree, path, node), {
          focus: [model.outer(editor.tree, path), "subject"],
          say: "mended",
        });
      },
    },
    editor.words("use", { label }),
  );
}

/**
 * Sets what stands at a way of names; an operand is set inside.
 * @param {any} holder
 * @param {string[]} way
 * @param {string} key
 */
function set(holder, [step, ...rest], key) {
  const inner = holder[step];
  if (rest.length) set(inner, rest, key);
  else if (inner && typeof inner === "object" && !Array.isArray(inner))
    holder[step] = { [Object.keys(inner)[0]]: key };
  else holder[step] = key;
  return holder;
}
