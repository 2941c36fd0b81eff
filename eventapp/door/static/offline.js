// The door's page offline. Every request of the page goes through here: to the server (network.js),
// or, if the server does not answer in time, to this phone's own list (phone.js).

import { actionOf } from "./door_action.js";
import { keepPage } from "./keep_page.js";
import { Network, NOTHING_TO_SWAP } from "./network.js";
import { Phone } from "./phone.js";
import * as queue from "./queue.js";
import * as show from "./show.js";
import { forgetWalkIn, holdNextRow } from "./search_box.js";
import * as status from "./status.js";

const REFRESH = 30_000; // milliseconds

const isVisible = () => document.visibilityState === "visible";

export class OfflineDoor {
  #hadWaiting = false;

  constructor({ slug, door, lead, sw: worker, rules }) {
    this.page = `/e/${slug}/door`;
    this.keep = () => keepPage({ worker, page: this.page }).catch(() => {});
    this.phone = new Phone({ slug, door, isLead: lead !== undefined, rules: JSON.parse(rules) });
    this.network = new Network(this.phone, {
      onChange: () => this.#changed(),
      onSent: async () => status.askForHeadcount(),
      onToken: takeToken,
      onShut: () => show.showShut(this.phone),
    });
    this.tabs = globalThis.BroadcastChannel ? new BroadcastChannel("door") : null;
  }

  async begin() {
    const { network, phone } = this;
    this.#listen();
    await phone.open();
    await network.refresh();
    if (network.isAway && phone.list) status.countAgain(phone.list, await phone.actions());
    network.sync.now();
    this.keep();
  }

  #listen() {
    const { network } = this;
    const send = () => network.sync.now();
    document.addEventListener("htmx:config:request", ({ detail }) => this.#route(detail.ctx));
    document.addEventListener(
      "visibilitychange",
      () => isVisible() && network.refresh().then(send),
    );
    document.querySelector("#offline [data-slot=send]").addEventListener("click", send);
    globalThis.addEventListener("online", send);
    setInterval(() => isVisible() && network.refresh(), REFRESH);
    this.tabs?.addEventListener("message", () => this.#say());
    navigator.serviceWorker?.addEventListener("controllerchange", this.keep);
  }

  #route(ctx) {
    const { request, sourceElement } = ctx;
    const path = new URL(request.action, location.href).pathname;
    if (request.method === "GET") {
      const answer = path === this.page ? this.#search : this.#read;
      ctx.fetch = answer.bind(this);
      return;
    }
    const action = actionOf(path, request.body, sourceElement);
    if (action) ctx.fetch = (address, sent) => this.#perform(action, address, sent, sourceElement);
  }

  async #read(address, request) {
    try {
      return await this.network.ask(address, request);
    } catch (error) {
      this.#lost(error, request);
      return NOTHING_TO_SWAP();
    }
  }

  // A request that the page itself aborted says nothing about the network.
  #lost(error, request) {
    if (request.signal.aborted) throw error;
    this.network.sync.lost();
  }

  async #search(address, request) {
    try {
      if (!this.network.isAway) return await this.network.ask(address, request);
    } catch (error) {
      this.#lost(error, request);
    }
    const typed = new URL(address, location.href).searchParams.get("q") ?? "";
    show.showFound(typed, await this.phone.find(typed), this.phone);
    return NOTHING_TO_SWAP();
  }

  async #perform(action, address, request, form) {
    if (await this.#mustDecide(action)) return this.#decide(action, form);
    try {
      request.body.set("sent_at", new Date().toISOString());
      const response = await this.network.post(address, request);
      if (this.phone.isShut) show.showShut(this.phone);
      else this.#note(action, response.clone()).catch(() => {});
      return response;
    } catch (error) {
      this.#lost(error, request);
      return this.#decide(action, form);
    }
  }

  // While actions wait, new ones wait behind them, so that the server gets all in order.
  async #mustDecide(action) {
    if (this.network.isAway || this.phone.added(action)) return true;
    return !this.network.isOut && (await this.phone.actions()).some(queue.waits);
  }

  async #note(action, response) {
    const answer = await answerIn(response);
    await this.phone.note(action, answer);
    if (answer.did === "already") await this.network.refresh(); // the list has the time of arrival
  }

  async #decide(action, form) {
    const { phone, network } = this;
    const { result, isStored } = await phone.decide(action);
    const underVerdict = holdNextRow(form);
    const onTakeBack = (entry) => this.#takeBack(entry);
    show.showVerdict(result, phone, { isStored, code: action.code, onTakeBack });
    underVerdict();
    const underRow = holdNextRow(form);
    status.moveHeadcount(result);
    const guest = result.guest && (await phone.people()).get(String(result.guest.id));
    if (guest) show.showRow(guest, phone);
    if (form.matches("form[data-again]")) form.reset();
    if (result.reason === "on_list") show.showListed(form, result, phone);
    else if (action.verb === "walk_in") show.showAdded(form);
    else if (form.closest("#found")) forgetWalkIn();
    await this.#changed();
    underRow();
    network.sync.now();
    return NOTHING_TO_SWAP();
  }

  // Undoes that somebody was let in without the list, who is known by a code alone.
  async #takeBack(entry) {
    const isUndone = await this.phone.takeBack(entry);
    const undone = { outcome: "undone", entry: { people: 1 } };
    show.showVerdict(isUndone ? undone : { outcome: "denied", reason: "was_sent" }, this.phone);
    if (isUndone) status.moveHeadcount({ ...undone, guest: { arrived_at: entry.happened_at } });
    await this.#changed();
  }

  async #changed() {
    await this.#say();
    this.tabs?.postMessage("changed");
  }

  async #say() {
    const actions = await queue.all();
    const { list } = this.phone;
    const { isAway, isOut, sync } = this.network;
    this.#hadWaiting ||= actions.some(queue.waits);
    status.showStatus(
      status.statusOf(actions, { list, isAway, isOut, hadWaiting: this.#hadWaiting }),
      list,
    );
    status.showCalledOff(list);
    status.showRefused(actions.filter(queue.wasRefused), {
      onForget: ({ scan_id }) => queue.forget([scan_id]).then(() => this.#changed()),
      onAgain: ({ scan_id }) => queue.change(scan_id, { state: "waiting" }).then(() => sync.now()),
    });
  }
}

// The result of an action, read from the HTML of the server's answer. `number` is the id of the
// guest, if the answer has it.
async function answerIn(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const answer = page.querySelector("[data-outcome]");
  const undo = answer?.querySelector("form")?.getAttribute("action");
  return {
    did: answer?.dataset.outcome,
    number: undo?.match(/\/(\d+)\/undo$/)?.[1],
    guest: answer?.querySelector("strong")?.textContent ?? "",
  };
}

function takeToken(token) {
  for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
}
