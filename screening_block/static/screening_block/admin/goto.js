/**
 * Opens an editor at the field that its address names (`#:w:contentpath=...`).
 *
 * Wagtail picks the tab before the blocks in it are made, so that a field inside a
 * block would stay hidden behind the first tab, or in a folded block.
 */
(() => {
  /** Taken at once: Wagtail's tabs soon write their own name into the address. */
  const opened = window.location.hash;

  /**
   * @param {string} hash
   * @returns {Element | null} the field, or the nearest part of its path there is
   */
  function named(hash) {
    const [, query] = hash.split(":w:");
    const path = new URLSearchParams(query || "").get("contentpath");
    let found = null;
    for (const name of path ? path.split(".") : []) {
      const inner = (found || document).querySelector(`[data-contentpath="${CSS.escape(name)}"]`);
      if (!inner) break;
      found = inner;
    }
    return found;
  }

  /** @param {string} hash */
  function go(hash) {
    const field = named(hash);
    if (!field) return;
    const tab = field.closest('[role="tabpanel"]');
    if (tab?.hidden) {
      document.querySelector(`[role="tab"][aria-controls="${tab.id}"]`)?.click();
    }
    for (let at = field; at; at = at.parentElement?.closest("[data-panel]")) {
      const toggle = at.querySelector("[data-panel-toggle]");
      // Its own, not that of another block inside.
      const whole = at === field ? "[data-contentpath]" : "[data-panel]";
      const folded = toggle?.getAttribute("aria-expanded") === "false";
      if (folded && toggle.closest(whole) === at) toggle.click();
    }
    // After Wagtail's own scrolling, which went by where the field was hidden.
    setTimeout(() => {
      const first = field.querySelector("input:not([type=hidden]), textarea, select");
      first?.focus({ preventScroll: true });
      // Where one types: the middle of a tall block would leave that above the window.
      show(first?.checkVisibility() ? first : field);
    }, 200);
  }

  /** Scrolls there, and again while the page still moves, until somebody acts. */
  function show(field) {
    let left = 10;
    const acts = new AbortController();
    for (const type of ["wheel", "pointerdown", "keydown", "touchmove"]) {
      window.addEventListener(type, () => (left = 0), {
        signal: acts.signal,
        capture: true,
        passive: true,
      });
    }
    const look = () => {
      if (left-- <= 0) return acts.abort();
      const { top, bottom } = field.getBoundingClientRect();
      if (bottom < 0 || top > innerHeight) field.scrollIntoView({ block: "center" });
      setTimeout(look, 200);
    };
    field.scrollIntoView({ block: "center" });
    look();
  }

  window.addEventListener("load", () => setTimeout(go, 0, opened));
  window.addEventListener("hashchange", () => go(window.location.hash));
})();
