// How many are in as far as this phone knows, until the server tells its own numbers.

import { standing } from "./decide.js";
import { words } from "./words.js";

const headcount = () => document.querySelector("#headcount");

export function moveHeadcount({ outcome, guest, told }) {
  const people = told?.people ?? 1;
  if (outcome === "admitted") move(people, told.verb === "walk_in" ? 1 : 0);
  if (outcome === "queued") move(1, 0);
  if (outcome === "undone" && guest?.arrived_at) move(-people, 0);
}

function move(by, more) {
  const { admitted, expected } = headcount().dataset;
  show({ admitted: Math.max(0, Number(admitted) + by), expected: Number(expected) + more });
}

// The numbers of a list, with what this phone has done since.
export function countOf(list, acts) {
  const { admitted, expected } = list.headcount;
  const people = standing(list, acts);
  const inside = (guests) => guests.reduce((sum, guest) => sum + (guest.inside ?? 0), 0);
  const more = inside([...people.values()]) - inside([...list.byId.values()]);
  return { admitted: admitted + more, expected: expected + people.size - list.byId.size };
}

// A page from the phone's own store shows the numbers of when it was kept.
export const countAgain = (list, acts) => show(countOf(list, acts));

function show({ admitted, expected }) {
  const count = headcount();
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

// Whatever the page shows now: its next poll brings the server's numbers.
export function askForHeadcount() {
  const count = headcount();
  count.setAttribute("hx-get", count.getAttribute("hx-get").replace(/rev=[^&]*/, "rev="));
}
