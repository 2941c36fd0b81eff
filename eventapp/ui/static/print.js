// Opens the print dialogue. The button is shown once this runs and the fonts are loaded.
await document.fonts.ready;
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
