// Keeps the focus where somebody is, after a swap. The button they pressed is disabled while HTMX
// waits, and often replaced then: by keyboard or with a screen reader they would be at the top.

let left = null; // the control that had the focus when its form was sent, and how to know it again

const words = (control) => control.ariaLabel ?? control.textContent.trim();

function rememberControl({ target: form, submitter }) {
  const at = form.contains(document.activeElement) ? document.activeElement : submitter;
  left = at && { control: at, id: at.id, action: form.action, words: words(at) };
}

// The control itself, or what has come in its place: by its id, or by its form and words.
function successor() {
  if (left.control.isConnected) return left.control;
  const alike = ({ form, id }) => (left.id ? id === left.id : form?.action === left.action);
  const controls = document.querySelectorAll("button, input, select, textarea");
  return [...controls].find((one) => alike(one) && words(one) === left.words);
}

// What an answer says first, where nothing has come in place of the control: what was done or
// refused, else its heading. A screen reader reads out what gets the focus.
function firstWords(target) {
  const done = target.querySelector("[role=alert], [role=status]:not(:empty)");
  const said = done ?? target.querySelector("h2, h3");
  if (said && !said.hasAttribute("tabindex")) said.tabIndex = -1;
  return said;
}

function giveBack({ ctx }) {
  if (!left || document.activeElement !== document.body) return;
  const target = ctx.target.isConnected ? ctx.target : document.getElementById(ctx.target.id);
  const found = successor();
  const folded = found?.closest("details:not([open])")?.querySelector("summary");
  (folded ?? found ?? (target && firstWords(target)))?.focus({ preventScroll: true });
}

document.addEventListener("submit", rememberControl, true);
// Once what was disabled is enabled again.
document.addEventListener("htmx:after:swap", ({ detail }) => setTimeout(giveBack, 0, detail));
