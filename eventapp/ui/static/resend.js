// What HTMX sends is sent until an answer comes, and the bar at the top says what it waits for.
// Sent twice, a form is done once: the server knows it by its id, by the revision of its row, or by
// finding done what it asks for. An upload is sent once: of a list that was taken up to some row, a
// person decides whether it is sent again.
//
// Left alone is what a page sends its own way (the door) or repeats anyway (`polled`).

const SLOW = 4_000; // milliseconds
const HOPELESS = 30_000; // then the connection is taken for dead, and the request sent anew
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000];
const PAUSE_MOST = 60_000;
const STANDS = 5_000;

export class Sending {
  state = null; // "slow" or "away", if there is something to say
  tryNow = () => {}; // ends a pause, or gives up a request of which no answer has come
  endPause = () => {};

  constructor(request, { ask, onChange }) {
    Object.assign(this, { request, ask, onChange });
    this.isForm = request.method !== "GET";
    this.isUpload = request.body instanceof FormData;
  }

  // The whole answer. Throws if the request is aborted.
  async answer() {
    for (let tries = 0; ; tries += 1) {
      const answer = await this.#attempt();
      const seconds = answer && this.#secondsToWait(answer);
      if (answer && !seconds) return answer;
      this.#say(answer ? "slow" : "away");
      await this.#pause(seconds ? seconds * 1000 : PAUSES[tries] ?? PAUSES.at(-1));
    }
  }

  #secondsToWait({ status, headers }) {
    return status === 503 && !this.isUpload ? Number(headers.get("Retry-After")) : 0;
  }

  // The answer, or null if none came. Throws for an upload of which none came.
  async #attempt() {
    const { request, isUpload } = this;
    const attempt = new AbortController();
    const giveUp = () => attempt.abort();
    request.signal.addEventListener("abort", giveUp);
    if (!isUpload) this.tryNow = giveUp;
    const timers = [
      setTimeout(() => this.state || this.#say("slow"), SLOW),
      isUpload || setTimeout(giveUp, HOPELESS),
    ];
    try {
      return await whole(await this.ask({ ...request, signal: attempt.signal }));
    } catch (error) {
      if (request.signal.aborted || isUpload) throw error;
      return null;
    } finally {
      timers.forEach(clearTimeout);
      request.signal.removeEventListener("abort", giveUp);
    }
  }

  // Everybody in the room comes back at the same moment: the pauses differ.
  #pause(milliseconds) {
    const { signal } = this.request;
    return new Promise((resolve, reject) => {
      const most = Math.min(milliseconds, PAUSE_MOST) * (0.75 + Math.random() / 2);
      const timer = setTimeout(resolve, most);
      this.tryNow = this.endPause = resolve;
      signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)));
    });
  }

  #say(state) {
    this.state = state;
    this.onChange();
  }
}

// The network may break within an answer, too.
async function whole(response) {
  const text = response.status === 204 ? null : await response.text();
  return new Response(text, response);
}

class Bar {
  sendings = new Set();

  constructor(place) {
    this.place = place;
    this.line = place.querySelector("[role=status]");
  }

  async send(address, request) {
    const ask = (attempt) => fetch(address, attempt);
    const sending = new Sending(request, { ask, onChange: () => this.#show() });
    this.sendings.add(sending);
    let ended = ""; // where an upload failed, the page says so (app.js)
    try {
      const answer = await sending.answer();
      ended = "sent";
      return answer;
    } catch (error) {
      if (request.signal.aborted) ended = "stopped";
      throw error;
    } finally {
      this.sendings.delete(sending);
      if (sending.state) this.#show(sending.isForm ? ended : "");
    }
  }

  get waiting() {
    return [...this.sendings].filter(({ state }) => state);
  }

  get holdsForm() {
    return this.waiting.some(({ isForm }) => isForm);
  }

  // `ended` is how a form ended that had to wait.
  #show(ended = "") {
    const { waiting } = this;
    const isAway = waiting.some(({ state }) => state === "away");
    const away = this.holdsForm ? "away" : "reading";
    const word = isAway ? away : waiting.length ? "slow" : ended;
    this.place.dataset.look = word === "sent" ? "good" : "warn";
    this.line.textContent = this.place.dataset[word] ?? "";
    for (const button of this.place.querySelectorAll("button")) button.hidden = !waiting.length;
    clearTimeout(this.timer);
    if (ended) this.timer = setTimeout(() => this.#show(), STANDS);
  }

  tryNow() {
    for (const sending of this.waiting) sending.tryNow();
  }

  endPauses() {
    for (const sending of this.waiting) sending.endPause();
  }

  // Takes back what waits, or only the form into which something else is typed meanwhile.
  stop(form) {
    for (const { request } of this.waiting) if (!form || form === request.form) request.abort();
  }
}

// `place` is the bar, with its words.
export function begin(place) {
  const bar = new Bar(place);
  const [now, stop] = place.querySelectorAll("button");
  now.addEventListener("click", () => bar.tryNow());
  stop.addEventListener("click", () => bar.stop());
  addEventListener("online", () => bar.endPauses());
  document.addEventListener("visibilitychange", () => document.hidden || bar.endPauses());
  document.addEventListener("input", ({ target }) => target.form && bar.stop(target.form));
  addEventListener("beforeunload", (event) => bar.holdsForm && event.preventDefault());
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement.matches("[hx-trigger^=every]")) return;
    ctx.fetch ??= (address, request) => {
      clearTimeout(ctx.requestTimeout);
      return bar.send(address, request);
    };
  });
}
