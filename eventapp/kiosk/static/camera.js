// The camera of a kiosk reads the tickets of guests. Whoever sets the kiosk up turns it on. After
// that it starts by itself, since guests cannot give the permission.

import { Camera, isThereCamera } from "../door/camera.js";
import { send } from "./codes.js";

const region = document.getElementById("camera");
const part = (name) => region.querySelector(`[data-part="${name}"]`);
const camera = new Camera(part("video"), {
  facing: "user",
  onCode: (text) => send(text.slice(0, Number(region.dataset.most))),
  onChange,
});

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
