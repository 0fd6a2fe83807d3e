/** The overview of a screener's parts: filters, and arrow keys from one to the next. */

export class Overview {
  /** @param {HTMLElement|null} panel */
  constructor(panel) {
    this.panel = panel;
    if (!panel) return;
    this.entries = panel.querySelector("[data-ls-entries]");
    this.shown = panel.querySelector("[data-ls-shown]");
    /** @type {Record<string, any>} */
    this.filters = Object.fromEntries(
      [...panel.querySelectorAll("[data-ls-filter]")].map((one) => [one.dataset.lsFilter, one]),
    );
    panel.addEventListener("input", () => this.filter());
    panel.addEventListener("keydown", (event) => this.onKey(event));
  }

  /**
   * @param {string} parts HTML of the entries
   * @param {string} used HTML of the options to filter by what is used
   */
  draw(parts, used) {
    if (!this.panel) return;
    const { used: select } = this.filters;
    const { value } = select;
    if (fill(select, used)) select.value = value;
    if (select.selectedIndex < 0) select.value = "";
    if (fill(this.entries, parts)) this.filter();
  }

  filter() {
    const words = this.filters.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const { used, unchecked, problems } = this.filters;
    let shown = 0;
    const items = this.entries.querySelectorAll("li");
    for (const item of items) {
      const text = item.textContent.toLowerCase();
      item.hidden = !(
        words.every((word) => text.includes(word)) &&
        (!used.value || item.dataset.lsUsed.split(" ").includes(used.value)) &&
        (!unchecked.checked || "lsUnchecked" in item.dataset) &&
        (!problems.checked || "lsHasProblems" in item.dataset)
      );
      if (!item.hidden) shown += 1;
    }
    for (const room of this.entries.querySelectorAll(":scope > *"))
      room.hidden = !room.querySelector("li:not([hidden])");
    const said = this.panel.dataset.count
      .replace("{n}", String(shown))
      .replace("{of}", String(items.length));
    if (this.shown.textContent !== said) this.shown.textContent = said;
  }

  onKey(event) {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way || event.target.matches("select")) return;
    const buttons = [...this.entries.querySelectorAll("li:not([hidden]) > button")];
    const at = buttons.indexOf(event.target);
    if (at < 0 && way < 0) return;
    event.preventDefault();
    (buttons[at + way] ?? this.filters.text).focus();
  }
}

/**
 * New content, if it is new; what was focused in the old one is focused again.
 * @param {HTMLElement} place
 * @param {string} html made by our templates
 */
export function fill(place, html) {
  if (place.lsHtml === html) return false;
  const active = /** @type {HTMLElement} */ (document.activeElement);
  const at = place.contains(active) && active.dataset.lsGo;
  place.lsHtml = html;
  place.innerHTML = html;
  if (at) place.querySelector(`[data-ls-go="${CSS.escape(at)}"]`)?.focus();
  return true;
}
