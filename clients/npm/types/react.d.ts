import type { ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from "react";
import type { LegalScreenerElement, ScreenerEvent } from "./index.js";

export interface LegalScreenerProps extends HTMLAttributes<HTMLElement> {
  /** Address of a release: `https://law.example/api/v1/screeners/KEY/`. May come late. */
  src?: string | null;
  /** Language of the texts; else that of the page. Answers stay when it changes. */
  locale?: string;
  /** Where “Leave this site quickly” goes. */
  exitUrl?: string;
  /** The page has the title and the look. */
  seamless?: boolean;
  /** Where the page has no `color-scheme` that says which it is. */
  scheme?: "light" | "dark";
  /** The browser's Back leads to the question before. */
  history?: boolean;
  onStarted?: (event: ScreenerEvent) => void;
  onFinished?: (event: ScreenerEvent) => void;
}

/** Children are shown until the questions have come, and stay if they cannot. */
export const LegalScreener: ForwardRefExoticComponent<
  LegalScreenerProps & RefAttributes<LegalScreenerElement>
>;
