// Decides a door action offline: by the guest list, by what this phone has done since, and by the
// server's rules (door/rules.py). The cases in tests/door/decisions.json hold for both.

import { fold, holderOf, mayBeCalled, mayBeCode } from "./search.js";

export const MOVES = ["admitted", "already", "undone"]; // outcomes that say whether a guest is in
export const ADDED = "added-"; // prefix of a guest's id until the server has given one

// All guests that this phone knows, as they are after its actions: id => guest.
export function standing(list, actions) {
  const people = new Map(list?.byId);
  for (const action of actions) {
    const { guest_id, state, did } = action;
    if (guest_id == null || state === "refused" || !MOVES.includes(did)) continue;
    const guest = people.get(guest_id) ?? added(action);
    const isIn = did !== "undone";
    const { arrived_at, arrived_door } = isIn ? arrival(guest, action) : {};
    const inside = isIn ? insideAfter(guest, action) : 0;
    people.set(guest_id, { ...guest, arrived_at, arrived_door, inside });
  }
  return people;
}

const added = (action) => ({
  id: action.guest_id,
  name: action.guest,
  words: fold(action.guest),
  status: "going",
  companions: action.people - 1,
});

function arrival(guest, action) {
  if (guest.arrived_at) return guest;
  const { first_at, happened_at, first_door, door } = action;
  return { arrived_at: first_at ?? happened_at, arrived_door: first_door ?? door };
}

// How many of the party are in after an action. If the action does not say: all.
const insideAfter = (guest, action) => Math.max(guest.inside ?? 0, action.inside ?? party(guest));

const party = (guest) => 1 + (guest.companions ?? 0);

// How many of a party are not in.
export const missing = (guest) => Math.max(0, party(guest) - (guest.inside ?? 0));

// Whether a check-in is too old for a helper to undo, as of `now` (milliseconds).
export const isLongAgo = (arrivedAt, rules, now) =>
  arrivedAt != null && now - Date.parse(arrivedAt) > rules.undo_seconds * 1000;

// The result of an action: `{outcome, reason, guest, entry}`. `entry` is what the phone stores and
// sends to the server; null if it turned somebody away, so that nothing happened.
export async function decide(asked, { list, actions, rules, door, isLead }) {
  const action = withinLimits(asked, rules);
  const people = standing(list, actions);
  const isOverruled = action.anyway || (isLead && action.over_reason);
  const isOff = isCalledOff(list, action) && !isOverruled;
  if (action.verb === "leave") return no("offline_leave");
  if (action.verb === "walk_in" && isOff) return no("called_off");
  if (action.verb === "walk_in") return letInUnlessListed(action, people, door);
  const guest = await guestMeant(action, list, people, rules);
  if (action.verb === "undo") return undo(guest, action, { rules, door, isLead });
  if (!guest) return deny(action, { list, rules, door });
  if (guest.arrived_at && !missing(guest)) return result("already", guest, action, door);
  if (isOff) return no("called_off", guest);
  const reason = rules.denied_statuses[guest.status];
  if (reason && !isOverruled) return no(reason, guest);
  if (action.asksFirst) return { outcome: "needs_input", guest, entry: null };
  return admit(guest, action, door);
}

// A list from before this was on it says nothing of it.
function isCalledOff(list, { happened_at: at }) {
  const since = list?.called_off_at;
  return Boolean(since) && Date.parse(at) >= Date.parse(since);
}

// Cuts texts to the server's limits: it would refuse an action with too long a name.
function withinLimits(action, { most = {}, party_most = Infinity }) {
  const people = action.people && Math.min(action.people, party_most);
  const fitting = { ...action, people };
  for (const [name, length] of Object.entries(most)) {
    if (action[name]) fitting[name] = [...action[name].normalize("NFC")].slice(0, length).join("");
  }
  return fitting;
}

async function guestMeant(action, list, people, rules) {
  if (action.verb !== "scan") return people.get(action.guest_id) ?? action.seen;
  const holder = await holderOf(list, action.code, rules);
  return holder && people.get(String(holder.id));
}

// Asks first whether a walk-in is one of those of that name: who has not come, then who has.
function letInUnlessListed(action, people, door) {
  const isAnother = action.another_than && fold(action.another_than) === fold(action.name);
  const meant = [...people.values()].filter((guest) => mayBeCalled(guest, action.name));
  if (isAnother || !meant.length) return admit(walkIn(action), action, door);
  const listed = meant.filter((guest) => !guest.arrived_at);
  const arrived = meant.filter((guest) => guest.arrived_at);
  return { outcome: "needs_input", reason: "on_list", guest: null, entry: null, listed, arrived };
}

const walkIn = ({ scan_id, name, people }) => ({
  id: ADDED + scan_id,
  name,
  companions: (people || 1) - 1,
});

function undo(guest, action, { rules, door, isLead }) {
  const isLate = isLongAgo(guest?.arrived_at, rules, Date.parse(action.happened_at));
  if (isLate && !isLead) return no("undo_too_late", guest);
  return result("undone", guest, action, door, { happened: true });
}

// Denials of codes that only the server can tell; the helper may admit whoever has one.
export const UNSURE = ["unlisted", "unchecked"];

// The reason that the server would give.
export const serversReason = (reason) =>
  UNSURE.includes(reason) ? "unknown" : reason === "called_off" ? "cancelled" : reason;

// The code is not on the list. A ticket of ours may be newer than the list, and some codes of other
// tools are never on it.
function deny(action, { list, rules, door }) {
  if (action.anyway) return result("queued", null, action, door, { happened: true });
  if (mayBeCode(action.code, rules)) return no("unlisted");
  if (list?.hasUnlistedCodes) return no("unchecked");
  return { ...result("denied", null, action, door), reason: "unknown" };
}

// Nothing happened, so there is nothing to send.
const no = (reason, guest = null) => ({ outcome: "denied", reason, guest, entry: null });

const admit = (guest, action, door) => result("admitted", guest, action, door, { happened: true });

// `happened`: the server records it whatever its rules say. Otherwise the server decides again.
function result(outcome, guest, action, door, { happened = false } = {}) {
  const { verb, scan_id, happened_at, slug } = action;
  const entry = { verb, scan_id, happened_at, slug, door, offline: happened };
  Object.assign(entry, { state: "waiting", did: outcome }, whoIsMeant(action));
  if (guest) Object.assign(entry, { guest_id: String(guest.id), guest: guest.name });
  if (guest) Object.assign(entry, howMany(outcome, guest, action));
  if (action.people) entry.part = action.people;
  if (action.over_reason) entry.over_reason = action.over_reason;
  return { outcome, guest, entry };
}

// The guest, as the server identifies them.
function whoIsMeant({ verb, code, name, email, guest_id: id }) {
  if (verb === "scan") return { code };
  if (verb === "walk_in") return { name, email };
  return id.startsWith(ADDED) ? { added_by: id.slice(ADDED.length) } : { rsvp_id: Number(id) };
}

// How many people it is about, and how many of the party are in afterwards.
function howMany(outcome, guest, action) {
  if (outcome !== "admitted") return { people: guest.inside || party(guest) };
  const people = Math.min(action.people ?? Infinity, missing(guest));
  return { people, inside: (guest.inside ?? 0) + people };
}
