import { createApp, defineComponent, h, ref } from "vue";
import { LegalScreener } from "legal-screener/vue";

const SITE = "https://law.example";
const KEY = "ca-firearm-expungement";

const Article = defineComponent(() => {
  const screener = ref<string>();
  const locale = ref("en");
  const told = ref<string[]>([]);
  const element = ref<InstanceType<typeof LegalScreener> | null>(null);
  return () =>
    h("main", [
      h("button", { onClick: () => (screener.value = KEY) }, "Which one"),
      h("button", { onClick: () => (screener.value = undefined) }, "None"),
      h("button", { onClick: () => (locale.value = "es") }, "Español"),
      h("button", { onClick: () => element.value?.element?.leave() }, "Leave"),
      h("output", told.value.join(" ")),
      h(
        LegalScreener,
        {
          ref: element,
          class: "wide",
          src: screener.value && `${SITE}/api/v1/screeners/${screener.value}/`,
          locale: locale.value,
          onStarted: (event) => told.value.push(`started ${event.detail.screener}`),
          onFinished: (event) => told.value.push(`finished ${event.detail.screener}`),
        },
        () =>
          screener.value && [
            h("a", { href: `${SITE}/screeners/${screener.value}/` }, "California gun convictions"),
          ],
      ),
    ]);
});

createApp(Article).mount("#root");
