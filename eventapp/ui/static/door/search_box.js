// The search is ready for the next name: once somebody came in by their row, or was added, it has
// the focus, and what is typed then takes the place of what was searched. Whom it did not find is
// added by the name that was searched.
const box = () => document.getElementById("q");
let isEntered = false;

document.addEventListener("focusin", ({ target }) => (isEntered = target === box()));
document.addEventListener("click", ({ target }) => {
  if (target === box() && isEntered) target.select();
  isEntered = false;
});

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const from = detail.ctx.request.body?.get?.("came_from");
  if (["row", "namesake", "walk_in"].includes(from)) setTimeout(beginAgain); // the row is swapped after the verdict
});

export function beginAgain() {
  const isLost = !document.activeElement || document.activeElement === document.body;
  if (!isLost) return;
  box().focus({ preventScroll: true });
  box().select();
}

function addByThatName({ target, newState }) {
  if (target.id !== "walk-in" || newState !== "open") return;
  const name = target.querySelector("[name=name]");
  if (!name.value && document.querySelector("#found .empty")) name.value = box().value.trim();
}

document.addEventListener("toggle", addByThatName, { capture: true }); // it does not bubble
