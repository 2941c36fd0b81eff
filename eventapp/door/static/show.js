// What the phone decided alone, shown as the server would have: out of the page's templates, in
// whose words the server wrote them. Names are set as text.

import { isLongAgo, missing } from "./decide.js";
import { afterSearch, beginAgain } from "./search_box.js";

const place = document.querySelector("#offline");
const { tz } = place.dataset;

export const clockTime = (at) =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone: tz,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(at));

// A sentence of the page, with what belongs in its {places}.
export function words(name, values = {}) {
  const template = document.querySelector("#offline-words").content;
  const plural = !values.count ? "" : values.count === 1 ? "-one" : "-many";
  const found = template.querySelector(`[data-word="${name}${plural}"]`);
  return found.textContent.trim().replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

const fromTemplate = (id, selector) =>
  document.querySelector(id).content.querySelector(selector).cloneNode(true);

function arrange(element, token) {
  for (const field of element.querySelectorAll("[name=csrf_token]")) if (token) field.value = token;
  return element;
}

// How many of a party come in, where it is a question.
function offerParts(form, guest) {
  const select = form.elements.namedItem("people");
  const most = missing(guest);
  if (most < 2) return select?.remove();
  select?.replaceChildren(
    ...Array.from({ length: most }, (_, n) => new Option(most - n, most - n)),
  );
}

function aim(form, guest) {
  offerParts(form, guest);
  for (const name of ["action", "hx-post"]) {
    form.setAttribute(name, form.getAttribute(name).replace(/\/0\/(?=[a-z-]+$)/, `/${guest.id}/`));
  }
}

function put(old, fresh) {
  old.replaceWith(fresh);
  globalThis.htmx?.process(fresh);
}

const admitted = (count, left) =>
  [words("admitted", { count }), left > 0 && words("missing", { count: left })]
    .filter(Boolean)
    .join(" ");

const sentence = ({ outcome, reason, guest, told }) => {
  if (outcome === "admitted") return admitted(told.people, missing(guest) - told.people);
  if (outcome === "needs_input") return words("needs_input", { count: missing(guest) });
  if (outcome === "already")
    return words("already", { time: clockTime(guest.arrived_at), door: guest.arrived_door });
  return words(reason ?? outcome);
};

export function showVerdict(verdict, { token, stored, code }) {
  const { outcome, reason, guest, told } = verdict;
  const shown = fromTemplate("#offline-verdicts", `[data-is="${outcome}"]`);
  shown.id = "verdict";
  shown.dataset.outcome = outcome;
  if (reason) shown.dataset.reason = reason === "unlisted" ? "unknown" : reason;
  const [name] = shown.querySelectorAll("[data-slot=guest]");
  if (guest) name.textContent = guest.name;
  else name.remove();
  shown.querySelector("[data-slot=words]").textContent = sentence(verdict);
  const later = shown.querySelector("[data-slot=later]");
  if (!told?.offline) later.remove();
  else if (!stored) later.textContent = words("unstored");
  for (const form of shown.querySelectorAll("form")) {
    const meant = form.dataset.for ?? form.parentElement.dataset.for;
    if (meant === "undo" && guest && (outcome === "admitted" || mayUndo(guest))) aim(form, guest);
    else if (meant === "check_in" && guest) aim(form, guest);
    else if (meant === "anyway" && reason === "unlisted") form.elements.code.value = code;
    else form.remove();
  }
  put(document.querySelector("#verdict"), arrange(shown, token));
}

// This phone stands at no door any more: what it showed is not to be believed.
export function showShut() {
  showVerdict({ outcome: "denied", reason: "out" }, {});
  document.querySelector("#found").replaceChildren();
}

// As the server offers it: to anyone for a minute, to a lead always.
const mayUndo = ({ arrived_at }) => "lead" in place.dataset || !isLongAgo(arrived_at);

function rowOf(guest, token, code) {
  const row = fromTemplate("#offline-rows", "li");
  row.id = `guest-${guest.id}`;
  row.dataset.guest = guest.name;
  row.dataset.rsvp = guest.id;
  row.querySelector("[data-slot=name]").textContent = guest.name;
  fill(row, "companions", guest.companions ? `+${guest.companions}` : "");
  fill(row, "code", code);
  const since = guest.arrived_at && { time: clockTime(guest.arrived_at), door: guest.arrived_door };
  fill(row, "since", since ? words("since", since) : "");
  for (const pill of row.querySelectorAll("[data-status]")) {
    if (since || pill.dataset.status !== guest.status) pill.remove();
  }
  fill(row, "missing", since && missing(guest) ? words("missing", { count: missing(guest) }) : "");
  const offered = { undo: since && mayUndo(guest), check_in: missing(guest) };
  for (const part of row.querySelectorAll("[data-for]")) {
    if (!offered[part.dataset.for]) part.remove();
    else for (const form of part.querySelectorAll("form")) aim(form, guest);
  }
  for (const button of row.querySelectorAll("[aria-label]")) {
    button.setAttribute(
      "aria-label",
      button.getAttribute("aria-label").replace("{name}", guest.name),
    );
  }
  return arrange(row, token);
}

function fill(row, slot, text) {
  const part = row.querySelector(`[data-slot=${slot}]`);
  if (text) part.textContent = text;
  else part.remove();
}

export function showRow(guest, token) {
  const old = document.getElementById(`guest-${guest.id}`);
  if (!old) return;
  const held = old.contains(document.activeElement);
  const fresh = rowOf(guest, token, old.querySelector("[data-slot=code]")?.textContent);
  put(old, fresh);
  if (held) fresh.querySelector("button")?.focus();
}

// Of several who are called the same, each has the short code of their ticket.
function codesOfNamesakes(found) {
  const times = new Map();
  for (const { words } of found) times.set(words, (times.get(words) ?? 0) + 1);
  return new Map(
    found.filter(({ words }) => times.get(words) > 1).map(({ id, short_code }) => [id, short_code]),
  );
}

export function showFound(typed, found, token) {
  const codes = codesOfNamesakes(found);
  const section = fromTemplate("#offline-found", "section");
  const [rows, nobody] = [section.querySelector("ul"), section.querySelector("p")];
  section.id = "found";
  rows.append(...found.map((guest) => rowOf(guest, token, codes.get(guest.id))));
  if (found.length || !typed.trim()) nobody.remove();
  if (!found.length) rows.remove();
  put(document.querySelector("#found"), section);
  afterSearch();
}

// Who was not found is added: the form is ready for another, and nobody is looked for.
export function showAdded(form) {
  form.reset();
  if (form.contains(document.activeElement)) document.activeElement.blur();
  form.closest("details")?.removeAttribute("open");
  document.querySelector("#found").replaceChildren();
  beginAgain();
}

export function showHeadcount(admitted, expected) {
  const count = document.querySelector("#headcount");
  const inside = Number(count.dataset.inside) + admitted - Number(count.dataset.admitted);
  Object.assign(count.dataset, { admitted, expected });
  const line = count.querySelector(".inside");
  if (line) {
    count.dataset.inside = inside;
    line.textContent = words("inside", { inside });
  }
  count.querySelector(".count").textContent = admitted;
  count.querySelector("small").textContent = words("expected", { expected });
}

export function moveHeadcount(by, more) {
  const { admitted, expected } = document.querySelector("#headcount").dataset;
  showHeadcount(Math.max(0, Number(admitted) + by), Number(expected) + more);
}

// Whatever the page shows now: its next poll brings the server's numbers.
export function askForHeadcount() {
  const count = document.querySelector("#headcount");
  count.setAttribute("hx-get", count.getAttribute("hx-get").replace(/rev=[^&]*/, "rev="));
}

export function showStatus({ look, text, waiting }) {
  const line = place.querySelector("[role=status]");
  if (line.textContent !== text) line.textContent = text;
  place.dataset.waiting = waiting;
  place.dataset.look = look;
  place.querySelector("[data-slot=send]").hidden = !waiting;
  if (!waiting) document.querySelector("#verdict .later")?.remove();
}

export function showRefused(acts, { onForget, onAgain }) {
  const list = place.querySelector("[data-slot=refused]");
  list.hidden = !acts.length;
  list.querySelector("ul").replaceChildren(
    ...acts.map((act) => {
      const item = fromTemplate("#offline-refused", "li");
      const who = act.guest ?? act.name ?? act.code ?? act.verb;
      item.dataset.scan = act.scan_id;
      item.querySelector("[data-slot=who]").textContent = `${clockTime(act.happened_at)} ${who}`;
      item.querySelector("[data-slot=words]").textContent = act.message ?? act.error;
      item.querySelector("[data-slot=forget]").addEventListener("click", () => onForget(act));
      item.querySelector("[data-slot=again]").addEventListener("click", () => onAgain(act));
      return item;
    }),
  );
}
