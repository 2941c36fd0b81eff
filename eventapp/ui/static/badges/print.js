// The button that opens the print dialogue, once the typeface is there.

const button = document.querySelector("[data-print]");

await document.fonts.ready;
button.hidden = false;
button.addEventListener("click", () => window.print());
