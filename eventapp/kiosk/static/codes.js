// Scanned codes go to the server one after the other: a guest who shows a code before the last
// guest has an answer waits for their turn.

import { CodeQueue } from "./code_queue.js";

const ANSWER_STANDS_MS = 1500;
const queue = new CodeQueue({ submit, standsMs: ANSWER_STANDS_MS });

const field = () => document.querySelector("#kiosk [name=code]");

export const send = (code) => queue.send(code);

// The answer to this code replaces the one that kiosk.js shows.
function submit(code) {
  if (!field()) return;
  field().value = code;
  field().form.requestSubmit();
}

document.addEventListener("htmx:config:request", () => {
  queue.requestBegan();
  if (field()) field().value = ""; // htmx has read it: the field is free for the next guest
});
document.addEventListener("htmx:finally:request", () => queue.requestEnded());

// An answer replaces the field: keep what was typed into the old one meanwhile.
let last = field();
new MutationObserver(() => {
  const fresh = field();
  if (fresh !== last && fresh && last?.value) fresh.value = last.value;
  last = fresh;
}).observe(document.body, { childList: true, subtree: true });

// While a form is being sent its button is disabled, and after the answer the new field does not
// have the focus at once. Enter would do nothing then, so it queues the code.
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
