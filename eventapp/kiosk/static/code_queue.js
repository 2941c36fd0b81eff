// A queue of scanned codes: submits the next one once the answer to the last has been shown for a
// while. `isBusy` while any request of the page is under way, since its answer replaces the form.

export class CodeQueue {
  isBusy = false;
  #waiting = [];
  #submit;
  #standsMs;
  #timer;

  constructor({ submit, standsMs }) {
    this.#submit = submit;
    this.#standsMs = standsMs;
  }

  send(code) {
    if (this.isBusy || this.#waiting.length) this.#waiting.push(code);
    else this.#submit(code);
  }

  requestBegan() {
    this.isBusy = true;
  }

  requestEnded() {
    this.isBusy = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#sendNext(), this.#standsMs);
  }

  #sendNext() {
    if (!this.isBusy && this.#waiting.length) this.#submit(this.#waiting.shift());
  }
}
