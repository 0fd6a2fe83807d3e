/**
 * Lets a framed screener be as high as what it shows. The page inside posts
 * `{ legalScreenerHeight: PIXELS }`, and never anything else; a page that holds such
 * frames loads this same script and gives each its height.
 */
const inside = document.documentElement.matches("[data-legal-screener]");

function tell() {
  const legalScreenerHeight = Math.ceil(document.body.getBoundingClientRect().height);
  // Nobody knows what page is around this one, and a height is no secret.
  parent.postMessage({ legalScreenerHeight }, "*");
}

/** The frames of this page with a screener of the site that this script is from. */
const frames = () =>
  [...document.querySelectorAll("iframe")].filter(({ src }) =>
    src.startsWith(String(new URL("./", import.meta.url))),
  );

/** @param {MessageEvent} message */
function hear({ data, source }) {
  const height = data?.legalScreenerHeight;
  if (!(height > 0 && height < 100_000)) return;
  // Not by origin: a sandboxed frame has none.
  const frame = frames().find(({ contentWindow }) => contentWindow === source);
  if (frame) frame.style.height = `${height}px`;
}

addEventListener("message", inside ? tell : hear);
if (inside) new ResizeObserver(tell).observe(document.body);
// Whoever was there first asks the other: any message is answered with the height.
else for (const { contentWindow } of frames()) contentWindow?.postMessage({}, "*");
