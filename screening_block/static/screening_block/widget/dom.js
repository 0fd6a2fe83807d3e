/** Elements without HTML strings, so nothing an editor wrote can become script. */

/** @import { Part } from "./shapes.js" */

/**
 * An element. Objects among the parts are attributes (`on…` listens; null and false are
 * left out); the others are its children, in order, and nothing shows for null or false.
 * @param {string} tag a name, and classes after dots: "p.fine"
 * @param {...Part} parts
 * @returns {any} an element of that name
 */
export function h(tag, ...parts) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes[0]) node.className = classes.join(" ");
  for (const part of /** @type {any[]} */ (parts.flat(9))) {
    if (part?.nodeType || typeof part === "string") node.append(part);
    else {
      for (const [key, value] of Object.entries(part || {})) {
        if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
        else if (value != null && value !== false)
          node.setAttribute(key, value === true ? "" : value);
      }
    }
  }
  return node;
}

/**
 * A button that is no part of a form; `tag` as in `h`.
 * @param {string} tag
 * @param {(event: Event) => void} onclick
 * @param {...Part} label
 */
export const button = (tag, onclick, ...label) =>
  h(`button.${tag}`, { type: "button", onclick }, label);

/**
 * Something that unfolds; a function in place of its parts makes them when it does.
 * @param {Part} title
 * @param {...(Part | (() => Node))} parts
 */
export function fold(title, ...parts) {
  const [make] = parts;
  const later = typeof make === "function" && {
    ontoggle: () => inside.replaceChildren(make()),
  };
  const inside = h("div", !later && parts);
  return h("details", later, h("summary", title), inside);
}

/** @type {(title: string, ...nodes: Part[]) => HTMLElement} */
export const section = (title, ...nodes) => h("section", h("h3", title), nodes);

/**
 * A link that keeps the answers on this page, or only its text if the address is odd.
 * @param {string} href
 * @param {...Part} label
 */
export const link = (href, ...label) =>
  /^(https?|mailto|tel):/.test(href)
    ? h("a", { href, target: "_blank", rel: "noreferrer" }, label)
    : h("span", label);

/** What the small markup has inside a line. */
export const MARK = /\[([^[\]]+)\]\(((?:https:\/\/|mailto:)[^\s()]+)\)|\*\*([^*]+)\*\*/;

/**
 * @param {string} text
 * @returns {Part[]}
 */
function inline(text) {
  const found = MARK.exec(text);
  if (!found) return [text];
  const [whole, label, href, bold] = found;
  const node = bold ? h("strong", inline(bold)) : link(href, inline(label));
  return [text.slice(0, found.index), node, ...inline(text.slice(found.index + whole.length))];
}

/**
 * The small markup as paragraphs and lists: what `markup.to_html` writes.
 * @param {string} text
 * @returns {HTMLElement[]}
 */
export function markup(text) {
  /** @typedef {{item: boolean, lines: string[]}} Run of lines: of a list, or of a paragraph */
  /** @type {Run[]} */
  const nodes = [];
  for (const chunk of text.trim().split(/\n\s*\n/)) {
    /** @type {Run | undefined} */
    let run;
    for (const line of chunk
      .split(/[\n\r]+/)
      .map((one) => one.trim())
      .filter(Boolean)) {
      const item = line.startsWith("- ");
      if (!run || run.item !== item) nodes.push((run = { item, lines: [] }));
      run.lines.push(line);
    }
  }
  return nodes.map(({ item, lines }) =>
    item
      ? h(
          "ul",
          lines.map((line) => h("li", inline(line.slice(2)))),
        )
      : h("p", inline(lines.join(" "))),
  );
}
