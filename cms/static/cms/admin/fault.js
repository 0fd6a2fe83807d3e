/** The button that does what the browser's own Back does. */
for (const button of document.querySelectorAll("[data-go-back]")) {
  button.addEventListener("click", () => history.back());
}
