/**
 * Shows how far background work is: asks for what has changed until it has ended.
 * Without it the page has a link that does the same.
 */
(() => {
  const place = document.getElementById("work-state");
  const PAUSE = 1500;

  async function look() {
    try {
      const answer = await fetch("?part", { credentials: "same-origin" });
      const html = await answer.text();
      if (answer.ok && !answer.redirected && !show(html)) return;
    } catch {
      // The server is away for a moment; it is asked again.
    }
    setTimeout(look, PAUSE);
  }

  /** @returns {boolean} whether it goes on */
  function show(html) {
    const read = new DOMParser().parseFromString(html, "text/html");
    const found = read.querySelector("[data-state]");
    if (found && found.outerHTML !== place.firstElementChild.outerHTML) {
      const kept = document.activeElement;
      const link = place.contains(kept);
      place.replaceChildren(found);
      if (link) place.querySelector("a")?.focus();
    }
    return ["waiting", "running"].includes(found?.getAttribute("data-state"));
  }

  if (place?.dataset.changes) setTimeout(look, PAUSE);
})();
