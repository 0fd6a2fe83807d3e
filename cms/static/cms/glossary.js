/**
 * Opens the explanation of a marked word beside it. Without script, or in a browser that
 * has no popovers, the word is what it is in the page: a link to the glossary.
 */

/** Pixels: from the edge of the window, and from the word. */
const EDGE = 16;
const GAP = 6;

/**
 * Below the last line of the word or above its first, wherever there is more room; never
 * over it.
 *
 * @param {HTMLElement} word
 * @param {HTMLElement} box
 */
function place(word, box) {
  const lines = [...word.getClientRects()];
  const first = lines[0];
  const last = lines[lines.length - 1];
  if (!first || !last) return;
  const { clientWidth, clientHeight } = document.documentElement;
  const { width, height } = box.getBoundingClientRect();
  // What stays at the top of the window covers what is below it.
  const bar = document.querySelector(".quick-exit")?.getBoundingClientRect().bottom ?? 0;
  const below = clientHeight - last.bottom - GAP;
  const above = first.top - Math.max(bar, 0) - GAP;
  const isBelow = height <= below || below >= above;
  const top = isBelow ? last.bottom + GAP : first.top - GAP - height;
  const from = isBelow ? last.left : first.left;
  const left = Math.max(EDGE, Math.min(from, clientWidth - width - EDGE));
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${top + scrollY}px`;
}

/** @param {HTMLAnchorElement} word */
function prepare(word) {
  const box = document.getElementById(word.dataset.explained ?? "");
  if (!box) return;
  const isOpen = () => box.matches(":popover-open");
  const again = () => place(word, box);
  // A press outside closes it, also one on the word, which then must not open it again.
  let wasOpen = false;
  let goesBack = false;

  word.setAttribute("aria-haspopup", "dialog");
  word.setAttribute("aria-expanded", "false");
  word.addEventListener("pointerdown", () => {
    wasOpen = isOpen();
  });
  word.addEventListener("click", (event) => {
    // Whoever asks for a new tab or window gets the glossary.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (isOpen()) box.hidePopover();
    else if (!wasOpen) {
      box.showPopover();
      again();
      box.focus({ preventScroll: true });
    }
    wasOpen = false;
  });

  box.addEventListener("beforetoggle", (event) => {
    goesBack = event.newState === "closed" && box.contains(document.activeElement);
  });
  box.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    word.setAttribute("aria-expanded", String(open));
    if (open) return addEventListener("resize", again);
    removeEventListener("resize", again);
    const { activeElement } = document;
    const isLost = !activeElement || activeElement === document.body;
    if (goesBack && (isLost || box.contains(activeElement))) word.focus({ preventScroll: true });
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    // In the order of the page it stands at the end: whoever leaves it is at the word.
    const stops = [...box.querySelectorAll("a, button")];
    const atEnd = document.activeElement === stops[stops.length - 1];
    const atStart = [box, stops[0]].includes(/** @type {HTMLElement} */ (document.activeElement));
    if (event.shiftKey ? !atStart : !atEnd) return;
    box.hidePopover();
    word.focus({ preventScroll: true });
    if (event.shiftKey) event.preventDefault();
  });
  addEventListener("beforeprint", () => {
    if (isOpen()) box.hidePopover();
  });
}

if ("popover" in HTMLElement.prototype) {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const words = document.querySelectorAll("a[data-explained]");
  words.forEach(prepare);
}
