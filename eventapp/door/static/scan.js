// The scanners of the door's page, by camera and hand-held, and their controls.

import { Camera, isThereCamera } from "./camera.js";
import { Feedback, watchVerdict } from "./feedback.js";
import { codeTest, listenToFields, listenToScanner } from "./hand_held.js";
import { ScanForm } from "./scan_form.js";

const typedNames = () => [...document.querySelectorAll("#q, #walk-in [name=name]")];

export class DoorScanner {
  #feedback = new Feedback();
  #region;
  #rules;
  #choice;
  #scans;
  #camera;

  constructor(region, rules) {
    this.#region = region;
    this.#rules = rules;
    this.#choice = this.#part("choice").appendChild(document.createElement("select"));
    this.#scans = new ScanForm(document.querySelector("#scan form"), {
      most: Number(region.dataset.most),
      onUnsent: (code) => this.#sayUnsent(code),
    });
    this.#camera = new Camera(this.#part("video"), {
      onCode: (text) => this.#scans.send(text),
      onChange: (state, trouble) => this.#showCamera(state, trouble),
    });
  }

  begin() {
    this.#region.hidden = false;
    this.#part("sound").setAttribute("aria-pressed", String(this.#feedback.isOn));
    if (isThereCamera()) this.#part("on").hidden = false;
    else this.#say(window.isSecureContext ? "missing" : "insecure");
    this.#listenToButtons();
    for (const gesture of ["pointerup", "click", "keydown"]) {
      document.addEventListener(gesture, () => this.#feedback.unlock(), { passive: true });
    }
    watchVerdict((outcome) => {
      this.#say(null);
      this.#feedback.signal(outcome);
      bringIntoView(outcome);
    });
    const isCode = codeTest(this.#rules);
    listenToScanner(isCode, (text) => this.#scans.send(text));
    listenToFields(isCode, typedNames, (text) => this.#scans.send(text));
  }

  #listenToButtons() {
    const camera = this.#camera;
    this.#part("on").addEventListener("click", () => camera.start());
    this.#part("off").addEventListener("click", () => camera.stop());
    this.#part("torch").addEventListener("click", () => this.#turnTorch());
    this.#part("sound").addEventListener("click", () => this.#turnSound());
    this.#choice.addEventListener("change", () => camera.start(this.#choice.value));
  }

  #part(name) {
    return this.#region.querySelector(`[data-part="${name}"]`);
  }

  #say(words) {
    this.#part("words").textContent = (words && this.#region.dataset[words]) || "";
  }

  // If the guest shows the code again, it is sent again.
  #sayUnsent(code) {
    this.#camera.seen.forget(code);
    this.#say("unsent");
  }

  #showCamera(state, trouble) {
    this.#part("view").hidden = state === "off";
    this.#showSwitch(state === "off" ? "on" : "off");
    this.#part("view").dataset.state = state;
    this.#say(trouble ?? (state === "starting" ? "starting" : null));
    this.#offerTorch(state === "on" && this.#camera.hasTorch);
    if (state === "on") this.#offerChoice();
    else this.#part("choice").hidden = true;
  }

  // Shows one of the buttons "on" and "off" and hides the other; the focus moves along.
  #showSwitch(name) {
    const other = this.#part(name === "on" ? "off" : "on");
    const hadFocus = other === document.activeElement;
    this.#part(name).hidden = false;
    if (hadFocus) this.#part(name).focus({ preventScroll: true });
    other.hidden = true;
  }

  #offerTorch(isThere) {
    this.#part("torch").hidden = !isThere;
    this.#part("torch").setAttribute("aria-pressed", "false");
  }

  async #offerChoice() {
    const cameras = await this.#camera.choices();
    const options = cameras.map(({ deviceId, label }, at) => {
      const isChosen = deviceId === this.#camera.chosen;
      return new Option(label || `${at + 1}`, deviceId, isChosen, isChosen);
    });
    this.#choice.replaceChildren(...options);
    this.#part("choice").hidden = cameras.length < 2;
  }

  async #turnTorch() {
    const torch = this.#part("torch");
    const isOn = torch.getAttribute("aria-pressed") !== "true";
    try {
      await this.#camera.setTorch(isOn);
      torch.setAttribute("aria-pressed", String(isOn));
    } catch {
      torch.hidden = true; // the camera claimed to have one
    }
  }

  #turnSound() {
    this.#feedback.turn(!this.#feedback.isOn);
    this.#part("sound").setAttribute("aria-pressed", String(this.#feedback.isOn));
    if (this.#feedback.isOn) this.#feedback.signal("admitted");
  }
}

// A helper who pressed a button in a row sees the result in that row, unless it is a denial.
function bringIntoView(outcome) {
  const isAtRow = document.activeElement?.closest("#found");
  if (!isAtRow || outcome === "denied")
    document.getElementById("verdict").scrollIntoView({ block: "nearest" });
}

// Changes the scan mode without loading the page again, so that the camera stays on and it works
// offline. The server stores the mode for the next time the page is opened.
export function chooseInPage(modes) {
  modes.addEventListener("submit", (event) => {
    event.preventDefault();
    choose(modes, event.submitter.value);
    fetch(modes.action, {
      method: "POST",
      body: new FormData(modes, event.submitter),
      redirect: "manual",
    }).catch(() => {});
  });
}

function choose(modes, mode) {
  document.querySelector("#scan [name=mode]").value = mode;
  for (const button of modes.querySelectorAll("button")) {
    if (button.value === mode) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  const isLeaving = mode === "leaving";
  const button = document.querySelector("#scan form button");
  button.textContent = isLeaving ? button.dataset.leaving : button.dataset.lettingIn;
  document.querySelector("#leaving")?.toggleAttribute("hidden", !isLeaving);
}
