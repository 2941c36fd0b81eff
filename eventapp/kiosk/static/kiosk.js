// A kiosk goes back to its start by itself, ready for the next guest. Nothing here needs the
// network: the start must come back also when it is gone.

import { newScanId } from "../door/door_action.js";
import "./codes.js";

const IDLE_SECONDS = 45; // whoever typed half a name and went away
const TROUBLE_SECONDS = 10;

const kiosk = () => document.getElementById("kiosk");
const code = () => kiosk()?.querySelector("[name=code]");
const typedIn = () =>
  document.querySelectorAll("#kiosk input:not([type=hidden]), #leave input:not([type=hidden])");
let timer;

function backIn(seconds) {
  clearTimeout(timer);
  timer = setTimeout(backToStart, seconds * 1000);
}

// Blank for the next guest.
function clearForms() {
  for (const said of document.querySelectorAll("#kiosk .error, #leave :is(.error, .notice)"))
    said.remove();
  for (const field of typedIn()) {
    field.value = field.defaultValue = "";
    field.removeAttribute("aria-invalid");
    const described = field.getAttribute("aria-describedby")?.split(" ") ?? [];
    field.setAttribute(
      "aria-describedby",
      described.filter((id) => document.getElementById(id)).join(" "),
    );
  }
}

// Each has an id of its own, whenever the answer to the last one comes: with that one's id they
// would get that one's answer.
document.addEventListener(
  "submit",
  ({ target }) => {
    const id = target.elements.namedItem("scan_id");
    if (id) id.value = newScanId();
  },
  { capture: true },
);

function forgetAnswer() {
  kiosk().classList.remove("answered");
  document.getElementById("answer")?.remove();
  document.getElementById("notice").replaceChildren();
}

function backToStart() {
  clearTimeout(timer);
  if (!kiosk()) return document.querySelector("main a").click(); // the page of a wrong PIN
  forgetAnswer();
  clearForms();
  document.getElementById("leave")?.removeAttribute("open");
  scrollTo(0, 0);
  waitForScanner();
}

// A hand-held scanner types into whatever has the focus. `none`: else a tablet's own keyboard
// would cover half of the page, though nobody wants to type.
function waitForScanner() {
  const field = code();
  if (!field) return;
  field.inputMode = "none";
  field.focus({ preventScroll: true });
}

// A finger on the field does want the keyboard.
document.addEventListener("pointerdown", ({ target }) => {
  if (target !== code()) return;
  target.inputMode = "text";
  target.blur();
});

// Scanned while nothing has the focus: the first key moves it to where it belongs.
document.addEventListener("keydown", (event) => {
  const nowhere = document.activeElement === document.body || document.activeElement === null;
  if (nowhere && event.key.length === 1 && !event.ctrlKey && !event.metaKey) waitForScanner();
});

for (const sign of ["pointerdown", "keydown", "input"]) {
  document.addEventListener(sign, () => {
    // The next guest begins: the answer goes, and does not take along what they type.
    if (sign === "input" && document.getElementById("answer")) forgetAnswer();
    if (!document.getElementById("answer")) backIn(IDLE_SECONDS);
  });
}

document.addEventListener("htmx:after:swap", () => {
  const seconds = Number(kiosk()?.dataset.seconds);
  if (!document.getElementById("answer")) return backIn(IDLE_SECONDS);
  document.activeElement?.blur?.(); // puts a tablet's keyboard away, so that the answer shows
  scrollTo(0, 0);
  waitForScanner();
  backIn(seconds);
});

// The answer did not come, though it may have been heard: whoever tries again is in already. The
// page says so (app.js).
function startAgain() {
  clearForms();
  scrollTo(0, 0);
  backIn(TROUBLE_SECONDS);
}
document.addEventListener("htmx:error", startAgain);
document.addEventListener("htmx:response:error", ({ detail }) => {
  if (detail.ctx?.response?.status >= 500) startAgain();
});

// A tablet that was a helper's phone before forgets the list that it kept for want of network.
async function forgetLists() {
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
}
forgetLists();

// The screen stays on, as far as the tablet lets it.
async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // a battery that is nearly empty says no
  }
}
document.addEventListener("visibilitychange", stayAwake);
stayAwake();

if (kiosk()) {
  if (document.getElementById("answer")) backIn(Number(kiosk().dataset.seconds));
  waitForScanner();
  // The back button of a browser may bring a page as it was left.
  addEventListener("pageshow", ({ persisted }) => persisted && backToStart());
}
