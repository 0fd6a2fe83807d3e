import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["screening_block/embed/bundled/", "var/", ".venv/"] },
  js.configs.recommended,
  {
    rules: {
      // Taking a member out by a pattern is how an object is copied without it.
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["**/static/**", "clients/**", "tests/**"],
    languageOptions: { globals: globals.browser },
  },
  { files: ["*.js", "tests/js/**"], languageOptions: { globals: globals.node } },
];
