/**
 * The quick exit of every page: a harmless page takes the place of this one, so that “Back” does
 * not lead here again. Without script it is a plain link.
 */

const link = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-ls-exit]"));
/** In milliseconds: three presses within it are meant. */
const TOGETHER = 2000;

/** @type {number[]} When Escape was pressed in a row, the last first. */
let escapes = [];

/**
 * The screeners of this page. One that is alive takes its answers, and what it added to the
 * history, along when it leaves; it hears Escape by itself.
 * @returns {Array<HTMLElement & {leave: () => void}>}
 */
const screeners = () => Array.from(document.querySelectorAll("legal-screener:defined"));

/** Nothing is read over a shoulder until the other page is there. */
function cover() {
  document.documentElement.hidden = true;
  document.title = link.hostname;
}

link.addEventListener("click", (event) => {
  // Whoever asks for a new tab gets one, as of any link.
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  cover();
  const alive = screeners();
  for (const one of alive) one.leave();
  if (!alive.length) location.replace(link.href);
});

addEventListener(
  "keydown",
  ({ key, repeat, timeStamp }) => {
    if (repeat) return;
    escapes = key === "Escape" ? [timeStamp, ...escapes].slice(0, 3) : [];
    if (!(escapes[2] > timeStamp - TOGETHER)) return;
    cover();
    if (!screeners().length) location.replace(link.href);
  },
  true,
);
