// What this phone knows of its door: the list of the event, and what was done here. It asks nobody
// and shows nothing.

import { ADDED, decide, isLongAgo, MOVES, standing } from "./decide.js";
import * as queue from "./queue.js";
import * as roster from "./roster.js";
import { holderOf, search } from "./search.js";

export class Phone {
  list = null;
  token = null; // lets this phone send
  isShut = false; // the door link is no longer good
  #rules;
  #opening = null;

  constructor({ slug, door, isLead, rules }) {
    Object.assign(this, { slug, door, isLead });
    this.#rules = rules;
  }

  // Those of the newest list, else those that came with the page.
  get rules() {
    return this.list?.rules ?? this.#rules;
  }

  // Takes out the list that was kept here: whoever scans in the first moment waits for it.
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

  async find(typed) {
    await this.open();
    return search([...(await this.people()).values()], typed, this.rules);
  }

  // As the server offers it: to anyone for a minute, to a lead always.
  mayUndo({ arrived_at }) {
    return this.isLead || !isLongAgo(arrived_at, this.rules, Date.now());
  }

  // Whether an action is about somebody whom this phone added: the server does not know them yet.
  added(action) {
    return Boolean(action.guest_id?.startsWith(ADDED));
  }

  // Decides an action and writes it down, one tab at a time. `isStored` unless the phone is full.
  async decide(action) {
    await this.open();
    return oneTab(async () => {
      const { list, rules, door, isLead } = this;
      const actions = await this.actions();
      const result = await decide(action, { list, actions, rules, door, isLead });
      return { result, isStored: result.entry ? await queue.write(result.entry) : true };
    });
  }

  // Notes what the server answered, until the next list says so too. `number` is the guest's.
  async note(action, { did, number, guest }) {
    if (!MOVES.includes(did)) return;
    const { scan_id, verb, happened_at, code } = action;
    const holder = verb === "scan" ? await holderOf(this.list, code, this.rules) : null;
    const guest_id = action.guest_id ?? (holder ? String(holder.id) : number);
    if (!guest_id) return;
    const before = (await this.people()).get(guest_id)?.inside ?? 0;
    await queue.write({
      ...{ scan_id, slug: this.slug, verb, happened_at, door: this.door, guest_id, guest, did },
      inside: action.people && before + action.people, // else all of them
      people: 1,
      state: "sent",
      heard_at: Date.now(),
    });
  }

  // A newer list: what was heard before it was asked for is in it.
  async takeOver(list, askedAt) {
    this.list = list;
    this.door = list.door;
    this.isShut = false;
    const actions = await this.actions();
    const outdated = actions.filter((action) => queue.wasSent(action) && action.heard_at < askedAt);
    await queue.forget(outdated.map((action) => action.scan_id));
  }

  // The list goes, what waits stays.
  async forget() {
    this.list = null;
    await roster.forget(this.slug);
    const sent = (await this.actions()).filter(queue.wasSent);
    await queue.forget(sent.map((action) => action.scan_id));
  }
}

function oneTab(work) {
  const { locks } = globalThis.navigator ?? {};
  return locks ? locks.request("door-decide", work) : work();
}
