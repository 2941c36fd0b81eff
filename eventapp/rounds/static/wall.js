// The page for a wall: the time left, a bell, and a screen that stays on.

import { stayAwake } from "../stay_awake.js";
import { Bell, strokes } from "./bell.js";
import { countDown } from "./clock.js";

const bell = new Bell();
const button = document.querySelector("[data-bell]");
let before = null;

button.hidden = !globalThis.AudioContext;
button.addEventListener("click", async () => {
  if (!(await bell.allow())) return;
  button.setAttribute("aria-pressed", "true");
  button.querySelector("[data-off]").hidden = true;
  button.querySelector("[data-on]").hidden = false;
  bell.ring(1);
});

countDown((region, isUp) => {
  const now = { phase: region.dataset.phase, round: region.dataset.round, isUp };
  bell.ring(strokes(before, now));
  before = now;
});
stayAwake();
