/** What the pages of the admin bring along that TypeScript does not know. */

interface Window {
  /** Of Wagtail. */
  StimulusModule: { Controller: any };
  wagtail: { app: { register(name: string, controller: unknown): void }; [name: string]: any };
  wagtailConfig: { CSRF_HEADER_NAME: string; CSRF_TOKEN: string; ADMIN_URLS: { PAGES: string } };
  wagtailStreamField: { blocks: Record<string, any> };
  telepath: any;
  comments: any;
  $: any;
}

interface HTMLElement {
  /** Of a stream of blocks: Wagtail's block. */
  rootBlock?: any;
  /** Of a condition: its controller, and of a place that is filled: what with. */
  lsCondition?: any;
  lsHtml?: string;
}

/** What a page is asked for are elements of HTML, where nothing else is said. */
interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(name: K): HTMLElementTagNameMap[K] | null;
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(
    name: K,
  ): NodeListOf<HTMLElementTagNameMap[K]>;
  querySelector<E extends Element = HTMLElement>(selectors: string): E | null;
  querySelectorAll<E extends Element = HTMLElement>(selectors: string): NodeListOf<E>;
}
interface Element {
  closest<K extends keyof HTMLElementTagNameMap>(name: K): HTMLElementTagNameMap[K] | null;
  closest<E extends Element = HTMLElement>(selectors: string): E | null;
}
