/** The page inside a frame: tells the page around what it needs, and finds out what it may. */

/** @import { Host } from "../widget/shapes.js" */

const RESIZER = "[iFrameSizer]";

/** Nobody knows what page is around this one, and a height is no secret.
 * @param {unknown} message
 */
const post = (message) => parent.postMessage(message, "*");

/** Whether the frame has a sandbox, which may forbid to leave, print, save and open. */
function is_confined() {
  if (origin === "null") return true;
  try {
    // The one thing that every sandbox forbids, and that changes nothing.
    document.domain = String(document.domain);
    return false;
  } catch {
    return true;
  }
}

export function live_inside() {
  /** As `iframe-resizer` calls this frame, and as WordPress does. */
  let name = "";
  const [, secret] = /[#&?]secret=([a-zA-Z0-9]{1,40})/.exec(location.hash) ?? [];

  function tell() {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    // Ours, the one that many pages listen for, and that of AMP in one.
    post({ legalScreenerHeight: height, height, sentinel: "amp", type: "embed-size" });
    if (secret) post({ message: "height", value: height, secret });
    if (name) post(`${RESIZER}${name}:${height}:${innerWidth}:resize`);
  }

  addEventListener("message", ({ data }) => {
    if (data?.legalScreenerLeave) for (const one of screeners()) one.leave?.();
    if (typeof data === "string" && data.startsWith(RESIZER))
      [name] = data.slice(RESIZER.length).split(":");
    tell();
  });
  new ResizeObserver(tell).observe(document.body);
  post("[iFrameResizerChild]Ready");

  /**
   * Has it shown by the page around; where that does nothing, by the browser.
   * @param {Element} node
   * @param {Element} top what is to be at the top
   */
  function reveal(node, top) {
    const at = Math.max(0, Math.round(top.getBoundingClientRect().top + scrollY));
    post({ legalScreenerTop: at });
    if (name) post(`${RESIZER}${name}:${at}:0:scrollToOffset`);
    setTimeout(() => {
      const seen = new IntersectionObserver(([{ isIntersecting }]) => {
        seen.disconnect();
        if (!isIntersecting) top.scrollIntoView({ behavior: "instant" });
      });
      seen.observe(node);
    }, 150);
  }

  const screeners = () => /** @type {Host[]} */ ([...document.querySelectorAll("legal-screener")]);
  const confined = is_confined();
  const { says = "" } = document.documentElement.dataset;
  const words = confined && says ? JSON.parse(says) : {};
  const { lang } = document.documentElement;
  if (confined) {
    for (const link of document.querySelectorAll(".ls-exit a")) {
      link.textContent = words[lang]?.exit ?? link.textContent;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        location.replace("about:blank");
      });
    }
    document.addEventListener("click", open_or_tell);
  }
  customElements.whenDefined("legal-screener").then(() => {
    for (const one of screeners()) if (confined) one.says = words;
    setTimeout(() => {
      for (const one of screeners())
        one.shadowRoot?.addEventListener("focusin", ({ target }) => {
          const node = /** @type {HTMLElement} */ (target);
          // Where the visitor goes by keys the browser scrolls by itself.
          if (node.tabIndex < 0) reveal(node, node.localName === "h2" ? one : node);
        });
    });
  });
}

/**
 * A link that leaves the frame, where that may be forbidden: else its address is to be read.
 * @param {Event} event
 */
function open_or_tell(event) {
  const link = event
    .composedPath()
    .find((one) => one instanceof HTMLAnchorElement && /^https?:/.test(one.href));
  if (event.defaultPrevented || !(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  const opened = open(link.href, "_blank");
  if (opened) opened.opener = null;
  else if (!link.dataset.told) {
    link.dataset.told = "yes";
    link.after(` (${link.href})`);
  }
}
