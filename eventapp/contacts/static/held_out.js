// A code that is held out to somebody stays lit, and fills the screen where the browser can.

import { stayAwake } from "../stay_awake.js";

const button = document.querySelector("[data-fullscreen]");

button.hidden = !document.fullscreenEnabled;
button.addEventListener("click", () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
});
document.addEventListener("fullscreenchange", () => {
  const { enter, leave } = button.dataset;
  button.querySelector("[data-label]").textContent = document.fullscreenElement ? leave : enter;
});

stayAwake();
