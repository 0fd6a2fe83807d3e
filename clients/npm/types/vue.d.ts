import type { DefineComponent, PropType, Ref } from "vue";
import type { LegalScreenerElement, ScreenerEvent } from "./index.js";

/** The default slot is shown until the questions have come, and stays if they cannot. */
export const LegalScreener: DefineComponent<
  {
    /** Address of a release: `https://law.example/api/v1/screeners/KEY/`. May come late. */
    src: { type: PropType<string | null>; default: undefined };
    /** Language of the texts; else that of the page. Answers stay when it changes. */
    locale: StringConstructor;
    /** Where “Leave this site quickly” goes. */
    exitUrl: StringConstructor;
    /** The page has the title and the look. */
    seamless: BooleanConstructor;
    /** The browser's Back leads to the question before. */
    history: BooleanConstructor;
  },
  { element: Ref<LegalScreenerElement | null> },
  {},
  {},
  {},
  {},
  {},
  { started: (event: ScreenerEvent) => boolean; finished: (event: ScreenerEvent) => boolean }
>;
