/**
 * `<legal-screener-check src>`: tries out whether screeners work on the page that it stands in.
 * It is for whoever embeds them, and no part of what visitors load.
 */

import { LegalScreenerCheck } from "./check/element.js";

if (!customElements.get("legal-screener-check"))
  customElements.define("legal-screener-check", LegalScreenerCheck);
