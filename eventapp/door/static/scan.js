// The door's page as a scanner: camera, hand-held scanner, and what they answer with.

import { Camera, isThereCamera } from "./camera.js";
import { Feedback, watchVerdict } from "./feedback.js";
import { codeTest, listenToFields, listenToScanner } from "./hand_held.js";
import "./modes.js";
import "./rows.js";
import { ScanForm } from "./scan_form.js";
import "./search_box.js";

const region = document.getElementById("camera");
const part = (name) => region.querySelector(`[data-part="${name}"]`);
const say = (words) => (part("words").textContent = (words && region.dataset[words]) || "");

const feedback = new Feedback();
const choice = part("choice").appendChild(document.createElement("select"));
const form = document.querySelector("#scan form");
const scans = new ScanForm(form, { most: Number(region.dataset.most), onUnsent });
const camera = new Camera(part("video"), { onCode: (text) => scans.send(text), onChange });

// Shown again, the same code is sent again.
function onUnsent(code) {
  camera.seen.forget(code);
  say("unsent");
}

function onChange(state, trouble) {
  part("view").hidden = state === "off";
  showSwitch(state === "off" ? "on" : "off");
  part("view").dataset.state = state;
  say(trouble ?? (state === "starting" ? "starting" : null));
  offerTorch(state === "on" && camera.hasTorch);
  if (state === "on") offerChoice();
  else part("choice").hidden = true;
}

// One of the two buttons stands for the other, and has the focus if that had it.
function showSwitch(name) {
  const other = part(name === "on" ? "off" : "on");
  const hadFocus = other === document.activeElement;
  part(name).hidden = false;
  if (hadFocus) part(name).focus({ preventScroll: true });
  other.hidden = true;
}

function offerTorch(isThere) {
  part("torch").hidden = !isThere;
  part("torch").setAttribute("aria-pressed", "false");
}

async function offerChoice() {
  const cameras = await camera.choices();
  const options = cameras.map(({ deviceId, label }, at) => {
    const isChosen = deviceId === camera.chosen;
    return new Option(label || `${at + 1}`, deviceId, isChosen, isChosen);
  });
  choice.replaceChildren(...options);
  part("choice").hidden = cameras.length < 2;
}

async function turnTorch() {
  const isOn = part("torch").getAttribute("aria-pressed") !== "true";
  try {
    await camera.setTorch(isOn);
    part("torch").setAttribute("aria-pressed", String(isOn));
  } catch {
    part("torch").hidden = true; // it said that it has one
  }
}

function turnSound() {
  feedback.turn(!feedback.isOn);
  part("sound").setAttribute("aria-pressed", String(feedback.isOn));
  if (feedback.isOn) feedback.signal("admitted");
}

// Whoever acts on a row sees there what became of it, unless it is a no.
function bringIntoView(outcome) {
  const isAtRow = document.activeElement?.closest("#found");
  if (!isAtRow || outcome === "denied")
    document.getElementById("verdict").scrollIntoView({ block: "nearest" });
}

function arrange() {
  region.hidden = false;
  part("sound").setAttribute("aria-pressed", String(feedback.isOn));
  if (isThereCamera()) part("on").hidden = false;
  else say(window.isSecureContext ? "missing" : "insecure");
  part("on").addEventListener("click", () => camera.start());
  part("off").addEventListener("click", () => camera.stop());
  part("torch").addEventListener("click", turnTorch);
  part("sound").addEventListener("click", turnSound);
  choice.addEventListener("change", () => camera.start(choice.value));
  for (const gesture of ["pointerup", "click", "keydown"]) {
    document.addEventListener(gesture, () => feedback.unlock(), { passive: true });
  }
  watchVerdict((outcome) => {
    say(null);
    feedback.signal(outcome);
    bringIntoView(outcome);
  });
  const isCode = codeTest(JSON.parse(document.getElementById("offline").dataset.rules));
  listenToScanner(isCode, (text) => scans.send(text));
  listenToFields(
    isCode,
    () => [...document.querySelectorAll("#q, #walk-in [name=name]")],
    (text) => scans.send(text),
  );
}

arrange();
