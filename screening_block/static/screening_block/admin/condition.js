/**
 * Shows the plain-words sentence of a condition under its text area, and what is
 * wrong with it. The sentence comes from the server, so that it is the same one
 * that comparison, review and print show.
 */
(() => {
    const { Controller } = window.StimulusModule;
    const WAIT = 400;

    class ConditionController extends Controller {
        static values = { url: String, saying: String };

        connect() {
            if (this.said || !this.hasUrlValue) return;
            this.said = document.createElement("p");
            this.said.className = "ls-condition__said";
            this.said.setAttribute("role", "status");
            this.element.after(this.said);
            this.onInput = () => this.later();
            this.element.addEventListener("input", this.onInput);
            // A screener has hundreds of conditions: ask only for those in sight.
            this.observer = new IntersectionObserver(([entry]) => {
                if (entry.isIntersecting) {
                    this.observer.disconnect();
                    this.ask();
                }
            });
            this.observer.observe(this.element);
        }

        disconnect() {
            clearTimeout(this.timer);
            this.observer?.disconnect();
            this.element.removeEventListener("input", this.onInput);
            this.said?.remove();
            this.said = null;
        }

        later() {
            clearTimeout(this.timer);
            this.timer = setTimeout(() => this.ask(), WAIT);
        }

        async ask() {
            const condition = this.element.value.trim();
            if (!condition) {
                this.show("", []);
                return;
            }
            const body = new FormData();
            body.set("condition", condition);
            body.set("page", /\/pages\/(\d+)\//.exec(location.pathname)?.[1] ?? "");
            const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
            try {
                const response = await fetch(this.urlValue, {
                    method: "POST",
                    body,
                    headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN },
                });
                if (!response.ok || condition !== this.element.value.trim()) return;
                const { sentence, problems } = await response.json();
                this.show(sentence, problems);
            } catch {
                // No network: the condition itself is not lost, only its sentence.
            }
        }

        /**
         * @param {string} sentence
         * @param {string[]} problems
         */
        show(sentence, problems) {
            const words = sentence ? [`${this.sayingValue}: ${sentence}`] : [];
            this.said.textContent = [...words, ...problems].join("\n");
            this.said.hidden = !this.said.textContent;
            this.said.classList.toggle(
                "ls-condition__said--problem",
                problems.length > 0,
            );
        }
    }

    window.wagtail.app.register("ls-condition", ConditionController);
})();
