// A door's answer without the server: by the list, by what this phone has done since, and by the
// server's rules (door/rules.py). tests/door/decisions.json holds both to the same answers.

import { fold, holderOf, mayBeCode } from "./search.js";

export const MOVES = ["admitted", "already", "undone"]; // outcomes after which they are in, or not
export const ADDED = "added-"; // a guest whom this phone added, and whose number it cannot know yet

// Everybody this phone knows of, where they stand after what it did: id => guest.
export function standing(list, acts) {
  const people = new Map(list?.byId);
  for (const act of acts) {
    if (act.guest_id == null || act.state === "refused" || !MOVES.includes(act.did)) continue;
    const guest = people.get(act.guest_id) ?? added(act);
    const isIn = act.did !== "undone";
    const { arrived_at, arrived_door } = isIn ? arrival(guest, act) : {};
    const inside = isIn ? insideAfter(guest, act) : 0;
    people.set(act.guest_id, { ...guest, arrived_at, arrived_door, inside });
  }
  return people;
}

const added = (act) => ({
  id: act.guest_id,
  name: act.guest,
  words: fold(act.guest),
  status: "going",
  companions: act.people - 1,
});

function arrival(guest, act) {
  if (guest.arrived_at) return guest;
  return { arrived_at: act.first_at ?? act.happened_at, arrived_door: act.first_door ?? act.door };
}

// How many of the party, after they were let in or were found to be in. Where nobody said: all.
const insideAfter = (guest, act) => Math.max(guest.inside ?? 0, act.inside ?? party(guest));

const party = (guest) => 1 + (guest.companions ?? 0);

// How many of a party are not inside.
export const missing = (guest) => Math.max(0, party(guest) - (guest.inside ?? 0));

// Whether a check-in is too old for a helper to undo, as of `now` (milliseconds).
export const isLongAgo = (arrivedAt, rules, now) =>
  arrivedAt != null && now - Date.parse(arrivedAt) > rules.undo_seconds * 1000;

// What becomes of an act: `{outcome, reason, guest}`, and `told`: what the server is told of it,
// null where the phone turned somebody away and nothing happened.
export async function decide(asked, { list, acts, rules, door, isLead }) {
  const act = withinLimits(asked, rules);
  const people = standing(list, acts);
  if (act.verb === "leave") return no("offline_leave");
  if (act.verb === "walk_in") return admit(walkIn(act), act, door);
  const guest = await guestMeant(act, list, people, rules);
  if (act.verb === "undo") return undo(guest, act, { rules, door, isLead });
  if (!guest) return deny(act, rules, door);
  if (guest.arrived_at && !missing(guest)) return verdict("already", guest, act, door);
  const reason = rules.denied_statuses[guest.status];
  const isOverruled = act.anyway || (isLead && act.over_reason);
  if (reason && !isOverruled) return no(reason, guest);
  if (act.asksFirst) return { outcome: "needs_input", guest, told: null };
  return admit(guest, act, door);
}

// Cut to what the server takes: it would refuse a fact whose name is too long.
function withinLimits(act, { most = {}, party_most = Infinity }) {
  const people = act.people && Math.min(act.people, party_most);
  const fitting = { ...act, people };
  for (const [name, length] of Object.entries(most)) {
    if (act[name]) fitting[name] = [...act[name].normalize("NFC")].slice(0, length).join("");
  }
  return fitting;
}

async function guestMeant(act, list, people, rules) {
  if (act.verb !== "scan") return people.get(act.guest_id) ?? act.seen;
  const holder = await holderOf(list, act.code, rules);
  return holder && people.get(String(holder.id));
}

const walkIn = (act) => ({ id: ADDED + act.scan_id, name: act.name, companions: 0 });

function undo(guest, act, { rules, door, isLead }) {
  const isLate = isLongAgo(guest?.arrived_at, rules, Date.parse(act.happened_at));
  if (isLate && !isLead) return no("undo_too_late", guest);
  return verdict("undone", guest, act, door, { happened: true });
}

// On no list of this phone. A ticket may have been given out since: whoever lets in says so.
function deny(act, rules, door) {
  if (act.anyway) return verdict("queued", null, act, door, { happened: true });
  if (mayBeCode(act.code, rules)) return no("unlisted");
  return { ...verdict("denied", null, act, door), reason: "unknown" };
}

// Nothing happened, so there is nothing to tell.
const no = (reason, guest = null) => ({ outcome: "denied", reason, guest, told: null });

const admit = (guest, act, door) => verdict("admitted", guest, act, door, { happened: true });

// `happened`: it is a fact, whatever the rules say. Else the server may still decide.
function verdict(outcome, guest, act, door, { happened = false } = {}) {
  const { verb, scan_id, happened_at, slug } = act;
  const told = { verb, scan_id, happened_at, slug, door, offline: happened };
  Object.assign(told, { state: "waiting", did: outcome }, whoIsMeant(act));
  if (guest) Object.assign(told, { guest_id: String(guest.id), guest: guest.name });
  if (guest) Object.assign(told, howMany(outcome, guest, act));
  if (act.people) told.part = act.people;
  if (act.over_reason) told.over_reason = act.over_reason;
  return { outcome, guest, told };
}

// As the server is told it.
function whoIsMeant({ verb, code, name, email, guest_id: id }) {
  if (verb === "scan") return { code };
  if (verb === "walk_in") return { name, email };
  return id.startsWith(ADDED) ? { added_by: id.slice(ADDED.length) } : { rsvp_id: Number(id) };
}

// How many it is about, and how many of the party are inside then.
function howMany(outcome, guest, act) {
  if (outcome !== "admitted") return { people: guest.inside || party(guest) };
  const people = Math.min(act.people ?? Infinity, missing(guest));
  return { people, inside: (guest.inside ?? 0) + people };
}
