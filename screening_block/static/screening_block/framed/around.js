/** The page around framed screeners: gives each its height, and shows what is new in it. */

/** Pixels that stay above what is shown. */
const SPACE = 8;

/** The frames of this page with a screener of the site that this script is from. */
const frames = () =>
  [...document.querySelectorAll("iframe")].filter(({ src }) =>
    src.startsWith(String(new URL("./", import.meta.url))),
  );

/**
 * A height that the page set itself is its own: there the frame scrolls. Themes that keep the
 * proportions of videos set one as well, from the attributes; that one goes.
 * @param {HTMLIFrameElement} frame
 * @param {number} height
 */
function fit(frame, height) {
  const { maxHeight } = frame.style;
  const share = parseFloat(frame.height) / parseFloat(frame.width);
  const wide = frame.parentElement?.clientWidth ?? 0;
  if (maxHeight && Math.abs(parseFloat(maxHeight) - wide * share) < 2) frame.style.maxHeight = "";
  frame.removeAttribute("height");
  frame.style.height = `${height}px`;
}

/**
 * Scrolls to a place in a frame, and what the frame stands in, if it is out of view.
 * @param {HTMLIFrameElement} frame
 * @param {number} top of the place, inside the frame
 */
function look(frame, top) {
  const at = () => frame.getBoundingClientRect().top + frame.clientTop + top;
  /** @type {(low: number, high: number) => number} */
  const away = (low, high) =>
    at() < low || at() > low + (high - low) / 2 ? Math.round(at() - low - SPACE) : 0;
  for (let node = frame.parentElement; node; node = node.parentElement) {
    const { overflowY } = getComputedStyle(node);
    if (node === document.body || !/auto|scroll/.test(overflowY)) continue;
    const { top: low, bottom: high } = node.getBoundingClientRect();
    node.scrollBy({ top: away(low, high), behavior: "instant" });
  }
  // What floats at the top of the page, as far as the page says so.
  const low = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  scrollBy({ top: away(low, innerHeight), behavior: "instant" });
}

export function live_around() {
  /** @type {number[]} When Escape was pressed last, in a row. */
  let escapes = [];
  addEventListener("message", ({ data, source }) => {
    // Not by origin: a sandboxed frame has none.
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    if (!frame) return;
    const { legalScreenerHeight: height, legalScreenerTop: top } = data ?? {};
    if (height > 0 && height < 100_000) fit(frame, height);
    if (top >= 0 && top < 100_000) look(frame, top);
  });
  // Where the focus is outside of the frame, the frame hears no keys.
  addEventListener("keydown", ({ key, repeat, timeStamp }) => {
    if (repeat) return;
    escapes = key === "Escape" ? [timeStamp, ...escapes] : [];
    if (escapes[2] > timeStamp - 2000) say({ legalScreenerLeave: true });
  });
  /** @param {object} message */
  const say = (message) => {
    for (const { contentWindow } of frames()) contentWindow?.postMessage(message, "*");
  };
  // Whoever was there first asks the other: any message is answered with the height.
  say({});
}
