// Shows what the phone decided offline as the server would show it, from `<template>` elements in
// the page, whose texts the server wrote. Names are set as text, never as HTML.

import { missing, serversReason, UNSURE } from "./decide.js";
import { afterSearch, beginAgain, goToListed } from "./search_box.js";
import { clockTime, fromTemplate, words } from "./status.js";

function arrange(element, { token }) {
  for (const field of element.querySelectorAll("[name=csrf_token]")) if (token) field.value = token;
  return element;
}

// Offers to choose how many of a party come in, if there is a choice.
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

// Which of the page's check-in buttons a guest gets. As `Guest.is_expected` of door/guests.py.
const checkInOf = ({ status }) => (status === "going" ? "check_in" : "check_in_unexpected");

function put(old, fresh) {
  old.replaceWith(fresh);
  globalThis.htmx?.process(fresh);
}

const admitted = (count, left) =>
  [words("admitted", { count }), left > 0 && words("missing", { count: left })]
    .filter(Boolean)
    .join(" ");

// Nobody of that name is still to come.
const ofWhoIsIn = (arrived) => {
  const last = arrived.map((guest) => guest.arrived_at).sort().at(-1);
  return words("of_who_is_in", { time: clockTime(last) });
};

const sentence = ({ outcome, reason, guest, entry, listed, arrived }) => {
  if (outcome === "admitted") return admitted(entry.people, missing(guest) - entry.people);
  if (reason === "on_list") return listed.length ? words(reason) : ofWhoIsIn(arrived);
  if (outcome === "needs_input") return words("needs_input", { count: missing(guest) });
  if (outcome === "already")
    return words("already", { time: clockTime(guest.arrived_at), door: guest.arrived_door });
  return words(reason ?? outcome);
};

export function showVerdict(result, phone, { isStored, code, onTakeBack } = {}) {
  const { outcome, reason, guest, entry } = result;
  const shown = fromTemplate("#offline-verdicts", `[data-is="${outcome}"]`);
  shown.id = "verdict";
  shown.dataset.outcome = outcome;
  if (reason) shown.dataset.reason = serversReason(reason);
  const [name] = shown.querySelectorAll("[data-slot=guest]");
  if (guest) name.textContent = guest.name;
  else name.remove();
  shown.querySelector("[data-slot=words]").textContent = sentence(result);
  const later = shown.querySelector("[data-slot=later]");
  if (!entry?.offline) later.remove();
  else if (!isStored) later.textContent = words("unstored");
  for (const form of shown.querySelectorAll("form")) {
    const meant = form.dataset.for ?? form.parentElement.dataset.for;
    if (meant === "undo" && guest && (outcome === "admitted" || phone.mayUndo(guest)))
      aim(form, guest);
    else if (guest && meant === checkInOf(guest)) aim(form, guest);
    else if (meant === "anyway" && UNSURE.includes(reason)) form.elements.code.value = code;
    else form.remove();
  }
  const takeBack = () => onTakeBack(entry);
  shown.querySelector("[data-slot=take-back]")?.addEventListener("click", takeBack);
  put(document.querySelector("#verdict"), arrange(shown, phone));
}

// The door link is no longer valid: what the page showed may be outdated, so it goes.
export function showShut(phone) {
  showVerdict({ outcome: "denied", reason: "out" }, phone);
  document.querySelector("#found").replaceChildren();
}

function rowOf(guest, phone, code) {
  const row = fromTemplate("#offline-rows", "li");
  row.id = `guest-${guest.id}`;
  row.dataset.guest = guest.name;
  row.dataset.rsvp = guest.id;
  row.querySelector("[data-slot=name]").textContent = guest.name;
  fill(row, "companions", guest.companions ? `+${guest.companions}` : "");
  const brings = guest.brings?.map(({ name }) => name).join(", ");
  fill(row, "with", brings ? words("with", { names: brings }) : "");
  fill(row, "code", code);
  const since = guest.arrived_at && { time: clockTime(guest.arrived_at), door: guest.arrived_door };
  fill(row, "since", since ? words("since", since) : "");
  for (const pill of row.querySelectorAll("[data-status]")) {
    if (since || pill.dataset.status !== guest.status) pill.remove();
  }
  fill(row, "missing", since && missing(guest) ? words("missing", { count: missing(guest) }) : "");
  const offered = { undo: since && phone.mayUndo(guest), [checkInOf(guest)]: missing(guest) };
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
  return arrange(row, phone);
}

function fill(row, slot, text) {
  const part = row.querySelector(`[data-slot=${slot}]`);
  if (text) part.textContent = text;
  else part.remove();
}

export function showRow(guest, phone) {
  const old = document.getElementById(`guest-${guest.id}`);
  if (!old) return;
  const held = old.contains(document.activeElement);
  const fresh = rowOf(guest, phone, old.querySelector("[data-slot=code]")?.textContent);
  put(old, fresh);
  if (held) fresh.querySelector("button")?.focus();
}

// The short codes of guests who share a name with another one found: id => short code.
function codesOfNamesakes(found) {
  const times = new Map();
  for (const { words } of found) times.set(words, (times.get(words) ?? 0) + 1);
  return new Map(
    found.filter(({ words }) => times.get(words) > 1).map(({ id, short_code }) => [id, short_code]),
  );
}

export function showFound(typed, { guests, similar = [], count = guests.length }, phone) {
  const found = [...guests, ...similar];
  const codes = codesOfNamesakes(found);
  const section = fromTemplate("#offline-found", "section");
  section.id = "found";
  const shown = found.length;
  fill(section, "capped", count > shown ? words("capped", { shown, count }) : "");
  for (const [slot, some] of Object.entries({ guests, similar })) {
    const rows = section.querySelector(`[data-slot=${slot}]`);
    rows.append(...some.map((guest) => rowOf(guest, phone, codes.get(guest.id))));
    if (!some.length) rows.remove();
  }
  if (!similar.length) section.querySelector(".similar").remove();
  if (shown || !typed.trim()) section.querySelector(".empty").remove();
  put(document.querySelector("#found"), section);
  afterSearch();
}

// The name of a walk-in is on the list: shows who has it, and that it may be somebody else.
export function showListed(form, { listed, arrived }, phone) {
  const { value } = form.elements.namedItem("name");
  showFound(value, { guests: [...listed, ...arrived] }, phone);
  const asked = form.querySelector("[name=another_than]") ?? document.createElement("input");
  Object.assign(asked, { type: "hidden", name: "another_than", value });
  form.append(asked);
  sayAnother(form, true);
  setTimeout(goToListed); // once the page has scrolled to the verdict
}

function sayAnother(form, isAnother) {
  const button = form.querySelector("button");
  button.classList.toggle("quiet", isAnother);
  button.textContent = words(isAnother ? "add_another" : "add");
}

// After a walk-in: clears the form and the search results, and moves on to the next guest.
export function showAdded(form) {
  form.reset();
  form.querySelector("[name=another_than]")?.remove();
  sayAnother(form, false);
  if (form.contains(document.activeElement)) document.activeElement.blur();
  form.closest("details")?.removeAttribute("open");
  document.querySelector("#found").replaceChildren();
  beginAgain();
}
