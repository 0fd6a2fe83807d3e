/** Controls the condition editor is made of: icons, buttons, a menu, a searching list. */

import { h } from "../widget/dom.js";

let count = 0;
const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Sets an attribute where it is another: what stays the same has no price at every key. */
export function update(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** Keeps an event that was acted upon from everybody else, the browser included. */
export function halt(event) {
  event.preventDefault();
  event.stopPropagation();
}

/** A button with a picture only, or with a text beside it; `part`: see `Focus`. */
export const iconButton = (name, label, onclick, part, more = {}) =>
  h(
    "button.ls-icon",
    { type: "button", "aria-label": label, title: label, onclick, "data-part": part, ...more },
    icon(name),
  );

export const textButton = (name, label, onclick, part, more = {}) =>
  h(
    "button.button.button-small.button-secondary.button--icon.ls-button",
    { type: "button", onclick, "data-part": part, ...more },
    icon(name),
    label,
  );

/** A native select; `options` are `[value, label]`. */
export function select(label, value, options, onpick, part) {
  return h(
    "select.ls-select",
    { "aria-label": label, "data-part": part, onchange: ({ target }) => onpick(target.value) },
    options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)),
  );
}

/**
 * Something that opens below a button and closes on Escape, on a click elsewhere and when
 * the focus leaves.
 */
function popup(button, panel, opened) {
  const holder = h("span.ls-popup", button);
  const isOpen = () => panel.isConnected;
  const outside = (event) => holder.contains(event.target) || close(false);
  function close(back = true) {
    if (!isOpen()) return;
    panel.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (back) button.focus();
  }
  function open(...args) {
    if (isOpen()) return;
    holder.append(panel);
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    opened(...args);
    const room = document.documentElement.clientWidth - panel.getBoundingClientRect().right;
    if (room < 8) panel.style.insetInlineStart = `${room - 8}px`;
  }
  holder.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    halt(event);
    close();
  });
  holder.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !holder.contains(event.relatedTarget)) close(false);
  });
  button.addEventListener("click", () => (isOpen() ? close() : open()));
  return { holder, open, close };
}

/**
 * A menu of actions.
 * @param {string} label
 * @param {() => Array<{label: string, icon: string, act: () => void, keys?: string}>} actions
 */
export function menu(label, actions, part) {
  const button = iconButton("dots-horizontal", label, null, part, {
    "aria-haspopup": "menu",
    "aria-expanded": "false",
  });
  const panel = h("div.ls-menu", { role: "menu", "aria-label": label });
  const { holder, open, close } = popup(button, panel, () => {
    panel.replaceChildren(
      ...actions().map(({ label: text, icon: name, act, keys }) =>
        h(
          "button.ls-menu__item",
          {
            type: "button",
            role: "menuitem",
            tabindex: "-1",
            onclick: () => {
              close();
              act();
            },
          },
          icon(name),
          h("span", text),
          keys && h("kbd", keys),
        ),
      ),
    );
    panel.firstElementChild?.focus();
  });
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    halt(event);
    open();
  });
  panel.addEventListener("keydown", (event) => {
    const entries = [...panel.children];
    const place = entries.indexOf(document.activeElement);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    halt(event);
    entries.at(to % entries.length).focus();
  });
  return holder;
}

/**
 * A list to pick one thing from, by its label or its key: a button that shows what is
 * picked, and a searching combobox below it.
 *
 * @typedef {{key: string, label: string, note?: string}} Choice
 * @param {object} options
 * @param {string} options.label what is picked, for screen readers
 * @param {string} [options.value] the key that is picked
 * @param {Choice|null} [options.shown] what to show for it; null: it is not there any more
 * @param {Choice[]} [options.choices]
 * @param {() => Array<{label: string, choices: Choice[]}>} [options.groups] the choices, by heading
 * @param {(key: string) => void} options.onpick
 * @param {(name: string) => string} options.say
 * @param {string} [options.add] instead of a value: a button of this name that adds one
 * @param {string} [options.part] its name among the parts of a test
 */
export function picker({ label, value, shown, choices, groups, onpick, say, add, part }) {
  const id = `ls-pick-${(count += 1)}`;
  const gone = value && !shown;
  const text = value ? shown?.label || value : say("choose");
  const face = add
    ? [icon("plus-inverse"), h("span", add)]
    : [
        h("span.ls-pick__label", text),
        value &&
          (gone || shown.label) &&
          h("small.ls-key", gone ? say("gone") : shown.note || value),
      ];
  const button = h(
    `button.ls-pick${add ? ".ls-pick--add" : ""}`,
    {
      type: "button",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "data-part": part,
      "aria-label": add ? `${add}: ${label}` : `${label}: ${text}`,
    },
    face,
  );
  button.classList.toggle("ls-pick--gone", Boolean(gone));
  button.classList.toggle("ls-pick--empty", !value && !add);

  const input = h("input.ls-pick__search", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "true",
    "aria-controls": id,
    "aria-label": label,
    placeholder: say("search"),
    "data-part": "search",
    oninput: fill,
  });
  const list = h("div.ls-pick__list", { role: "listbox", id, "aria-label": label });
  const panel = h("div.ls-pick__panel", input, list);
  let found = [];
  let active = -1;

  const { holder, open, close } = popup(button, panel, (typed = "") => {
    input.value = typed;
    fill();
    input.focus();
  });

  function fill() {
    const wanted = input.value.trim().toLowerCase().split(/\s+/);
    const fits = ({ key, label: name, note = "" }) => {
      const all = `${name} ${key} ${note}`.toLowerCase();
      return wanted.every((word) => all.includes(word));
    };
    found = [];
    list.replaceChildren(
      ...(groups?.() ?? [{ label: "", choices }]).flatMap(({ label: heading, choices: all }) => {
        const fitting = all.filter(fits);
        if (!fitting.length) return [];
        const options = fitting.map((choice) => {
          const place = found.push(choice) - 1;
          return h(
            "div.ls-pick__option",
            {
              role: "option",
              id: `${id}-${place}`,
              "aria-selected": String(choice.key === value),
              onmousedown: (event) => event.preventDefault(),
              onclick: () => take(place),
              onmousemove: () => active !== place && mark(place, false),
            },
            h("span", choice.label || choice.key),
            h("small.ls-key", choice.note || choice.key),
          );
        });
        return h(
          "div",
          { role: "group", "aria-label": heading },
          heading && h("div.ls-pick__heading", { "aria-hidden": "true" }, heading),
          options,
        );
      }),
    );
    if (!found.length) list.append(h("p.ls-pick__none", { role: "status" }, say("nothing_found")));
    const current = input.value ? 0 : found.findIndex((choice) => choice.key === value);
    mark(found.length ? Math.max(0, current) : -1);
  }

  function mark(place, scroll = true) {
    list.querySelector(".is-active")?.classList.remove("is-active");
    active = place;
    const option = place < 0 ? null : document.getElementById(`${id}-${place}`);
    option?.classList.add("is-active");
    if (scroll) option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function take(place) {
    const choice = found[place];
    if (!choice) return;
    close();
    onpick(choice.key);
  }

  input.addEventListener("keydown", (event) => {
    const last = found.length - 1;
    const to = {
      ArrowDown: active >= last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
      PageDown: Math.min(last, active + 8),
      PageUp: Math.max(0, active - 8),
    }[event.key];
    if (event.key === "Enter") take(active);
    else if (to === undefined) return;
    else mark(to);
    halt(event);
  });
  button.addEventListener("keydown", (event) => {
    const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.altKey || (event.key !== "ArrowDown" && !(letter && event.key !== " "))) return;
    halt(event);
    open(letter ? event.key : "");
  });
  return holder;
}
