/**
 * Deleting what a condition uses is refused before it happens, and says where it is used;
 * what is duplicated gets a key of its own.
 */

import { h } from "../widget/dom.js";
import { vocabulary } from "./condition_server.js";
import { giveNewKey } from "./key_names.js";
import { ROOMS, blockAround, stream, uses } from "./page_state.js";

document.addEventListener(
  "click",
  (event) => {
    const button = /** @type {Element} */ (event.target).closest?.("[data-streamfield-action]");
    const child = button?.closest("[data-streamfield-child]");
    if (!child || !ROOMS.some((room) => stream(room))) return;
    const action = button.dataset.streamfieldAction;
    if (action === "DUPLICATE") setTimeout(() => giveNewKey(child));
    if (action !== "DELETE") return;
    const what = named(child);
    const places = what ? uses(what) : [];
    if (!places.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    refuse(what, places, button);
  },
  true,
);

/**
 * The question, fact or option that an element of a stream or list holds, or null.
 * @returns {import("./page_state.js").Subject | null}
 */
function named(child) {
  const block = blockAround(child);
  if (!block) return null;
  const { room, index, value } = block;
  if (stream(room).children[index].element === child) {
    const kind = { questions: "question", facts: "fact" }[room];
    return kind ? { kind, key: value.key } : null;
  }
  if (room !== "questions" || !child.closest('[data-contentpath="options"]')) return null;
  const key = child.querySelector('input[name$="-value-key"]')?.value;
  return { kind: "option", key, question: value.key };
}

async function refuse({ kind }, places, button) {
  const { say } = await vocabulary();
  const close = () => dialog.close();
  const entry = (place) =>
    h(
      "li",
      h(
        "button.ls-used__place",
        {
          type: "button",
          onclick: () => {
            close();
            show(place);
          },
        },
        h("span", `${say(`room_${place.room}`)}: `, h("strong", place.label || place.key)),
        h("small", say(`field_${place.field}`)),
      ),
    );
  const dialog = h(
    "dialog.ls-used",
    { "aria-labelledby": "ls-used-title" },
    h("h2", { id: "ls-used-title" }, say("used_title")),
    h("p", say(`used_${kind}`)),
    h("ul", places.map(entry)),
    h("p", say("used_help")),
    h("button.button", { type: "button", onclick: close }, say("used_close")),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (document.activeElement === document.body) button.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** Opens the tab and the block of a place, and puts the focus on its condition. */
export function show({ room, element, field }) {
  const root = stream(room);
  root.reveal(
    root.children.find((child) => child.element === element),
    [field],
  );
}
