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

// Shows one page of tables after the other, by the clock as the server does.
function turn(region, serverNow) {
  const pages = region.querySelectorAll("[data-page]");
  const at = Math.floor(serverNow / 1000 / region.dataset.pageSeconds) % pages.length;
  pages.forEach((page, index) => {
    page.hidden = index !== at;
  });
}

countDown((region, isUp, serverNow) => {
  const now = { phase: region.dataset.phase, round: region.dataset.round, isUp };
  bell.ring(strokes(before, now));
  before = now;
  if (region.dataset.pageSeconds) turn(region, serverNow);
});
stayAwake();
