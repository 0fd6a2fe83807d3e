/** Goes to a place of the form by its content path: tab, block, field, test. */

import { stream } from "./page_state.js";

const TRIES = 60;

/**
 * @param {string} anchor such as "findings.<id>.applies_when", or a field of the page
 * @param {string} [row] a test of the condition there, "1.0"
 */
export function goTo(anchor, row) {
  uncover();
  const [room, id, ...path] = anchor.split(".");
  const root = stream(room);
  const child = root?.children.find((one) => one.id === id);
  if (!child) return toField(room);
  root.reveal(child, path);
  return (
    row &&
    later(
      () => place(child.element, path)?.querySelector(".ls-condition")?.lsCondition,
      (condition) => condition.openAt(row),
    )
  );
}

function toField(name) {
  const field = document.querySelector(`[data-contentpath="${CSS.escape(name)}"]`);
  if (!field) return;
  const tab = field.closest('[role="tabpanel"]');
  if (tab?.hidden) document.querySelector(`[role="tab"][aria-controls="${tab.id}"]`)?.click();
  for (let at = field; at; at = at.parentElement?.closest("[data-panel]"))
    at.querySelector('[data-panel-toggle][aria-expanded="false"]')?.click();
  // A tab fades out before the next one is shown.
  later(
    () => field.offsetParent,
    () => {
      field.scrollIntoView({ block: "center" });
      field
        .querySelector("input:not([type=hidden]), textarea, select, button")
        ?.focus({ preventScroll: true });
    },
  );
}

const place = (element, path) =>
  path.reduce((at, step) => at?.querySelector(`[data-contentpath="${CSS.escape(step)}"]`), element);

/** Acts once there is something to act on; gives up after a second. */
function later(find, act, tries = TRIES) {
  const found = find();
  // The stream moves the focus in the frame after it has shown the place.
  if (found) setTimeout(() => act(found), 50);
  else if (tries) requestAnimationFrame(() => later(find, act, tries - 1));
}

/** On a narrow screen the side panel lies over the form. */
function uncover() {
  const side = document.querySelector("[data-form-side]");
  if (side && side.getBoundingClientRect().width > window.innerWidth * 0.75)
    document.querySelector("[data-form-side-close-button]")?.click();
}
