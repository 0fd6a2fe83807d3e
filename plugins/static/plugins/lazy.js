/*
 * The admin's half of blocks whose fields are built when they are first opened.
 * See plugins/lazy/states.py.
 *
 * Until then a block is its header and one hidden field, the JSON of its state. It
 * stays that field for as long as nobody changes anything in it, so that looking at a
 * block is no edit: the form posts the same before and after.
 */
(() => {
  const {
    FieldBlockDefinition,
    ListBlockDefinition,
    StableStreamBlockDefinition,
    StreamBlock,
    StreamBlockDefinition,
    StructBlockDefinition,
  } = window.wagtailStreamField.blocks;

  const CARRIER = "_kept";
  const FIELD = "_unopened";
  const EDIT_EVENTS = ["pointerdown", "keydown", "beforeinput", "input", "change", "drop"];
  // Some widgets tidy up their field a while after it was made; that is no edit.
  const SETTLE_TIME = 3000;

  /**
   * The text of a block's header, worked out from its state as the built block would.
   * @param {any} def - block definition
   * @param {*} state
   * @param {{maxLength?: number}} [opts]
   * @returns {string|null}
   */
  function getLabel(def, state, opts) {
    if (def instanceof StructBlockDefinition) {
      const { labelFormat } = def.meta;
      const ask = (name) => {
        const child = def.childBlockDefsByName[name];
        return child ? getLabel(child, state && state[name], opts) : "";
      };
      if (typeof labelFormat === "string") {
        return labelFormat.replace(/\{(\w+)\}/g, (_, name) => ask(name) || "");
      }
      for (const child of def.childBlockDefs) {
        const label = child.name !== CARRIER && ask(child.name);
        if (label) return label;
      }
      return null;
    }
    if (def instanceof ListBlockDefinition || def instanceof StreamBlockDefinition) {
      const labels = (state || []).map((item) =>
        getLabel(def.childBlockDef || def.childBlockDefsByName[item.type], item.value),
      );
      return truncate(labels.filter(Boolean).join(", "), opts);
    }
    if (!(def instanceof FieldBlockDefinition)) return null;
    if (Array.isArray(state)) {
      return truncate(state.map((value) => getOptionText(def.widget, value)).join(", "), opts);
    }
    return ["string", "number"].includes(typeof state) ? truncate(state, opts) : null;
  }

  function truncate(value, opts) {
    const text = String(value).trim();
    const most = opts && opts.maxLength;
    return most && text.length > most ? `${text.substring(0, most - 1)}…` : text;
  }

  /**
   * A block's value, worked out from its state as the built block would.
   * @param {any} def - block definition
   * @param {*} state
   */
  function getStateValue(def, state) {
    if (def instanceof StructBlockDefinition) {
      return Object.fromEntries(
        def.childBlockDefs.map((child) => [
          child.name,
          getStateValue(child, state && state[child.name]),
        ]),
      );
    }
    if (def instanceof ListBlockDefinition) {
      return (state || []).map((item) => getStateValue(def.childBlockDef, item.value));
    }
    if (def instanceof StreamBlockDefinition) {
      return (state || []).map(({ type, value, id }) => ({
        type,
        value: getStateValue(def.childBlockDefsByName[type], value),
        id: id || null,
      }));
    }
    if (def.name === CARRIER) return state ? state.token : "";
    const select = def.widget && /<select(?![^>]*multiple)/.test(def.widget.html);
    if (select && Array.isArray(state)) return state[0] || "";
    return state === null || state === undefined ? "" : state;
  }

  /** Return what a select shows for a value. */
  function getOptionText(widget, value) {
    if (!widget.optionTexts) {
      const template = document.createElement("template");
      template.innerHTML = widget.html || "";
      widget.optionTexts = new Map(
        Array.from(template.content.querySelectorAll("option"), (option) => [
          option.value,
          option.text,
        ]),
      );
    }
    return widget.optionTexts.get(value) || value;
  }

  /** Everything that the fields below an element would post, to compare it later. */
  function serializeFields(content) {
    const values = [];
    for (const field of content.querySelectorAll("input, select, textarea")) {
      if (!field.name) continue;
      const box = field.type === "checkbox" || field.type === "radio";
      if (field.type === "file" && field.files.length) values.push(field.name);
      else if (field.multiple && field.selectedOptions) {
        values.push(field.name, ...Array.from(field.selectedOptions, (o) => o.value));
      } else if (!box || field.checked) values.push(field.name, field.value);
    }
    return JSON.stringify(values);
  }

  const blockByContent = new WeakMap();
  const inView = new IntersectionObserver(
    (entries) => {
      entries.forEach(({ isIntersecting, target }) => {
        if (isIntersecting) blockByContent.get(target).open();
      });
    },
    { rootMargin: "300px 0px" },
  );

  /** Stands in for a block until it is opened, and passes everything on after. */
  class UnopenedBlock {
    constructor(def, placeholder, prefix, state, capabilities) {
      this.blockDef = def;
      this.type = def.name;
      this.prefix = prefix;
      this.state = state;
      this.capabilities = capabilities;
      this.block = null;
      this.changed = false;

      this.input = document.createElement("input");
      this.input.type = "hidden";
      this.input.name = `${prefix}-${FIELD}`;
      this.input.value = JSON.stringify(state);
      placeholder.replaceWith(this.input);

      const panel = this.input.closest("[data-panel]");
      this.content = this.input.parentElement;
      this.toggle = panel.querySelector("[data-panel-toggle]");
      this.toggle.addEventListener("wagtail:panel-toggle", (/** @type {any} */ event) => {
        if (event.detail.expanded) this.openInView();
      });
      // Its stream collapses it in a moment, or does not.
      queueMicrotask(() => {
        if (this.toggle.getAttribute("aria-expanded") === "true") this.openInView();
      });
    }

    get element() {
      return this.block ? this.block.element || this.container[0] : this.input;
    }

    get container() {
      return this.block ? this.block.container : window.$(this.input);
    }

    /** Open it when it is on the screen: "Expand all" expands hundreds at once. */
    openInView() {
      if (this.block) return;
      this.content.style.minHeight = "50vh";
      inView.observe(this.content);
      blockByContent.set(this.content, this);
    }

    /** Build the fields, if they are not there yet; gives the built block. */
    open() {
      if (this.block) return this.block;
      inView.unobserve(this.content);
      this.content.style.minHeight = "";
      const placeholder = document.createElement("div");
      this.input.after(placeholder);
      this.block = Object.getPrototypeOf(this.blockDef).render.call(
        this.blockDef,
        placeholder,
        this.prefix,
        this.state,
        undefined,
        this.capabilities,
      );
      this.state = null;
      this.before = serializeFields(this.content);
      this.touched = false;
      setTimeout(() => {
        this.touched = true;
      }, SETTLE_TIME);
      EDIT_EVENTS.forEach((type) => {
        this.content.addEventListener(
          type,
          () => {
            this.touched = true;
          },
          true,
        );
      });
      watchForm(this.input.form).add(this);
      return this.block;
    }

    /** From now on the fields are posted, not the state. */
    change() {
      this.changed = true;
      this.input.disabled = true;
      watchForm(this.input.form).delete(this);
    }

    /**
     * Post the state as long as the fields say what they said when they were built.
     * @param {FormData} data
     */
    post(data) {
      const now = serializeFields(this.content);
      if (!this.touched) {
        this.before = now;
      } else if (now !== this.before) {
        this.change();
        data.delete(this.input.name);
        return;
      }
      /** @type {NodeListOf<HTMLInputElement>} */
      const fields = this.content.querySelectorAll("[name]");
      for (const field of fields) {
        if (field !== this.input) data.delete(field.name);
      }
    }

    setState(state) {
      if (this.block) {
        this.touched = true;
        this.block.setState(state);
      } else {
        this.state = state;
        this.input.value = JSON.stringify(state);
      }
    }

    setError(error) {
      if (error || this.block) this.open().setError(error);
    }

    setCapabilityOptions(capability, options) {
      if (this.block) {
        if (this.block.setCapabilityOptions) {
          this.block.setCapabilityOptions(capability, options);
        }
      } else if (this.capabilities && this.capabilities.has(capability)) {
        Object.assign(this.capabilities.get(capability), options);
      }
    }

    getState() {
      return this.block ? this.block.getState() : structuredClone(this.state);
    }

    getDuplicatedState() {
      const block = this.open();
      return block.getDuplicatedState ? block.getDuplicatedState() : block.getState();
    }

    getValue() {
      return this.block ? this.block.getValue() : getStateValue(this.blockDef, this.state);
    }

    getTextLabel(opts) {
      if (!this.block) return getLabel(this.blockDef, this.state, opts);
      return this.block.getTextLabel ? this.block.getTextLabel(opts) : null;
    }

    focus(opts) {
      this.open().focus(opts);
    }
  }

  const watchedForms = new WeakMap();

  /** Return the opened, unchanged blocks of a form; their fields are not posted. */
  function watchForm(form) {
    if (!watchedForms.has(form)) {
      const blocks = new Set();
      watchedForms.set(form, blocks);
      // Fires wherever the form is read: by submit, autosave, preview and the check
      // for unsaved changes.
      form.addEventListener("formdata", ({ formData }) => {
        blocks.forEach((block) => {
          if (block.input.isConnected) block.post(formData);
          else blocks.delete(block);
        });
      });
    }
    return watchedForms.get(form);
  }

  /** Definitions that render blocks unopened, by the real definition. */
  const lazyDefinitions = new WeakMap();

  function getLazyDefinition(def) {
    if (!lazyDefinitions.has(def)) {
      // The same as the definition in everything else.
      lazyDefinitions.set(
        def,
        Object.create(def, {
          render: {
            value(placeholder, prefix, state, error, capabilities) {
              return new UnopenedBlock(this, placeholder, prefix, state, capabilities);
            },
          },
        }),
      );
    }
    return lazyDefinitions.get(def);
  }

  /** A stream whose children are built when they are opened. */
  class LazyStreamBlock extends StreamBlock {
    constructor(...args) {
      super(...args);
      this.openWhatIsLinked();
    }

    _createChild(def, ...rest) {
      const opts = rest[rest.length - 1];
      const waits = this.blockDef.meta.lazy.includes(def.name) && !(opts && opts.focus);
      return super._createChild(waits ? getLazyDefinition(def) : def, ...rest);
    }

    /**
     * Build the fields of the child that a content path leads into.
     * @param {string} path - such as "findings.<id of the block>.heading"
     * @returns {any} the child, if it is one of this stream
     */
    openPath(path) {
      const steps = path.split(".");
      let place = this.element.closest("[data-contentpath]");
      const own = [];
      while (place) {
        own.unshift(place.dataset.contentpath);
        place = place.parentElement.closest("[data-contentpath]");
      }
      if (own.some((step, i) => steps[i] !== step)) return null;
      const child = this.children.find((each) => each.id === steps[own.length]);
      if (child && child.block.open) child.block.open();
      return child || null;
    }

    /**
     * Bring a place in a child before the editor: its tab, the opened block, the field.
     * @param {any} child - one of `this.children`
     * @param {string[]} [path] - further steps of the content path, below the child
     */
    reveal(child, path = []) {
      const panel = child.element.closest('[role="tabpanel"]');
      const tab = panel && document.querySelector(`[role="tab"][aria-controls="${panel.id}"]`);
      if (tab) tab.click();
      if (child.block.open) child.block.open();
      expand(child.toggleElement);
      let place = child.element;
      path.forEach((step) => {
        place = place.querySelector(`[data-contentpath="${step}"]`) || place;
        if (place.matches("[data-streamfield-child]")) {
          expand(place.querySelector("[data-panel-toggle]"));
        }
      });
      whenShown(place, () => {
        place.scrollIntoView({ behavior: "instant", block: path.length ? "center" : "start" });
        // By the next frame widgets have put on what they show instead of their field.
        requestAnimationFrame(() => {
          const fields = "input:not([type=hidden]), select, textarea, button";
          const first = path.length && place.querySelector(fields);
          (first || child.toggleElement).focus({ preventScroll: true });
        });
      });
    }

    /** What the address or a comment points at has to be there to be found. */
    openWhatIsLinked() {
      const { hash } = window.location;
      const path = new URLSearchParams(hash.split(":w:")[1] || "").get("contentpath");
      const found = path && this.openPath(path);
      if (found) {
        const steps = path.split(".");
        const below = steps.slice(steps.indexOf(found.id) + 1).filter(Boolean);
        afterLoad(() => this.reveal(found, below));
      }
      const [, id] = /^#block-([\w-]+)-section$/.exec(hash) || [];
      const holder =
        id &&
        this.children.find(
          (child) =>
            child.id === id || (child.block.input && child.block.input.value.includes(`"${id}"`)),
        );
      if (holder) afterLoad(() => this.reveal(holder, holder.id === id ? [] : [id]));

      const app = window.comments && window.comments.commentApp;
      if (!app) return;
      app.store.subscribe(() => {
        app.store.getState().comments.comments.forEach((comment) => {
          if (!comment.annotation) this.openPath(comment.contentpath);
        });
      });
    }
  }

  function expand(toggle) {
    if (toggle.getAttribute("aria-expanded") === "false") toggle.click();
  }

  /** A tab fades out before the next one is shown. */
  function whenShown(element, act, frames = 120) {
    if (element.offsetParent || !frames) act();
    else requestAnimationFrame(() => whenShown(element, act, frames - 1));
  }

  /** The tabs of the page have to be ready. */
  function afterLoad(act) {
    if (document.readyState === "complete") act();
    else window.addEventListener("load", () => act(), { once: true });
  }

  class LazyStreamBlockDefinition extends StableStreamBlockDefinition {
    render(placeholder, prefix, state, error) {
      return new LazyStreamBlock(this, placeholder, prefix, state, error);
    }
  }

  window.telepath.register("plugins.LazyStreamBlock", LazyStreamBlockDefinition);
})();
