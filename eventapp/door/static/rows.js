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
