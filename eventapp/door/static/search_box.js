// Makes the search ready for the next guest. After a check-in by a row, or a walk-in, it gets the
// focus with its text selected, so that typing replaces it. If it found nobody, the walk-in form is
// prefilled with the name. Screen readers announce the names that were found.
const box = () => document.getElementById("q");
const said = () => document.getElementById("found-said");
const field = (name) => document.querySelector(`#walk-in [name=${name}]`);
const ROWS = ["row", "namesake"];
let isEntered = false;

export function watchSearch() {
  document.addEventListener("focusin", ({ target }) => (isEntered = target === box()));
  document.addEventListener("click", ({ target }) => {
    if (target === box() && isEntered) target.select();
    isEntered = false;
  });
  document.addEventListener("htmx:after:swap", ({ detail }) => afterSwap(detail.ctx));
  // A new name is another guest's: clear the result about the last one and, where it is looked for,
  // the walk-in form.
  document.addEventListener("input", ({ target }) => {
    if (target === box() || target === field("name")) clearVerdict();
    if (target !== box()) return;
    clearWalkIn();
    said().textContent = "";
    noteTyping();
  });
  globalThis.visualViewport?.addEventListener("resize", noteTyping);
  const whenUnfolded = ({ target }) => target.id === "walk-in" && offerName();
  document.addEventListener("toggle", whenUnfolded, { capture: true }); // it does not bubble
}

function clearVerdict() {
  const verdict = document.getElementById("verdict");
  verdict.replaceChildren();
  verdict.className = "verdict";
  for (const name of ["outcome", "reason", "about"]) delete verdict.dataset[name];
}

const LOW = 600; // pixels: with a keyboard open, a phone has fewer

// While somebody types on a low screen, the results get the room of what is not needed for it.
function noteTyping() {
  const height = globalThis.visualViewport?.height ?? globalThis.innerHeight;
  document.body.toggleAttribute("data-typing", height < LOW && Boolean(box().value.trim()));
}

function afterSwap({ request: { action: address, method, body }, response, sourceElement }) {
  if (sourceElement === box().form) return afterSearch();
  if (method === "GET") return; // the headcount
  if (response.status >= 400 && sourceElement.closest("#walk-in")) return setTimeout(goBack);
  const isRow = ROWS.includes(body.get("came_from"));
  if (isRow) forgetWalkIn();
  if (document.getElementById("verdict").dataset.reason === "on_list") setTimeout(goToListed);
  else if (address.endsWith("/door/walk-in") || isRow)
    setTimeout(beginAgain); // htmx swaps the row after the verdict
  else if (isAmongThoseFound(document.getElementById("verdict"))) box().form.requestSubmit();
}

const isAmongThoseFound = (verdict) =>
  Boolean(document.getElementById(`guest-${verdict?.dataset.about}`));

// Moves the focus to the invalid field, not to the search.
function goBack() {
  const wrong = document.querySelector("#verdict [data-field]");
  if (wrong) field(wrong.dataset.field)?.focus();
}

// A walk-in may be somebody on the list: who can come in comes first, else that it is another.
export function goToListed() {
  const button =
    document.querySelector("#found form[action$='/check-in'] button") ??
    document.querySelector("#walk-in button");
  button?.focus({ preventScroll: true });
}

// The walk-in was somebody on the list, and is in now.
export function forgetWalkIn() {
  const asked = field("another_than");
  if (!asked) return;
  asked.form.closest("details").open = false;
  clearWalkIn();
  asked.remove();
}

function clearWalkIn() {
  field("name").value = field("email").value = "";
  field("people").value = "1";
}

export function beginAgain() {
  const isLost = !document.activeElement || document.activeElement === document.body;
  if (!isLost) return;
  box().focus({ preventScroll: true });
  box().select();
}

export function afterSearch() {
  sayFound();
  offerName();
}

const SAID_MOST = 3;

// Only a few names: a list as a live region would be read whole, with every button.
function sayFound() {
  const names = [...document.querySelectorAll("#found [data-guest]")].map(
    ({ dataset }) => dataset.guest,
  );
  const more = names.length - SAID_MOST;
  const few = more > 0 ? [...names.slice(0, SAID_MOST), `+${more}`] : names;
  said().textContent = document.querySelector("#found .empty")?.textContent ?? few.join(", ");
}

function offerName() {
  const isAsked = field("name").closest("details").open && document.querySelector("#found .empty");
  if (isAsked && !field("name").value) field("name").value = box().value.trim();
}

// Helpers often check in one row after another. The next row stays under the thumb, whatever the
// height of the verdict above it. The row does not show a denial: then the page scrolls to it.
const NOTHING = () => {};

// Call the returned function when the page shows the result.
export function holdNextRow(element) {
  const row = element?.closest?.("#found .row");
  if (!row) return NOTHING;
  const { id } = row.nextElementSibling ?? row;
  const place = () => document.getElementById(id)?.getBoundingClientRect().top;
  const before = place();
  return () => {
    const wasDenied = document.getElementById("verdict").dataset.outcome === "denied";
    const now = place();
    if (!wasDenied && now !== undefined) scrollBy({ top: now - before, behavior: "instant" });
  };
}

// The same for every answer of the server.
export function holdNextRows() {
  document.addEventListener("htmx:before:swap", ({ detail }) =>
    setTimeout(holdNextRow(detail.ctx.sourceElement)),
  );
}
