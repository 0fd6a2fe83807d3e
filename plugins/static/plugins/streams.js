/*
 * The admin's half of content that is kept without being known: a read-only card
 * with the signed token in a hidden field. See plugins/streams/kept.py.
 */
(() => {
  const { StreamBlockDefinition, StructBlockDefinition } = window.wagtailStreamField.blocks;

  class KeptBlock {
    constructor(definition, placeholder, prefix, state, error) {
      this.blockDef = definition;
      this.type = definition.name;
      this.element = document.createElement("div");
      this.element.className = "help-block help-warning";
      this.element.dataset.keptBlock = "";

      const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      icon.setAttribute("class", "icon icon-warning icon");
      icon.setAttribute("aria-hidden", "true");
      const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
      use.setAttribute("href", "#icon-warning");
      icon.append(use);
      this.text = document.createElement("p");
      this.errors = document.createElement("p");
      this.errors.className = "error-message";
      this.errors.setAttribute("role", "alert");
      this.details = document.createElement("details");
      const summary = document.createElement("summary");
      summary.textContent = definition.meta.strings.raw;
      this.raw = document.createElement("pre");
      this.details.append(summary, this.raw);
      this.input = document.createElement("input");
      this.input.type = "hidden";
      this.input.name = prefix;
      this.element.append(icon, this.text, this.errors, this.details, this.input);
      placeholder.replaceWith(this.element);

      this.setState(state);
      this.setError(error);
    }

    setState(state) {
      this.state = state || null;
      this.input.value = this.state ? this.state.token : "";
      this.text.textContent = this.state ? this.state.text : "";
      this.raw.textContent = this.state ? this.state.raw : "";
      this.details.hidden = !this.raw.textContent;
      // A struct has this child always, and mostly nothing to keep.
      this.element.hidden = !this.state;
      const label = this.element.previousElementSibling;
      if (label && label.matches("label")) label.hidden = true;
    }

    setError(error) {
      const messages = (error && error.messages) || [];
      // The text of a refused part already is the error.
      const repeated = this.state && messages.includes(this.state.text);
      this.errors.textContent = repeated ? "" : messages.join(" ");
      this.errors.hidden = !this.errors.textContent;
    }

    getState() {
      return this.state;
    }

    getValue() {
      return this.input.value;
    }

    getTextLabel() {
      return this.state ? this.state.title : "";
    }

    focus() {}
  }

  class KeptBlockDefinition {
    constructor(name, meta) {
      this.name = name;
      this.meta = meta;
    }

    render(placeholder, prefix, state, error) {
      const element = placeholder.jquery ? placeholder.get(0) : placeholder;
      return new KeptBlock(this, element, prefix, state, error);
    }
  }

  /* Knows one child more than its chooser offers. */
  class StableStreamBlockDefinition extends StreamBlockDefinition {
    constructor(name, groups, initialStates, meta, kept) {
      super(name, groups, initialStates, meta);
      this.childBlockDefsByName[kept.name] = kept;
    }
  }

  /* Same as Wagtail's; apart so that a lost key is never lost on the way. */
  class StableStructBlockDefinition extends StructBlockDefinition {}

  // To be subclassed, as Wagtail's own are.
  window.wagtailStreamField.blocks.StableStreamBlockDefinition = StableStreamBlockDefinition;
  const { telepath } = window;
  telepath.register("plugins.KeptBlock", KeptBlockDefinition);
  telepath.register("plugins.StableStreamBlock", StableStreamBlockDefinition);
  telepath.register("plugins.StableStructBlock", StableStructBlockDefinition);
})();
