/**
 * Validates HTML as it comes in: a line of JSON each way. Asked with
 * `{html, fragment}`, where a fragment is what stands in a shadow root; answers with a
 * list of `[line, rule, message, selector]`.
 */
import { createInterface } from "node:readline";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const RULES = {
  // What a browser makes of a page is without these.
  "doctype-style": "off",
  "no-trailing-whitespace": "off",
  // A script may write a page without end tags and quotes; both are HTML.
  "void-style": "off",
  // Django writes a value for them, and both ways are HTML.
  "attribute-boolean-style": "off",
  "attribute-empty-style": "off",
  // A button submits its form unless it says otherwise, and is in none by chance.
  "no-implicit-button-type": "off",
  // A label around its control may name it too: older readers need it.
  "no-redundant-for": "off",
  // What is wrong in a form stands before the page's own heading.
  "heading-level": ["error", { minInitialRank: "any" }],
  // Nothing comes from another site.
  "require-sri": "off",
};

/** @param {boolean} fragment */
const makeValidator = (fragment) =>
  new HtmlValidate(
    new StaticConfigLoader(
      /** @type {any} */ ({
        root: true,
        extends: [
          "html-validate:standard",
          "html-validate:a11y",
          ...(fragment ? [] : ["html-validate:document"]),
        ],
        elements: ["html5", { "legal-screener": { flow: true } }],
        rules: RULES,
      }),
    ),
  );
const validators = { true: makeValidator(true), false: makeValidator(false) };

for await (const line of createInterface({ input: process.stdin })) {
  const { html, fragment } = JSON.parse(line);
  const { results } = await validators[`${fragment === true}`].validateString(html);
  const found = results.flatMap(({ messages }) =>
    messages.map((m) => [m.line, m.ruleId, m.message, m.selector]),
  );
  process.stdout.write(JSON.stringify(found) + "\n");
}
