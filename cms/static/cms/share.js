/**
 * Share and print an article: by the device's own sheet where it has one, else the link is
 * copied. Nobody else is asked, and nothing is kept.
 */

const part = /** @type {HTMLElement} */ (document.querySelector("[data-share]"));
const said = /** @type {HTMLElement} */ (part.querySelector("[role=status]"));
const { share: url = "", title = "", copied = "", failed = "" } = part.dataset;

async function share() {
  said.textContent = "";
  try {
    if (navigator.share) return await navigator.share({ title, url });
  } catch (error) {
    // Whoever closed the sheet wants no link.
    if (error instanceof DOMException && error.name === "AbortError") return;
  }
  try {
    await navigator.clipboard.writeText(url);
    said.textContent = copied;
  } catch {
    said.textContent = failed;
  }
}

/**
 * @param {string} name
 * @param {() => void} act
 */
function offer(name, act) {
  const button = /** @type {HTMLButtonElement} */ (part.querySelector(`[data-share-${name}]`));
  button.hidden = false;
  button.addEventListener("click", act);
}

offer("link", share);
offer("print", () => print());
