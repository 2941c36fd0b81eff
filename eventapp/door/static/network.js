// The connection to the server: sends requests with a short timeout, keeps the phone's list and
// token current, and sends the actions that wait.

import * as roster from "./roster.js";
import { Sync } from "./sync.js";

const PATIENCE = 2500; // milliseconds

export const NOTHING_TO_SWAP = () => new Response(null, { status: 204 });

export class Network {
  // Calls `onChange()` when the page has to update its status, `onSent()` when the server has
  // received actions, `onToken(token)` with a new token, `onShut()` when the door link is refused.
  constructor(phone, { onChange, onSent, onToken, onShut }) {
    Object.assign(this, { phone, onChange, onToken, onShut });
    this.sync = new Sync({
      token: () => phone.token,
      renewToken: () => this.renewToken(),
      most: () => phone.rules.batch_most,
      onChange,
      onSent: () => onSent().then(() => this.refresh()),
    });
  }

  get isAway() {
    return this.sync.away;
  }

  // Whether the door link is no longer good.
  get isOut() {
    return this.sync.refusedSlugs.has(this.phone.slug);
  }

  // The server's response. Throws on a timeout, without a connection, and on 5xx.
  async ask(address, request) {
    const response = await answerInTime(address, request);
    const isShut = await refuses(response, 403, "door");
    if (isShut) await this.#lockedOut();
    this.sync.reached();
    return isShut ? NOTHING_TO_SWAP() : response;
  }

  // The same for a form. If its token is refused, sends it again with a new one.
  async post(address, request) {
    const response = await this.ask(address, this.#withToken(request));
    const isOld = await refuses(response, 400, "form_too_old");
    if (!isOld || !(await this.renewToken())) return response;
    return this.ask(address, this.#withToken(request));
  }

  #withToken(request) {
    if (this.phone.token) request.body.set("csrf_token", this.phone.token);
    return request;
  }

  // Fetches the newest list.
  async refresh() {
    const { phone, sync } = this;
    const askedAt = Date.now();
    const answer = await roster.fetched(phone.slug, phone.list).catch(() => null);
    if (!answer) {
      if (phone.list && roster.isOver(phone.list)) await phone.forget();
      return sync.lost();
    }
    if (answer.status === 401) await this.#lockedOut();
    else if ([403, 404].includes(answer.status)) await phone.forget();
    else if (answer.list) await this.#takeOver(answer, askedAt);
    sync.reached();
    this.onChange();
  }

  async #takeOver({ list, token }, askedAt) {
    this.sync.refusedSlugs.delete(this.phone.slug);
    if (token) {
      this.phone.token = token;
      this.onToken(token);
    }
    await this.phone.takeOver(list, askedAt);
  }

  // Returns whether there is a new token.
  async renewToken() {
    const before = this.phone.token;
    await this.refresh();
    return this.phone.token !== before;
  }

  // The door link is no longer valid: deletes the list. What waits is kept for another door link.
  async #lockedOut() {
    this.sync.refusedSlugs.add(this.phone.slug);
    if (!this.phone.isShut) this.onShut();
    this.phone.isShut = true;
    await this.phone.forget();
    this.onChange();
  }
}

// The whole response. Throws after PATIENCE, and on 5xx.
async function answerInTime(address, request) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("too slow")), PATIENCE);
  });
  const whole = fetch(address, request).then(async (response) => {
    if (response.status >= 500) throw new Error(`${response.status}`);
    const text = response.status === 204 ? null : await response.text();
    return new Response(text, { status: response.status, headers: response.headers });
  });
  whole.catch(() => {}); // a failure after the timeout is of no interest
  return Promise.race([whole, late]).finally(() => clearTimeout(timer));
}

const refuses = async (response, status, code) =>
  response.status === status && (await response.clone().text()).includes(`data-code="${code}"`);
