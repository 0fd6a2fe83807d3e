/** The form that stands in the element on our own pages until the questions have come. */

/** What the form has beside the fields of its question. */
const HIDDEN = ["release", "locale", "answers", "question"];

/**
 * The form in an element, if it is one that waits: see `parts/form.html`. It has nothing
 * that sends it.
 * @param {HTMLElement} host
 * @param {() => void} press what “Continue” does, for the time being
 */
export function waiting_form(host, press) {
  /** @type {HTMLButtonElement | null} */
  const button = host.querySelector("[data-ls-wait]");
  /** @type {HTMLElement | null} */
  const status = host.querySelector("[data-ls-moment]");
  if (!button?.form || !status) return null;
  const { form } = button;
  const { lsMoment: moment = "", lsFailed: failed = "", lsBusy: busy = "" } = status.dataset;
  button.onclick = () => {
    press();
    status.textContent = moment;
  };
  return {
    /** Its question, and what was picked or typed there. */
    typed() {
      const fields = [...new FormData(form)];
      return {
        key: Object.fromEntries(fields).question,
        given: fields.filter(([name, value]) => value && !HIDDEN.includes(name)),
      };
    },
    /**
     * @param {() => void} again what “Continue” does now
     * @param {boolean} theirs whether it is the server that fails
     */
    fail(again, theirs) {
      status.textContent = theirs ? busy : failed;
      button.onclick = () => {
        press();
        status.textContent = moment;
        again();
      };
    },
  };
}
