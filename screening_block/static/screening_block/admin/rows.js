/**
 * The working table of a chart's rows: a cell is a button; pressing it opens the
 * column's values in its place. Enter saves, Escape leaves the cell as it was. What
 * is sent names the version of the row that is shown, so that nobody's change is
 * written over.
 */
(() => {
  const { Controller } = window.StimulusModule;

  /** @typedef {{label: string, several: boolean, options: string[][], blank: string}} Column */

  class RowsController extends Controller {
    static targets = ["publish", "said", "all", "tick"];
    static values = { url: String, save: String, cancel: String, lost: String };

    connect() {
      /** @type {Record<string, Column>} */
      this.columns = JSON.parse(document.getElementById("ls-rows-columns").textContent);
    }

    tickAll({ target }) {
      for (const tick of this.tickTargets) tick.checked = target.checked;
    }

    click({ target }) {
      const button = target.closest(".ls-cell");
      if (button) return this.open(button);
      const action = target.closest("[data-edit]")?.dataset.edit;
      if (action === "save") this.save(target.closest(".ls-edit"));
      if (action === "cancel") this.close(target.closest(".ls-edit"));
    }

    key(event) {
      const editor = event.target.closest(".ls-edit");
      if (!editor) return;
      if (event.key === "Escape") {
        event.preventDefault();
        this.close(editor);
      }
      if (event.key === "Enter" && !event.target.dataset.edit) {
        event.preventDefault();
        this.save(editor);
      }
    }

    /** @param {HTMLButtonElement} button */
    open(button) {
      const column = this.columns[button.dataset.column];
      const row = button.closest("tr").querySelector("th a").textContent;
      const picked = button.dataset.picked.split(" ").filter(Boolean);
      const editor = make("div", {
        className: "ls-edit",
        role: "group",
        ariaLabel: `${column.label}: ${row}`,
      });
      editor.append(
        column.several ? ticks(column, picked) : list(column, picked[0]),
        this.button("save", this.saveValue, "button button-small"),
        this.button("cancel", this.cancelValue, "button button-small button-secondary"),
      );
      button.hidden = true;
      button.after(editor);
      editor.querySelector("select, input").focus();
    }

    button(edit, text, className) {
      const button = make("button", { type: "button", className, textContent: text });
      button.dataset.edit = edit;
      return button;
    }

    /** @param {HTMLElement} editor */
    close(editor) {
      const button = cellOf(editor);
      editor.remove();
      button.hidden = false;
      button.focus();
    }

    /** @param {HTMLElement} editor */
    async save(editor) {
      const button = cellOf(editor);
      const line = button.closest("tr");
      const body = new FormData();
      body.set("column", button.dataset.column);
      body.set("version", line.dataset.version);
      body.set("publish", this.hasPublishTarget && this.publishTarget.checked ? "1" : "");
      for (const value of chosen(editor)) body.append("value", value);
      const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
      const row = line.querySelector("th a").textContent;
      const wait = (/** @type {boolean} */ on) =>
        editor.querySelectorAll("button").forEach((button) => (button.disabled = on));
      wait(true);
      let answer = { message: this.lostValue };
      let ok = false;
      try {
        const response = await fetch(this.urlValue.replace(/0\/$/, `${line.dataset.row}/`), {
          method: "POST",
          body,
          headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN },
        });
        ok = response.ok;
        answer = await response.json();
      } catch {
        // Said below; the editor stays open with what was chosen.
      }
      wait(false);
      this.say(`${row}: ${answer.message}`, ok);
      if (answer.version === undefined) return;
      line.dataset.version = answer.version;
      line.querySelector("[data-state]").innerHTML = answer.state;
      button.innerHTML = answer.html;
      button.dataset.picked = answer.picked.join(" ");
      const column = this.columns[button.dataset.column];
      button.setAttribute("aria-label", `${column.label}, ${row}: ${button.textContent.trim()}`);
      this.close(editor);
    }

    /**
     * @param {string} text
     * @param {boolean} ok
     */
    say(text, ok) {
      this.saidTarget.textContent = text;
      this.saidTarget.classList.toggle("ls-rows__said--problem", !ok);
    }
  }

  /**
   * An element with properties.
   * @param {string} tag
   * @param {object} properties
   * @returns {any}
   */
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  /**
   * @param {Column} column
   * @param {string | undefined} picked
   */
  function list(column, picked) {
    const select = make("select", { ariaLabel: column.label });
    for (const [value, text] of [["", column.blank], ...column.options]) {
      select.append(new Option(text, value, false, value === (picked ?? "")));
    }
    return select;
  }

  /**
   * @param {Column} column
   * @param {string[]} picked
   */
  function ticks(column, picked) {
    const box = document.createElement("div");
    for (const [value, text] of column.options) {
      const label = document.createElement("label");
      const checked = picked.includes(value);
      label.append(make("input", { type: "checkbox", value, checked }), ` ${text}`);
      box.append(label);
    }
    box.append(make("small", { textContent: column.blank }));
    return box;
  }

  /**
   * The button in whose place an editor is open.
   * @param {HTMLElement} editor
   */
  function cellOf(editor) {
    return /** @type {HTMLElement} */ (editor.previousElementSibling);
  }

  /** @param {HTMLElement} editor */
  function chosen(editor) {
    const select = editor.querySelector("select");
    if (select) return [select.value];
    /** @type {NodeListOf<HTMLInputElement>} */
    const picked = editor.querySelectorAll("input:checked");
    return [...picked].map((input) => input.value);
  }

  window.wagtail.app.register("ls-rows", RowsController);
})();
