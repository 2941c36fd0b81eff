// A kiosk returns to its start by itself, ready for the next guest. Nothing here needs the network,
// so that this also works offline.

import { newScanId } from "../door/door_action.js";
import { stayAwake } from "../stay_awake.js";
import "./codes.js";

const IDLE_SECONDS = 45; // after which a half-typed name is cleared
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

// Clears the forms for the next guest.
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

// Every submission gets a new scan id: with the id of the last guest, the next one would get that
// guest's answer.
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
  if (!kiosk()) return document.querySelector("main a").click(); // on the page for a wrong PIN
  forgetAnswer();
  clearForms();
  document.getElementById("leave")?.removeAttribute("open");
  scrollTo(0, 0);
  waitForScanner();
}

// A hand-held scanner types into the element with the focus. `none` keeps the tablet's on-screen
// keyboard away, which would cover half of the page.
function waitForScanner() {
  const field = code();
  if (!field) return;
  field.inputMode = "none";
  field.focus({ preventScroll: true });
}

// Somebody who taps the field does want the keyboard.
document.addEventListener("pointerdown", ({ target }) => {
  if (target !== code()) return;
  target.inputMode = "text";
  target.blur();
});

// If a scanner types while nothing has the focus, the first key moves the focus to the field.
document.addEventListener("keydown", (event) => {
  const nowhere = document.activeElement === document.body || document.activeElement === null;
  if (nowhere && event.key.length === 1 && !event.ctrlKey && !event.metaKey) waitForScanner();
});

for (const sign of ["pointerdown", "keydown", "input"]) {
  document.addEventListener(sign, () => {
    // The next guest begins to type: remove the answer now, not when its time is over.
    if (sign === "input" && document.getElementById("answer")) forgetAnswer();
    if (!document.getElementById("answer")) backIn(IDLE_SECONDS);
  });
}

document.addEventListener("htmx:after:swap", () => {
  const seconds = Number(kiosk()?.dataset.seconds);
  if (!document.getElementById("answer")) return backIn(IDLE_SECONDS);
  document.activeElement?.blur?.(); // closes the on-screen keyboard, so that the answer is visible
  scrollTo(0, 0);
  waitForScanner();
  backIn(seconds);
});

// No answer came. The server may have received the request all the same: then the guest who tries
// again is `already` in. app.js shows the message.
function startAgain() {
  clearForms();
  scrollTo(0, 0);
  backIn(TROUBLE_SECONDS);
}
document.addEventListener("htmx:error", startAgain);
document.addEventListener("htmx:response:error", ({ detail }) => {
  if (detail.ctx?.response?.status >= 500) startAgain();
});

// Deletes the guest list that this tablet stored if it was a helper's phone before.
async function forgetLists() {
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
}
forgetLists();

stayAwake();

if (kiosk()) {
  if (document.getElementById("answer")) backIn(Number(kiosk().dataset.seconds));
  waitForScanner();
  // The browser may restore the page as it was left (back/forward cache).
  addEventListener("pageshow", ({ persisted }) => persisted && backToStart());
}
