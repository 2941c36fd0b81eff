// What this phone knows about its door: the guest list, and the actions done here. It sends nothing
// and shows nothing.

import { ADDED, decide, isLongAgo, MOVES, standing } from "./decide.js";
import * as queue from "./queue.js";
import * as roster from "./roster.js";
import { holderOf, search } from "./search.js";

export class Phone {
  list = null;
  token = null; // the CSRF token
  isShut = false; // the door link is no longer valid
  #rules;
  #opening = null;

  constructor({ slug, door, isLead, rules }) {
    Object.assign(this, { slug, door, isLead });
    this.#rules = rules;
  }

  // The rules of the newest list, else those of the page.
  get rules() {
    return this.list?.rules ?? this.#rules;
  }

  // Loads the stored list, once. A scan in the first moment waits for it.
  open() {
    this.#opening ??= Promise.all([roster.forgetWhatIsOver(), queue.forgetOld()])
      .catch(() => {})
      .then(() => roster.kept(this.slug))
      .then((list) => (this.list ??= list))
      .catch(() => {});
    return this.#opening;
  }

  async actions() {
    return (await queue.all()).filter((action) => action.slug === this.slug);
  }

  async people() {
    return standing(this.list, await this.actions());
  }

  // The guests to show, apart from them those with similar names, and how many there are in all.
  async find(typed) {
    await this.open();
    const holder = await holderOf(this.list, typed, this.rules);
    const people = await this.people();
    if (holder) return { guests: [people.get(String(holder.id))], similar: [], count: 1 };
    return search([...people.values()], typed, this.rules);
  }

  // The server's rule: anyone for a minute, a lead always.
  mayUndo({ arrived_at }) {
    return this.isLead || !isLongAgo(arrived_at, this.rules, Date.now());
  }

  // Whether an action is about a guest whom this phone added and the server does not know yet.
  added(action) {
    return Boolean(action.guest_id?.startsWith(ADDED));
  }

  // Decides an action and stores it, one tab at a time. `isStored` is false if the phone is full.
  async decide(action) {
    await this.open();
    return oneTab(async () => {
      const { list, rules, door, isLead } = this;
      const actions = await this.actions();
      const result = await decide(action, { list, actions, rules, door, isLead });
      return { result, isStored: result.entry ? await queue.write(result.entry) : true };
    });
  }

  // Deletes an action that was not sent yet. Returns whether it was not.
  async takeBack({ scan_id }) {
    return whileNothingIsSent(async () => {
      const own = (await this.actions()).find((action) => action.scan_id === scan_id);
      if (!own || !queue.waits(own)) return false;
      await queue.forget([scan_id]);
      return true;
    });
  }

  // Stores the server's result until a list includes it. `number` is the id of the guest.
  async note(action, { did, number, guest }) {
    if (!MOVES.includes(did)) return;
    const { scan_id, verb, happened_at, code } = action;
    const holder = verb === "scan" ? await holderOf(this.list, code, this.rules) : null;
    const guest_id = action.guest_id ?? (holder ? String(holder.id) : number);
    if (!guest_id) return;
    const before = (await this.people()).get(guest_id)?.inside ?? 0;
    await queue.write({
      ...{ scan_id, slug: this.slug, verb, happened_at, door: this.door, guest_id, guest, did },
      inside: action.people && before + action.people, // undefined: all of them
      people: 1,
      state: "sent",
      heard_at: Date.now(),
    });
  }

  // Replaces the list. What the server received before it was asked for is included in it.
  async takeOver(list, askedAt) {
    this.list = list;
    this.door = list.door;
    this.isShut = false;
    const actions = await this.actions();
    const outdated = actions.filter((action) => queue.wasSent(action) && action.heard_at < askedAt);
    await queue.forget(outdated.map((action) => action.scan_id));
  }

  // Deletes the list. What waits to be sent is kept.
  async forget() {
    this.list = null;
    await roster.forget(this.slug);
    const sent = (await this.actions()).filter(queue.wasSent);
    await queue.forget(sent.map((action) => action.scan_id));
  }
}

const oneTab = (work) => alone("door-decide", work);
const whileNothingIsSent = (work) => alone("door-send", work); // as sync.js

function alone(name, work) {
  const { locks } = globalThis.navigator ?? {};
  return locks ? locks.request(name, work) : work();
}
