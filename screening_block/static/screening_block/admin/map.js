/**
 * The map of a screener: zoom, find, and the links of the box pointed at. The drawing
 * and the list beside it are the server's and work without this.
 */
(() => {
  const { Controller } = window.StimulusModule;
  const STEP = 1.25;
  const SMALLEST = 0.1;
  const LARGEST = 3;
  const READABLE = 0.8;

  class MapController extends Controller {
    static targets = ["drawing", "sheet", "buttons", "query", "said"];
    static values = { center: String, said: String };

    connect() {
      if (!this.hasDrawingTarget) return;
      this.buttonsTarget.hidden = false;
      this.size = this.drawingTarget.viewBox.baseVal;
      this.scale = 1;
      this.bound = new AbortController();
      const { signal } = this.bound;
      for (const kind of ["pointerover", "focusin"]) {
        this.element.addEventListener(kind, (event) => this.point(event), { signal });
      }
      this.fit();
      if (this.centerValue) {
        // A part and its neighbours are there to be read, not to be seen whole.
        this.zoom(Math.max(this.scale, READABLE));
        this.show(this.centerValue);
      }
      if (this.queryTarget.value) this.mark();
    }

    disconnect() {
      this.bound?.abort();
    }

    larger() {
      this.zoom(this.scale * STEP);
    }

    smaller() {
      this.zoom(this.scale / STEP);
    }

    fit() {
      this.zoom(Math.min((this.sheetTarget.clientWidth - 16) / this.size.width, 1));
    }

    /** @param {number} scale keeping what is in the middle there */
    zoom(scale) {
      const sheet = this.sheetTarget;
      const before = this.scale;
      const x = (sheet.scrollLeft + sheet.clientWidth / 2) / before;
      const y = (sheet.scrollTop + sheet.clientHeight / 2) / before;
      this.scale = Math.min(Math.max(scale, SMALLEST), LARGEST);
      const { style } = this.drawingTarget;
      style.width = `${this.size.width * this.scale}px`;
      style.height = `${this.size.height * this.scale}px`;
      sheet.scrollLeft = x * this.scale - sheet.clientWidth / 2;
      sheet.scrollTop = y * this.scale - sheet.clientHeight / 2;
    }

    print() {
      window.print();
    }

    /** Brings a box to the middle of the sheet. @param {string} id */
    show(id) {
      const box = this.box(id);
      if (!box) return;
      const at = box.getBoundingClientRect();
      const sheet = this.sheetTarget.getBoundingClientRect();
      this.sheetTarget.scrollBy(
        at.left + at.width / 2 - sheet.left - sheet.width / 2,
        at.top + at.height / 2 - sheet.top - sheet.height / 2,
      );
    }

    /** @param {string} id */
    box(id) {
      return this.drawingTarget.querySelector(`[data-node="${CSS.escape(id)}"]`);
    }

    /** @param {Event} event over a box, or an entry of the list */
    point(event) {
      const place = /** @type {Element} */ (event.target).closest("[data-node], [data-entry]");
      const id = place ? place.dataset.node || place.dataset.entry : "";
      this.drawingTarget.classList.toggle("has-near", Boolean(id));
      for (const edge of this.drawingTarget.querySelectorAll("[data-from]")) {
        const near = id && [edge.dataset.from, edge.dataset.to].includes(id);
        edge.classList.toggle("is-near", Boolean(near));
      }
    }

    /** Marks the boxes, and leaves the entries, that have all the words typed. */
    find() {
      const words = this.mark();
      for (const entry of this.element.querySelectorAll("[data-entry]")) {
        entry.hidden = !says(entry.querySelector("a"), words);
      }
    }

    /** Marks the boxes that have all the words typed; gives those. */
    mark() {
      const words = this.queryTarget.value.toLowerCase().split(/\s+/).filter(Boolean);
      const found = [];
      for (const box of this.drawingTarget.querySelectorAll("[data-node]")) {
        const is = words.length > 0 && says(box.querySelector("title"), words);
        box.classList.toggle("is-found", is);
        if (is) found.push(box.dataset.node);
      }
      const said = this.saidValue.replace("0", String(found.length));
      this.saidTarget.textContent = words.length ? said : "";
      if (found.length) this.show(found[0]);
      return words;
    }
  }

  /**
   * @param {Element} element
   * @param {string[]} words in small letters
   */
  function says(element, words) {
    const text = element.textContent.toLowerCase();
    return words.every((word) => text.includes(word));
  }

  window.wagtail.app.register("ls-map", MapController);
})();
