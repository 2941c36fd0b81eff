// The tablet's own eye: guests hold their ticket before it. Whoever sets the kiosk up turns it on;
// from then on it comes back by itself, since nobody who stands there could.

import { Camera, isThereCamera } from "../door/camera.js";

const region = document.getElementById("camera");
const part = (name) => region.querySelector(`[data-part="${name}"]`);
const camera = new Camera(part("video"), { facing: "user", onCode: send, onChange });

// What kiosk.js shows of an answer, the next code puts away.
function send(text) {
  const field = document.querySelector("#kiosk [name=code]");
  if (!field) return;
  field.value = text.slice(0, Number(region.dataset.most));
  field.form.requestSubmit();
}

function onChange(state, trouble) {
  part("view").hidden = state === "off";
  part("view").dataset.state = state;
  part("on").hidden = state !== "off";
  part("words").textContent = (trouble && region.dataset.trouble) || "";
}

async function wasAllowed() {
  const asked = await navigator.permissions?.query({ name: "camera" }).catch(() => null);
  return asked?.state === "granted";
}

if (region && isThereCamera()) {
  region.hidden = false;
  onChange("off");
  part("on").addEventListener("click", () => camera.start());
  if (await wasAllowed()) camera.start();
}
