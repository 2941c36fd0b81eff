// A door's answer without the server: by the list, and by what this phone has done since.
import { fold, holderOf, mayBeTicket } from "./roster.js";

const NOT_COMING = {
  cancelled: "cancelled",
  not_going: "cancelled",
  waitlisted: "waitlisted",
  pending: "not_approved",
};
const MOVES = ["admitted", "already", "undone"];
export const ADDED = "added-"; // a guest whom this phone added, and whose number it cannot know yet

// Everybody this phone knows of, where they stand after what it did: id => guest.
export function standing(list, acts) {
  const people = new Map(list?.byId);
  for (const act of acts) {
    if (act.guest_id == null || act.state === "refused" || !MOVES.includes(act.did)) continue;
    const guest = people.get(act.guest_id) ?? added(act);
    const isIn = act.did !== "undone";
    const { arrived_at, arrived_door } = isIn ? arrival(guest, act) : {};
    people.set(act.guest_id, {
      ...guest,
      arrived_at,
      arrived_door,
      inside: isIn ? inside(guest, act) : 0,
    });
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

// Of their party, after they were let in or were found to be in. Where nobody said how many: all.
const inside = (guest, act) => Math.max(guest.inside ?? 0, act.inside ?? party(guest));

const party = (guest) => 1 + (guest.companions ?? 0);

// How many of a party are not inside.
export const missing = (guest) => Math.max(0, party(guest) - (guest.inside ?? 0));

// What becomes of an act: `{outcome, reason, guest}`, and `told`: what the server is told of it,
// null where the phone turned somebody away and nothing happened.
export async function decide(asked, { list, acts, door, isLead }) {
  const people = standing(list, acts);
  if (asked.verb === "leave") return no("offline_leave");
  if (asked.verb === "walk_in") return letIn(walkIn(asked), asked, door);
  const guest = await meant(asked, list, people);
  if (asked.verb === "undo" && !isLead && isLongAgo(guest?.arrived_at))
    return no("undo_too_late", guest);
  if (asked.verb === "undo") return verdict("undone", guest, asked, door, true);
  if (!guest) return unknown(asked, door);
  if (guest.arrived_at && !missing(guest)) return verdict("already", guest, asked, door, false);
  const reason = NOT_COMING[guest.status];
  if (reason && !asked.anyway && !(isLead && asked.over_reason)) return no(reason, guest);
  if (asked.asksFirst) return { outcome: "needs_input", guest, told: null };
  return letIn(guest, asked, door);
}

async function meant(asked, list, people) {
  if (asked.verb !== "scan") return people.get(asked.guest_id) ?? asked.seen;
  const holder = await holderOf(list, asked.code);
  return holder && people.get(String(holder.id));
}

const walkIn = (asked) => ({ id: ADDED + asked.scan_id, name: asked.name, companions: 0 });

// On no list of this phone. A ticket may have been given out since: whoever lets in says so.
function unknown(asked, door) {
  if (asked.anyway) return verdict("queued", null, asked, door, true);
  if (mayBeTicket(asked.code)) return no("unlisted");
  return { ...verdict("denied", null, asked, door, false), reason: "unknown" };
}

// Nothing happened, so there is nothing to tell.
const no = (reason, guest = null) => ({ outcome: "denied", reason, guest, told: null });

const UNDO_FOR = 60_000; // milliseconds, for who does not lead
export const isLongAgo = (at) => at != null && Date.now() - Date.parse(at) > UNDO_FOR;

const letIn = (guest, asked, door) => verdict("admitted", guest, asked, door, true);

// `happened`: it is a fact, whatever the rules say. Else the server may still decide.
function verdict(outcome, guest, asked, door, happened) {
  const { verb, scan_id, happened_at, slug } = asked;
  const told = {
    verb,
    scan_id,
    happened_at,
    slug,
    door,
    offline: happened,
    state: "waiting",
    did: outcome,
  };
  if (verb === "scan") told.code = asked.code;
  if (verb === "walk_in") Object.assign(told, { name: asked.name, email: asked.email });
  if (verb === "check_in" || verb === "undo") Object.assign(told, numbered(asked.guest_id));
  if (guest)
    Object.assign(told, {
      guest_id: String(guest.id),
      guest: guest.name,
      ...howMany(outcome, guest, asked),
    });
  if (asked.people) told.part = asked.people;
  if (asked.over_reason) told.over_reason = asked.over_reason;
  return { outcome, guest, told };
}

// How many it is about, and how many of the party are inside then.
function howMany(outcome, guest, asked) {
  if (outcome !== "admitted") return { people: guest.inside || party(guest) };
  const people = Math.min(asked.people ?? Infinity, missing(guest));
  return { people, inside: (guest.inside ?? 0) + people };
}

const numbered = (id) =>
  id.startsWith(ADDED) ? { added_by: id.slice(ADDED.length) } : { rsvp_id: Number(id) };
