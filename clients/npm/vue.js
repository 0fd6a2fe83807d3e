import { defineComponent, h, onMounted, ref, watch } from "vue";
import { loadFor, SPACE } from "./index.js";

/** @import * as declared from "./types/vue.js" */
/** @import { LegalScreenerElement, ScreenerEvent } from "./types/index.js" */

/** @param {boolean} [on] of an attribute that has no value */
const flag = (on) => (on ? "" : undefined);

/** @type {any} The types that users see stand in `types/vue.d.ts`. */
const component = defineComponent({
  name: "LegalScreener",
  props: {
    src: { type: String, default: undefined },
    locale: String,
    exitUrl: String,
    seamless: Boolean,
    history: Boolean,
  },
  emits: ["started", "finished"],
  setup(props, { slots, emit, expose }) {
    const element = ref(/** @type {LegalScreenerElement | null} */ (null));
    onMounted(() => watch(() => props.src, loadFor, { immediate: true }));
    expose({ element });
    return () =>
      h(
        "legal-screener",
        {
          ref: element,
          src: props.src ?? undefined,
          locale: props.locale,
          "exit-url": props.exitUrl,
          seamless: flag(props.seamless),
          history: flag(props.history),
          style: SPACE,
          "onScreener:started": (/** @type {ScreenerEvent} */ event) => emit("started", event),
          "onScreener:finished": (/** @type {ScreenerEvent} */ event) => emit("finished", event),
        },
        slots.default?.(),
      );
  },
});

/** @type {typeof declared.LegalScreener} */
export const LegalScreener = component;
