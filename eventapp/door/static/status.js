// What the page says of the network, and of how many are in as far as this phone knows.
import { standing } from "./decide.js";
import * as queue from "./queue.js";
import * as show from "./show.js";

// How loud, and in which words. Nothing where all is as usual.
export function statusOf(acts, count, { list, away, isOut, hadWaiting }) {
  const time = list && show.clockTime(list.server_time);
  if (acts.some((act) => act.unstored && queue.waits(act)))
    return { look: "bad", text: show.words("full", { count }) };
  if (isOut) return { look: "bad", text: show.words("out", { count }) };
  if (away && !time) return { look: "warn", text: show.words("no-list", { count }) };
  if (away) return { look: "warn", text: show.words("away", { count, time }) };
  if (count) return { look: "plain", text: show.words("sending", { count }) };
  return hadWaiting && !acts.some(queue.wasRefused)
    ? { look: "good", text: show.words("sent") }
    : { look: "plain", text: "" };
}

// The numbers as this phone knows them, until the server tells its own.
export function moveCount({ outcome, guest, told }) {
  const people = told?.people ?? 1;
  if (outcome === "admitted") show.moveHeadcount(people, told.verb === "walk_in" ? 1 : 0);
  if (outcome === "queued") show.moveHeadcount(1, 0);
  if (outcome === "undone" && guest?.arrived_at) show.moveHeadcount(-people, 0);
}

// A page from the phone's own store shows the numbers of when it was kept.
export function countAgain(list, acts) {
  const { admitted, expected } = list.headcount;
  const inside = (people, guest) => people + (guest.inside ?? 0);
  const before = [...list.byId.values()].reduce(inside, 0);
  const people = standing(list, acts);
  const now = [...people.values()].reduce(inside, 0);
  show.showHeadcount(admitted + now - before, expected + people.size - list.byId.size);
}
