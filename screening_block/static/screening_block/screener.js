/** Load this one module, and every `<legal-screener>` of the page comes alive. */

import { LegalScreener, plugins } from "./widget/element.js";

export { plugins };

if (!customElements.get("legal-screener")) customElements.define("legal-screener", LegalScreener);
