/** Unfolds what a link jumps to, for browsers that do not do so by themselves. */

function unfold() {
  const target = document.querySelector("details:not([open]) :target");
  /** @type {HTMLDetailsElement | null | undefined} */
  const folded = target?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  folded.scrollIntoView({ behavior: "instant" });
}

addEventListener("hashchange", unfold);
unfold();
