/**
 * Why the questions did not come: a part that only comes then. Visitors read a plain
 * sentence and where to go on; whoever made the page reads the cause in the console. No
 * answer was given yet, so none can be in either.
 */

import { button, h, link } from "./dom.js";

/** @import { LegalScreener } from "./element.js" */
/** @typedef {"missing" | "address" | "offline" | "policy" | "origin" | "busy" | "refused" | "unknown" | "recalled" | "format" | "changed" | "passing"} Cause */
/** @typedef {{cause: Cause, more?: any}} Found `more`: a status, or a directive of the policy */

/** What the console says, below the element that it names. */
const CAUSES = {
  missing: "it has no `src`. Put the address of a screener there.",
  address: "`src` is not the address of a screener, such as …/api/v1/screeners/KEY/.",
  offline: "nothing answers at `src`: no network, a wrong host, or a blocker.",
  policy: "the Content-Security-Policy of this page does not allow `src`. Add its origin to",
  origin:
    "`src` answers, but not to this page: no Access-Control-Allow-Origin. A gateway’s own error page has none either.",
  busy: "the server of `src` has trouble. Status",
  refused: "the server of `src` refuses. Status",
  unknown: "no screener is public at `src`: its key is wrong, or it was unpublished. Status",
  recalled: "the release at `src` was recalled. Status",
  format:
    "`src` is in a format that this script does not know. It may be an old copy: load it from the site’s own /embed/v1/.",
  changed: "something on the way changes what `src` answers: it is not what its ETag names.",
  passing:
    "`src` answers now. It did not a moment ago, or screener.css does not come from beside the script.",
};

/** What a visitor reads, by language. */
const SAID = {
  en: {
    start: "The questions could not be loaded",
    offline: ". Check your connection.",
    busy: ": the site they come from has too much to do or is being repaired. Wait a minute and try again.",
    page: ": something is not set up right. It is nothing that you did.",
    format: ": this page has an old version of the program that shows them. Load the page again.",
    again: "Try again",
    site: "Go to the site of these questions",
  },
  es: {
    start: "No se pudieron cargar las preguntas",
    offline: ". Revise su conexión.",
    busy: ": el sitio del que vienen está demasiado ocupado o en reparación. Espere un minuto e inténtelo de nuevo.",
    page: ": algo no está bien configurado. No es por nada que usted haya hecho.",
    format:
      ": esta página tiene una versión antigua del programa que las muestra. Vuelva a cargar la página.",
    again: "Intentar de nuevo",
    site: "Ir al sitio de estas preguntas",
  },
};

/**
 * Why an address did not answer: the browser itself does not say.
 * @param {string} address
 * @returns {Promise<Found>}
 */
async function look(address) {
  /** @type {string[]} */
  const forbidden = [];
  const note = (/** @type {any} */ event) => forbidden.push(event.effectiveDirective);
  addEventListener("securitypolicyviolation", note);
  // Whether anybody answers, and whether this page may read it.
  const [there, read] = await Promise.all(
    /** @type {RequestMode[]} */ (["no-cors", "cors"]).map((mode) =>
      fetch(address, {
        method: "HEAD",
        mode,
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(2000),
      }).catch(() => null),
    ),
  );
  // What the policy forbids is told in a task of its own.
  await new Promise((go) => setTimeout(go, 50));
  removeEventListener("securitypolicyviolation", note);
  if (forbidden[0]) return { cause: "policy", more: forbidden[0] };
  return { cause: read ? "passing" : there ? "origin" : "offline" };
}

/**
 * @param {string} src
 * @param {any} error
 * @returns {Promise<Found>}
 */
async function find(src, error) {
  if (!src) return { cause: "missing" };
  const { protocol, href } = address_of(src);
  if (!/^https?:$/.test(protocol)) return { cause: "address" };
  const code = error.problems?.[0]?.code;
  if (code) return { cause: code === "format" ? "format" : "address" };
  if (error.message === "ETag") return { cause: "changed" };
  const { status, detail } = error;
  if (status === 410) return { cause: "recalled", more: status };
  if (detail) return { cause: "unknown", more: status };
  if (status === 429 || status >= 500) return { cause: "busy", more: status };
  if (status === 404) return { cause: "address" };
  if (status) return { cause: "refused", more: status };
  return look(href);
}

/**
 * What a file says that cannot answer with a status of its own: that it was recalled.
 * @param {string} src
 * @param {any} error
 */
async function told_by_file(src, error) {
  if (!error.problems) return error;
  const file = await fetch(src, { credentials: "omit", referrerPolicy: "no-referrer" })
    .then((response) => response.json())
    .catch(() => ({}));
  return file.status === 410 ? file : error;
}

/**
 * A sentence, in which what somebody wrote in another language says so.
 * @param {string} sentence
 * @param {string | undefined} words
 * @param {string | false | undefined} lang
 */
function mark(sentence, words, lang) {
  const at = words && lang ? sentence.lastIndexOf(words) : -1;
  if (!words || at < 0) return [sentence];
  return [sentence.slice(0, at), h("span", { lang }, words), sentence.slice(at + words.length)];
}

/** @param {string} src */
function address_of(src) {
  try {
    return new URL(src, document.baseURI);
  } catch {
    return { protocol: "", href: "" };
  }
}

/**
 * Tells whoever made the page why nothing came, and gives what a visitor is to read.
 * @param {LegalScreener} host
 * @param {any} error what was thrown while it was loaded
 * @param {string} lang one that the words are in
 * @param {() => void} again tries once more
 * @param {() => Promise<CSSStyleSheet>} style
 * @param {string} script its address, on the site that has the questions
 * @returns {Promise<{gone?: boolean, busy?: boolean, said: any[]}>} `gone`: for good;
 *   `busy`: the server is not able to
 */
export async function tell(host, error, lang, again, style, script) {
  error = await told_by_file(host.src, error);
  const { cause, more = "" } = await find(host.src, error);
  const { detail, reason, reason_locale, help, help_label } = error;
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  // Without it the words are as the page has them.
  style().then(
    (sheet) => (root.adoptedStyleSheets = [sheet]),
    () => null,
  );
  console.warn(`<legal-screener src="${host.src}">: ${CAUSES[cause]}`, more, host, error);
  // Sentences of the server's: there is nothing to try again.
  if (detail) {
    const said = mark(detail, reason, reason_locale !== lang && reason_locale);
    return { gone: true, said: [h("p.notice", said), help && link(help, help_label)] };
  }
  const words = SAID[/** @type {"en"} */ (lang)];
  // Of a gateway’s error page nothing can be read: it is no fault of the page’s.
  const gateway = cause === "origin" && host.src.includes("/api/v1/");
  const kind = gateway ? "busy" : cause === "passing" ? "offline" : cause;
  const said = words[/** @type {"page"} */ (kind)] ?? words.page;
  const site = new URL(script).origin;
  const elsewhere = kind !== "offline" && site !== location.origin;
  return {
    busy: kind === "busy",
    said: [
      h("p", words.start, said),
      h("p", button("button", again, words.again)),
      elsewhere && h("p", link(`${site}/`, words.site)),
    ],
  };
}
