// Keeps in this tab what is typed into a form until it is saved, so that leaving the page, or
// another form on it, loses nothing. Such a form has `kept_typing()` in it (ui/form.html).
//
// In this tab alone: an event may have an address and a link that are no stranger's business, and
// who closes the tab is warned.

const LEAVES_WITHIN = 1_000; // milliseconds from a click to the page that it leads to

const cameWith = new Map(); // what the forms said when the page came, by their addresses
let clickedAt = -Infinity;

const nameOf = (form) => `typed ${form.getAttribute("action")}`;

function contentOf(form) {
  const content = {};
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrf_token" && typeof value === "string") (content[name] ??= []).push(value);
  }
  return content;
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function fill(form, content) {
  for (const control of form.elements) {
    const { name, type } = control;
    if (!name || name === "csrf_token" || ["submit", "button", "file"].includes(type)) continue;
    if (type === "checkbox" || type === "radio") {
      control.checked = (content[name] ?? []).includes(control.value);
    } else if (content[name] && control.value !== content[name][0]) {
      [control.value] = content[name];
      unfold(control);
    }
  }
}

function unfold(control) {
  if (control.type === "hidden") return;
  for (let part = control.closest("details"); part; part = part.parentElement.closest("details")) {
    part.open = true;
  }
}

const isUnsaved = (form) => {
  const before = cameWith.get(nameOf(form));
  return before !== undefined && !isSame(before, contentOf(form));
};

const keptForms = () =>
  [...document.querySelectorAll("[data-kept-typing]")].map((notice) => notice.closest("form"));

// Somebody else may be signed in here by now.
function kept(form) {
  const { viewer } = form.querySelector("[data-kept-typing]").dataset;
  const found = JSON.parse(sessionStorage.getItem(nameOf(form)));
  return found?.viewer === viewer ? found.content : null;
}

function keep(form) {
  if (!isUnsaved(form)) return forget(form);
  const { viewer } = form.querySelector("[data-kept-typing]").dataset;
  const content = contentOf(form);
  sessionStorage.setItem(nameOf(form), JSON.stringify({ viewer, content }));
}

function forget(form) {
  sessionStorage.removeItem(nameOf(form));
}

// A form that comes back with what is wrong in it has what was typed; one that comes with a page
// gets what is kept.
function begin(form) {
  if (cameWith.has(nameOf(form))) return keep(form);
  cameWith.set(nameOf(form), contentOf(form));
  const content = kept(form);
  if (!content || isSame(content, contentOf(form))) return forget(form);
  fill(form, content);
  form.querySelector("[data-kept-typing]").hidden = false;
}

function discard(form) {
  fill(form, cameWith.get(nameOf(form)));
  forget(form);
  form.querySelector("[data-kept-typing]").hidden = true;
}

const formOf = (target) =>
  target.form?.querySelector("[data-kept-typing]") ? target.form : null;

for (const type of ["input", "change"]) {
  document.addEventListener(type, ({ target }) => formOf(target) && keep(formOf(target)));
}

document.addEventListener("click", ({ target, timeStamp }) => {
  if (target.closest("a[href], form button:not([type=button])")) clickedAt = timeStamp;
  if (target.closest("[data-kept-typing] button")) discard(target.closest("form"));
});

// What was asked about before it was sent is sent by another form, which names the one that has it.
document.addEventListener("submit", ({ target, submitter }) => {
  const ended = target.querySelector("[data-ends-typing]")?.dataset.endsTyping;
  if (ended && !submitter?.name) sessionStorage.removeItem(`typed ${ended}`);
});

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (ctx.response.status >= 400 || !cameWith.delete(nameOf(form))) return;
  forget(form);
});

document.addEventListener("htmx:after:swap", () => keptForms().forEach(begin));

addEventListener("beforeunload", (event) => {
  const leavesWithin = event.timeStamp - clickedAt < LEAVES_WITHIN;
  if (!leavesWithin && keptForms().some(isUnsaved)) event.preventDefault();
});

keptForms().forEach(begin);
