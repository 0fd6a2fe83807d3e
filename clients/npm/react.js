"use client";

import { createElement, forwardRef, useEffect, useImperativeHandle, useRef } from "react";
import { loadFor, SPACE } from "./index.js";

/** @import * as declared from "./types/react.js" */
/** @import { LegalScreenerElement, ScreenerEvent } from "./types/index.js" */

/** @param {boolean} [on] of an attribute that has no value */
const flag = (on) => (on ? "" : undefined);

/** @type {typeof declared.LegalScreener} */
export const LegalScreener = forwardRef(function LegalScreener(props, ref) {
  const { src, locale, exitUrl, seamless, history, onStarted, onFinished, ...more } = props;
  const { className, style, children, ...rest } = more;
  const own = useRef(/** @type {LegalScreenerElement | null} */ (null));
  useImperativeHandle(ref, () => /** @type {LegalScreenerElement} */ (own.current), []);
  useEffect(() => {
    loadFor(src);
  }, [src]);
  useEffect(() => {
    const node = own.current;
    /** @type {[string, ((event: ScreenerEvent) => void) | undefined][]} */
    const pairs = [
      ["screener:started", onStarted],
      ["screener:finished", onFinished],
    ];
    for (const [name, tell] of pairs)
      if (tell) node?.addEventListener(name, /** @type {EventListener} */ (tell));
    return () => {
      for (const [name, tell] of pairs)
        if (tell) node?.removeEventListener(name, /** @type {EventListener} */ (tell));
    };
  }, [onStarted, onFinished]);
  return createElement(
    "legal-screener",
    {
      ...rest,
      ref: own,
      src: src ?? undefined,
      locale,
      "exit-url": exitUrl,
      seamless: flag(seamless),
      history: flag(history),
      // Before its version 19, React knew no `className` of elements like this one.
      class: className,
      style: { ...SPACE, ...style },
    },
    children,
  );
});
