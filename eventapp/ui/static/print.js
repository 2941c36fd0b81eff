// Opens the print dialogue. The button is hidden until this runs, and until the typeface is there.
await document.fonts.ready;
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
