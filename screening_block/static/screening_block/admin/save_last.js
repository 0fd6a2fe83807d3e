/**
 * What an editor saves is the last word: a save or a publish waits for an autosave that is
 * still under way, and none begins after it. Two servers may otherwise finish them in the
 * other order, and the older text would be the newest draft.
 */

/** An autosave has been sent and not been answered. */
let saving = false;
/** The form is on its way. */
let leaving = false;
/** What the editor pressed meanwhile. */
let pressed = null;

/** Posts the form as the button would, which may be disabled by now. */
function submit({ form, submitter }) {
  if (submitter?.name) {
    const said = Object.assign(document.createElement("input"), {
      type: "hidden",
      name: submitter.name,
      value: submitter.value,
    });
    form.append(said);
  }
  form.requestSubmit();
}

document.addEventListener("w-autosave:save", (event) => {
  if (leaving || pressed) event.preventDefault();
  else saving = true;
});
for (const kind of ["w-autosave:success", "w-autosave:error"]) {
  document.addEventListener(kind, () => {
    saving = false;
    const waiting = pressed;
    pressed = null;
    if (waiting) submit(waiting);
  });
}
addEventListener(
  "submit",
  (event) => {
    const { submitter } = event;
    const form = /** @type {HTMLFormElement} */ (event.target);
    // The form that autosave watches, not a search or a dialog's.
    if (!form.matches("[data-controller~=w-autosave]")) return;
    if (!saving) {
      leaving = true;
      // Something else may have held it back.
      setTimeout(() => (leaving = !event.defaultPrevented));
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed ??= { form, submitter };
  },
  true,
);
// “Back” may bring the page back as it was.
addEventListener("pageshow", () => {
  leaving = false;
});
