/** Of an event: which screener it was. No event has an answer in it. */
export interface ScreenerDetail {
  /** The screener's key. */
  screener: string;
  /** The SHA-256 of its release. */
  release: string;
}

export type ScreenerEvent = CustomEvent<ScreenerDetail>;

/** The element as the site's script defines it. */
export interface LegalScreenerElement extends HTMLElement {
  /** Address of a release: `https://law.example/api/v1/screeners/KEY/`. */
  src: string;
  /** Language of the texts; else that of the page. */
  locale: string;
  /** Empties the screener and replaces the page by one that raises no question. */
  leave(): void;
}

/**
 * Adds the element's script to the page, once, and resolves when the element is there. On a
 * server it does nothing. Rejects if the script does not load; whoever asks again tries again.
 * @param site Address of the site with the screeners: `https://law.example`.
 */
export function load(site: string, options?: { nonce?: string }): Promise<void>;

/** The address of the site in that of a release. Throws `TypeError` for any other. */
export function siteOf(src: string): string;

/** Loads what `src` needs, if there is one. A failure is a warning on the console. */
export function loadFor(src: string | null | undefined): Promise<void>;

/** The style that keeps the element's space until it has come. */
export const SPACE: Readonly<{ display: "block"; minHeight: "640px" }>;

declare global {
  interface HTMLElementTagNameMap {
    "legal-screener": LegalScreenerElement;
  }
  interface HTMLElementEventMap {
    "screener:started": ScreenerEvent;
    "screener:finished": ScreenerEvent;
  }
}
