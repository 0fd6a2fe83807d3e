/** What is measured of a screener on the stage: sizes, colours. */

/** @import { Subject } from "./subject.js" */

/**
 * What holds letters.
 * @param {Subject} subject
 */
const lettered = (subject) =>
  subject
    .showing(".ls *")
    .filter((one) => one.checkVisibility({ contentVisibilityAuto: true }))
    .filter((one) =>
      [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim()),
    );

/**
 * By how much the page enlarges or shrinks what stands in a box.
 * @param {HTMLElement} box
 */
export const scale_of = (box) => box.getBoundingClientRect().width / box.offsetWidth || 1;

/**
 * Pixels of the letters, as they are drawn.
 * @param {Subject} subject
 */
export function letter_sizes(subject) {
  const scale = scale_of(subject.box);
  return lettered(subject).map((one) => parseFloat(getComputedStyle(one).fontSize) * scale);
}

const canvas = () => {
  const node = document.createElement("canvas");
  node.width = node.height = 1;
  return /** @type {CanvasRenderingContext2D} */ (
    node.getContext("2d", { willReadFrequently: true })
  );
};

/**
 * Red, green, blue and how opaque, each from 0 to 1, of any colour that a browser computes.
 * @param {CanvasRenderingContext2D} brush
 * @param {string} colour
 */
function parts_of(brush, colour) {
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  return [...brush.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
}

/** Relative luminance, of WCAG 2. @param {number[]} parts */
function luminance(parts) {
  const [red, green, blue] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** What a node stands in, as it is drawn. @param {Element} node @returns {Element | null} */
const around = (node) =>
  node.assignedSlot ??
  node.parentElement ??
  /** @type {ShadowRoot} */ (node.getRootNode()).host ??
  null;

/**
 * The worst contrast of letters with what is behind them, and the letters; null if a picture is.
 * @param {Subject} subject
 */
export function worst_contrast(subject) {
  const brush = canvas();
  let worst = { ratio: 21, text: "" };
  for (const one of lettered(subject)) {
    /** @type {number[] | undefined} */
    let behind;
    for (let node = /** @type {Element | null} */ (one); node && !behind; node = around(node)) {
      const { backgroundColor, backgroundImage } = getComputedStyle(node);
      const parts = parts_of(brush, backgroundColor);
      if (parts[3] > 0.99) behind = parts;
      else if (backgroundImage !== "none") return null;
    }
    behind ??= parts_of(brush, canvas_colour());
    const [dark, light] = [behind, parts_of(brush, getComputedStyle(one).color)]
      .map(luminance)
      .sort((a, b) => a - b);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < worst.ratio) worst = { ratio, text: (one.textContent ?? "").trim().slice(0, 40) };
  }
  return worst;
}

/** What a page is painted on that paints nothing itself. */
function canvas_colour() {
  const root = document.documentElement;
  const before = root.style.color;
  root.style.color = "Canvas";
  const { color } = getComputedStyle(root);
  root.style.color = before;
  return color;
}
