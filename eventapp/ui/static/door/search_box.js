// The search is ready for the next name: once somebody came in by their row it has the focus, and
// what is typed then takes the place of what was searched.
const box = () => document.getElementById("q");
let isEntered = false;

document.addEventListener("focusin", ({ target }) => (isEntered = target === box()));
document.addEventListener("click", ({ target }) => {
  if (target === box() && isEntered) target.select();
  isEntered = false;
});

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const from = detail.ctx.request.body?.get?.("came_from");
  if (from === "row" || from === "namesake") setTimeout(beginAgain); // the row is swapped after the verdict
});

function beginAgain() {
  const isLost = !document.activeElement || document.activeElement === document.body;
  if (!isLost) return;
  box().focus({ preventScroll: true });
  box().select();
}
