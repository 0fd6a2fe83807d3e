/** What the page allows: its policies, and what it is framed in. */

import { tried_frame } from "./frame_checks.js";
import { Failed, expect, need, pause, until } from "./verdicts.js";

/** @import { Check, Site } from "./shapes.js" */

/**
 * A file or a release, or the reason why it did not come.
 * @param {Site} at
 * @param {string} address
 */
async function fetched(at, address) {
  try {
    const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (response.ok) return response;
    throw new Failed("status", { status: response.status, address });
  } catch (error) {
    if (error instanceof Failed) throw error;
    // The browser tells a page of what its policy forbade in an event of its own.
    const forbidden = await until(() => of_policy(at, "connect-src"), 300);
    throw new Failed(forbidden ? "policy" : "network", { directive: "connect-src", address });
  }
}

/** @param {Site} at @param {string} directive */
const of_policy = ({ violations }, directive) =>
  violations.find((one) => one.directive.startsWith(directive));

/** Whether the page takes no text for markup or the address of a script. */
export function has_trusted_types() {
  try {
    document.createElement("div").innerHTML = "<b></b>";
    return false;
  } catch {
    return true;
  }
}

/** @type {Check[]} */
export const page_checks = [
  {
    key: "script",
    async run({ base }) {
      await import(`${base}screener.js`).catch(() => {
        throw new Failed("script", { address: `${base}screener.js` });
      });
      expect(customElements.get("legal-screener"), "script", { address: `${base}screener.js` });
    },
  },
  {
    key: "connect",
    async run(at) {
      await fetched(at, `${at.base}screener.css`);
      const response = await fetched(at, at.src);
      const hash = /[0-9a-f]{64}/.exec(response.headers.get("etag") ?? "")?.[0];
      expect(hash, "no_etag");
      const { texts } = await response.json();
      at.locales = Object.keys(texts);
      at.by_hash = at.src.replace(/[^/]+\/[^/]+\/$/, `releases/${hash}/`);
    },
  },
  {
    key: "trusted-types",
    needs: ["first-questions"],
    async run({ base, src, stage, violations }) {
      if (has_trusted_types()) {
        expect(!violations.some((one) => one.ours && /trusted/.test(one.directive)), "sink");
        return;
      }
      const page = await stage.apart();
      const policy = page.document.createElement("meta");
      policy.httpEquiv = "Content-Security-Policy";
      policy.content = "require-trusted-types-for 'script'; trusted-types 'none'";
      page.script(`${base}screener.js`);
      page.document.head.append(policy);
      const subject = page.screener({ src });
      await (await subject.start()).answer();
      expect(!page.errors[0], "error", { error: page.errors[0] });
    },
  },
  {
    key: "violations",
    needs: ["first-questions"],
    async run({ violations }) {
      await pause(50);
      const found = violations.find(
        ({ ours, directive }) => ours && !/^(frame|child|connect)-src/.test(directive),
      );
      const { directive = "", blocked = "" } = found ?? {};
      expect(!found, "violation", { directive, blocked });
    },
  },
  {
    key: "isolated",
    needs: ["connect"],
    async run({ base, src, stage }) {
      const key = /([^/]+)\/$/.exec(src)?.[1] ?? "";
      const response = await fetch(`${base}check/frame/live/${key}/`).catch(() => null);
      need(response?.ok, "network", { address: `${base}check/frame/live/${key}/` });
      const say = (/** @type {string} */ name) => response?.headers.get(name) ?? "—";
      const [opened, embeds] = ["cross-origin-resource-policy", "cross-origin-embedder-policy"].map(
        say,
      );
      expect(opened === "cross-origin", "header", { name: "Cross-Origin-Resource-Policy" });
      expect(/require-corp|credentialless/.test(embeds), "header", {
        name: "Cross-Origin-Embedder-Policy",
      });
      if (globalThis.crossOriginIsolated)
        expect(await tried_frame({ base, src, stage }).tells("look"), "no_frame");
    },
  },
  {
    key: "confined",
    run() {
      need(globalThis.origin !== "null" || top !== self, "odd_origin");
      expect(globalThis.origin !== "null", "sandboxed");
      try {
        // The one thing that every sandbox forbids, and that changes nothing.
        document.domain = String(document.domain);
      } catch {
        throw new Failed("sandboxed");
      }
    },
  },
  {
    key: "other-scripts",
    run({ base }) {
      const others = [...document.scripts]
        .filter(({ src }) => src)
        .map(({ src }) => new URL(src).origin)
        .filter((origin) => ![globalThis.origin, new URL(base).origin].includes(origin));
      expect(!others[0], "other_scripts", { origins: [...new Set(others)].join(", ") });
    },
  },
];

/** What the page forbids from now on. @param {string} base @param {Site["violations"]} into */
export function listen(base, into) {
  /** @param {SecurityPolicyViolationEvent} event */
  const note = ({ effectiveDirective, blockedURI, sourceFile }) => {
    const from = new URL(base).origin;
    // This script itself asks whether markup may be a text.
    const probe = sourceFile?.endsWith("/check.js") && blockedURI.startsWith("trusted-types");
    const ours = !probe && [blockedURI, sourceFile ?? ""].some((one) => one.startsWith(from));
    into.push({ directive: effectiveDirective, blocked: blockedURI, ours });
  };
  document.addEventListener("securitypolicyviolation", note);
  return () => document.removeEventListener("securitypolicyviolation", note);
}
