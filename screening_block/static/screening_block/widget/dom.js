/** Elements without HTML strings, so nothing an editor wrote can become script. */

/**
 * An element. Objects among the parts are attributes (`on…` listens; null and false are
 * left out); the others are its children, in order, and nothing shows for null or false.
 * @param {string} tag a name, and classes after dots: "p.fine"
 * @param {...(Node|string|object|Array|null|false)} parts
 * @returns {HTMLElement}
 */
export function h(tag, ...parts) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes[0]) node.className = classes.join(" ");
  for (const part of parts.flat(9)) {
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

/** A button that is no part of a form; `tag` as in `h`. */
export const button = (tag, onclick, ...label) =>
  h(`button.${tag}`, { type: "button", onclick }, label);

/** Something that unfolds; a function in place of its parts makes them when it does. */
export function fold(title, ...parts) {
  const [make] = parts;
  const later = make?.call && { ontoggle: () => inside.replaceChildren(make()) };
  const inside = h("div", !later && parts);
  return h("details", later, h("summary", title), inside);
}

/** A link that keeps the answers on this page, or only its text if the address is odd. */
export const link = (href, ...label) =>
  /^(https?|mailto|tel):/.test(href)
    ? h("a", { href, target: "_blank", rel: "noreferrer" }, label)
    : h("span", label);

const MARK = /\[([^[\]]+)\]\(((?:https:\/\/|mailto:)[^\s()]+)\)|\*\*([^*]+)\*\*/;

function inline(text) {
  const found = MARK.exec(text);
  if (!found) return [text];
  const [whole, label, href, bold] = found;
  const node = bold ? h("strong", inline(bold)) : link(href, inline(label));
  return [text.slice(0, found.index), node, ...inline(text.slice(found.index + whole.length))];
}

/** The small markup as paragraphs and lists: what `markup.to_html` writes. */
export function markup(text) {
  const nodes = [];
  for (const chunk of text.trim().split(/\n\s*\n/)) {
    let run;
    for (const line of chunk
      .split(/[\n\r]+/)
      .map((one) => one.trim())
      .filter(Boolean)) {
      const item = line.startsWith("- ");
      if (run?.item !== item) nodes.push((run = { item, lines: [] }));
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

/** The same words without markup; a link keeps its address: `markup.to_text`. */
export function unmarked(text) {
  const bare = text.replace(RegExp(MARK, "g"), (whole, label, href, bold) =>
    bold ? unmarked(bold) : `${unmarked(label)} (${href})`,
  );
  return bare.trim();
}
