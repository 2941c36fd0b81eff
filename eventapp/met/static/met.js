// Whom one met: while rows come and go above the one that was tapped, its place stays where it is
// on the screen.

let wasAt = null;

const at = (element) => element.getBoundingClientRect().top;

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  wasAt = ctx.target.matches(".met-row") ? at(ctx.target) : null;
});

// The event's target is what has taken the row's place.
document.addEventListener("htmx:after:swap", ({ target }) => {
  if (wasAt !== null) scrollBy({ top: at(target) - wasAt, behavior: "instant" });
});
