// The search is ready for the next name: once somebody came in by their row, or was added, it has
// the focus, and what is typed then takes the place of what was searched. Whom it did not find is
// added by the name that was searched. Who listens to the page is told the names that were found.
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
  // Another name is somebody else: whoever was typed below is not added in their place.
  document.addEventListener("input", ({ target }) => {
    if (target === box()) field("name").value = field("email").value = said().textContent = "";
  });
  const whenUnfolded = ({ target }) => target.id === "walk-in" && offerName();
  document.addEventListener("toggle", whenUnfolded, { capture: true }); // it does not bubble
}

function afterSwap({ request: { action: address, method, body }, response, sourceElement }) {
  if (sourceElement === box().form) return afterSearch();
  if (method === "GET") return; // the headcount
  if (response.status >= 400 && sourceElement.closest("#walk-in")) return setTimeout(goBack);
  if (address.endsWith("/door/walk-in") || ROWS.includes(body.get("came_from")))
    setTimeout(beginAgain); // the row is swapped after the verdict
  else if (isAmongThoseFound(document.getElementById("verdict"))) box().form.requestSubmit();
}

const isAmongThoseFound = (verdict) =>
  Boolean(document.getElementById(`guest-${verdict?.dataset.about}`));

// To what was typed wrongly, not to the next name.
function goBack() {
  const wrong = document.querySelector("#verdict [data-field]");
  if (wrong) field(wrong.dataset.field)?.focus();
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

// In few words: a list that is announced is read whole, with every button.
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

// Whoever lets in one after the other taps row after row: the next row stays under the thumb,
// whatever room the verdict above takes. A no is not told by the row, and is brought into view.
const NOTHING = () => {};

// Call what it returns when the page shows what became of it.
export function holdNextRow(acted) {
  const row = acted?.closest?.("#found .row");
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

// The same for whatever the server answers.
export function holdNextRows() {
  document.addEventListener("htmx:before:swap", ({ detail }) =>
    setTimeout(holdNextRow(detail.ctx.sourceElement)),
  );
}
