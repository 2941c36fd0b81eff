// The guest list by keyboard; the page says which keys. It works without.
const rows = () => [...document.querySelectorAll(".guests tbody tr")];

function isTyping({ target }) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

// The next row, or the one before; from outside of the table, the first.
function move(step) {
  const all = rows();
  const at = all.indexOf(document.activeElement.closest("tr"));
  const row = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!row) return;
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

const ticks = () => [...document.querySelectorAll(".guests tbody [name=guest]")];

function tick() {
  document.activeElement.closest(".guests tbody tr")?.querySelector("[name=guest]").click();
}

// How many are ticked, and whether that is everybody on this page.
function showTicked() {
  const all = ticks();
  const count = all.filter((box) => box.checked).length;
  const said = document.querySelector("[data-ticked]");
  if (!said) return;
  const words = count ? said.dataset.ticked.replace("{count}", count) : "";
  if (said.textContent !== words) said.textContent = words;
  const head = document.querySelector("[data-tick-all]");
  head.parentElement.hidden = false;
  head.checked = count > 0 && count === all.length;
  head.indeterminate = count > 0 && count < all.length;
}

function tickAll(isTicked) {
  for (const box of ticks()) box.checked = isTicked;
  showTicked();
}

const KEYS = {
  "/": () => document.querySelector("#q").select(),
  j: () => move(1),
  ArrowDown: () => move(1),
  k: () => move(-1),
  ArrowUp: () => move(-1),
  x: tick,
  a: () => tickAll(ticks().some((box) => !box.checked)),
  n: () => document.querySelector("#guests [data-turn=next]")?.click(),
  p: () => document.querySelector("#guests [data-turn=previous]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event)) return;
  const isRow = event.target.matches(".guests tbody tr");
  const open = () => event.target.querySelector(".name a").click();
  const act = event.key === "Enter" && isRow ? open : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-tick-all]")) tickAll(target.checked);
  if (target.name === "guest") showTicked();
});
document.addEventListener("htmx:after:swap", showTicked);
showTicked();
