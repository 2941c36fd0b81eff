// An event that starts at another time ends at another time, too.

const USUAL_LENGTH = 3 * 3600_000; // milliseconds, of an event whose end nobody has typed
const PATTERN = "2027-05-04T19:00";

// When it ends by the clocks there, as `datetime-local` has it: as long after `starts` as `ended`
// was after `started`. What somebody typed stays as long as it is later than the start.
export function endsAt(starts, { started, ended, isTyped = false }) {
  const [to, from, end] = [starts, started, ended].map((clock) => Date.parse(`${clock}Z`));
  const stays = ended && (Number.isNaN(from) || isTyped) && end > to;
  if (stays || Number.isNaN(to)) return ended;
  const length = end > from ? end - from : USUAL_LENGTH;
  const found = new Date(to + length).toISOString().slice(0, PATTERN.length);
  return /^\d{4}-/.test(found) ? found : ended;
}

// Keeps the fields `starts` and `ends` of the forms on a page so far apart.
export function begin(page) {
  const typed = new Set();
  let before = {};
  page.addEventListener("focusin", ({ target }) => {
    if (target.name !== "starts") return;
    const { ends } = target.form.elements;
    before = { started: target.value, ended: ends.value, isTyped: typed.has(ends) };
  });
  page.addEventListener("input", ({ target, detail }) => {
    if (target.name === "ends" && detail !== "moved") typed.add(target);
  });
  page.addEventListener("change", ({ target }) => {
    if (target.name !== "starts") return;
    const { ends } = target.form.elements;
    ends.value = endsAt(target.value, before);
    ends.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "moved" }));
  });
}
