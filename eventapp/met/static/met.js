// Whom one met: rows move from list to list. Only lists with rows are shown, and while rows come
// and go above the one that was tapped, its place stays where it is on the screen.

let wasAt = null;

const at = (element) => element.getBoundingClientRect().top;

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  wasAt = ctx.target.matches(".met-row") ? at(ctx.target) : null;
});

// The event's target is what has taken the row's place, or the document where nothing has.
document.addEventListener("htmx:after:swap", ({ target }) => {
  for (const list of document.querySelectorAll(".met-list")) {
    list.hidden = !list.querySelector("li");
  }
  if (wasAt === null || target === document) return;
  scrollBy({ top: at(target) - wasAt, behavior: "instant" });
});
