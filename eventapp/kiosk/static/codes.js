// Codes go to the server one after the other. Whoever holds theirs up, or has it typed by a
// scanner, before the last guest's answer came has their turn after it.

import { CodeQueue } from "./code_queue.js";

const ANSWER_STANDS_MS = 1500;
const queue = new CodeQueue({ submit, standsMs: ANSWER_STANDS_MS });

const field = () => document.querySelector("#kiosk [name=code]");

export const send = (code) => queue.send(code);

// What kiosk.js shows of an answer, the next code puts away.
function submit(code) {
  if (!field()) return;
  field().value = code;
  field().form.requestSubmit();
}

document.addEventListener("htmx:config:request", () => {
  queue.requestBegan();
  if (field()) field().value = ""; // it is read by then: what stands there next is the next guest's
});
document.addEventListener("htmx:finally:request", () => queue.requestEnded());

// What was typed meanwhile outlives the answer, which brings a new field.
let last = field();
new MutationObserver(() => {
  const fresh = field();
  if (fresh !== last && fresh && last?.value) fresh.value = last.value;
  last = fresh;
}).observe(document.body, { childList: true, subtree: true });

// While a form is being sent its button is off, and while its answer comes in the field is not yet
// the one that has the focus: Enter would do nothing.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Enter" || !queue.isBusy || ![field(), document.body].includes(event.target))
      return;
    event.preventDefault();
    const code = field()?.value;
    if (!code) return;
    send(code);
    field().value = "";
  },
  { capture: true },
);
