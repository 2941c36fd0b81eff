// The button that prints is there where a script can press it; the browser's menu prints as well.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => window.print());
