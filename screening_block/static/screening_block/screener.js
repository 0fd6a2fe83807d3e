/** Load this one module, and every `<legal-screener>` of the page comes alive. */

import { LegalScreener } from "./widget/element.js";

if (!customElements.get("legal-screener")) customElements.define("legal-screener", LegalScreener);
