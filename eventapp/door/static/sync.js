// Sends the actions that wait: in order, in batches, as soon as the server answers. Judges the
// connection by the server's answers, not by `navigator.onLine`, which is often wrong.
import * as queue from "./queue.js";

const TIMEOUT = 15_000; // milliseconds
const PAUSES = [3_000, 3_000, 4_000, 5_000]; // between tries while the server is away

// The fields of a stored action that the server gets; the others are for this phone only.
const SENT_FIELDS = [
  ...["scan_id", "verb", "code", "rsvp_id", "added_by", "name", "email"],
  ...["happened_at", "offline", "over_reason"],
];
const entryOf = (action) => ({
  ...Object.fromEntries(SENT_FIELDS.map((name) => [name, action[name]])),
  people: action.part,
});

export class Sync {
  away = false;
  refusedSlugs = new Set(); // events whose door link is no longer valid
  #tries = 0;
  #timer = null;
  #isOneByOne = false;
  #renewals = 0;
  // Sent, but a full phone could not store that: this page must not send them again.
  #heardUnnoted = new Set();

  // `most()`: the greatest number of entries in a batch. Calls `onChange()` when the queue or the
  // connection changed, `onSent()` when the server has received actions.
  constructor({ token, renewToken, most, onChange, onSent, pauses = PAUSES }) {
    Object.assign(this, { token, renewToken, most, onChange, onSent, pauses });
  }

  reached() {
    const wasAway = this.away;
    this.away = false;
    this.#tries = 0;
    if (wasAway) this.now();
    if (wasAway) this.onChange();
  }

  lost() {
    const wasAway = this.away;
    this.away = true;
    if (!wasAway) this.onChange();
    this.#later();
  }

  #later() {
    if (this.#timer) return;
    const pause = this.pauses[Math.min(this.#tries++, this.pauses.length - 1)];
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.now();
    }, pause);
  }

  // One tab sends at a time. Without Web Locks the server may get some twice, which is idempotent.
  async now() {
    if (!globalThis.navigator?.locks) return this.#drain();
    await navigator.locks.request("door-send", { ifAvailable: true }, (lock) =>
      lock ? this.#drain() : this.#later(),
    );
  }

  async #drain() {
    let sent = 0;
    for (;;) {
      const batch = this.#next(await queue.all());
      if (!batch.length) break;
      if (!(await this.#send(batch))) break;
      sent += batch.length;
      this.onChange();
    }
    if (sent) await this.onSent();
    this.onChange();
    if ((await queue.all()).some(queue.waits)) this.#later();
  }

  // The next batch, all of one event. An action on which the server failed moves behind the others;
  // actions about a guest whom it added stay behind it.
  #next(actions) {
    const waiting = actions.filter(
      (action) =>
        queue.waits(action) &&
        !this.refusedSlugs.has(action.slug) &&
        !this.#heardUnnoted.has(action.scan_id),
    );
    const tries = new Map(waiting.map(({ scan_id, tries }) => [scan_id, tries ?? 0]));
    const place = ({ scan_id, added_by }) => Math.max(tries.get(scan_id), tries.get(added_by) ?? 0);
    waiting.sort((a, b) => place(a) - place(b));
    return waiting
      .filter((action) => action.slug === waiting[0].slug)
      .slice(0, this.#isOneByOne ? 1 : this.most());
  }

  async #send(batch) {
    const response = await this.#post(batch).catch(() => null);
    if (!response || [429, 503].includes(response.status)) return this.#isAway();
    if (response.status >= 500) return this.#choked(batch);
    this.away = false;
    this.#tries = 0;
    const answer = await response.json().catch(() => null);
    if (response.ok && answer?.answers) return this.#heard(batch, answer.answers);
    if (response.status === 401) return this.#refused(batch[0].slug);
    if (answer?.error === "csrf") return this.#renewals++ < 2 && this.renewToken();
    return this.#setAside(batch, answer);
  }

  #post(batch) {
    const entries = batch.map(entryOf);
    return fetch(`/e/${batch[0].slug}/door/batch`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": this.token(),
      },
      body: JSON.stringify({ sent_at: new Date().toISOString(), entries }),
      signal: AbortSignal.timeout(TIMEOUT),
    });
  }

  #isAway() {
    this.away = true;
    return false;
  }

  async #choked(batch) {
    if (batch.length === 1)
      await queue.change(batch[0].scan_id, { tries: (batch[0].tries ?? 0) + 1 });
    this.#isOneByOne = true;
    return this.#isAway();
  }

  async #refused(slug) {
    this.refusedSlugs.add(slug);
    return true; // go on with other events
  }

  // The batch as a whole was refused. Sent one by one, the invalid entry is found.
  async #setAside(batch, answer) {
    if (batch.length === 1) {
      await queue.change(batch[0].scan_id, {
        state: "refused",
        error: answer?.error ?? "call",
        message: answer?.message,
      });
    }
    this.#isOneByOne = true;
    return true;
  }

  async #heard(batch, answers) {
    const heardAt = Date.now();
    const byScan = new Map(answers.map((answer) => [answer.scan_id, answer]));
    for (const { scan_id } of batch) {
      const answer = byScan.get(scan_id);
      if (!answer) continue;
      const { error, message } = answer;
      const now = error
        ? { state: "refused", error, message }
        : { state: "sent", heard_at: heardAt, ...standing(answer) };
      if (!(await queue.change(scan_id, now))) this.#heardUnnoted.add(scan_id);
    }
    this.#isOneByOne = false;
    this.#renewals = 0;
    return byScan.size > 0;
  }
}

// The guest's state by the server's answer, until a newer list includes it.
function standing({ outcome, first_at, first_door, rsvp_id }) {
  const known = rsvp_id ? { guest_id: String(rsvp_id) } : {};
  return { ...known, did: outcome === "denied" ? null : outcome, first_at, first_door };
}
