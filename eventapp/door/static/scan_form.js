// Sends codes through the page's own form, one after the other: htmx posts it and swaps what
// changed, as if somebody had typed. None is lost, none is sent twice.

const ANSWER_MOST_MS = 70_000; // htmx itself gives up after 60 s

// `onUnsent(code)` hears of a code that got no answer, neither by the server nor by this phone.
export class ScanForm {
  #form;
  #most;
  #onUnsent;
  #waiting = [];
  #isSending = false;
  #isSubmitting = false;

  constructor(form, { most, onUnsent = () => {} }) {
    this.#form = form;
    this.#most = most;
    this.#onUnsent = onUnsent;
    // The next code may be half typed when an answer comes: nothing is to be cleared then.
    form.removeAttribute("data-again");
    // What is typed and sent by Enter takes its place in the queue as well.
    document.addEventListener("submit", (event) => this.#queueTyped(event), { capture: true });
  }

  send(text) {
    this.#waiting.push(text.slice(0, this.#most));
    if (!this.#isSending) this.#sendAll();
  }

  get #field() {
    return this.#form.elements.namedItem("code");
  }

  #queueTyped(event) {
    if (event.target !== this.#form || this.#isSubmitting) return;
    const typed = this.#field.value;
    if (!typed.trim()) return; // the form says itself that it needs something
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#field.value = "";
    setTimeout(() => this.send(typed)); // a form is not submitted while it is being submitted
  }

  async #sendAll() {
    this.#isSending = true;
    while (this.#waiting.length) await this.#sendOne(this.#waiting.shift());
    this.#isSending = false;
  }

  async #sendOne(code) {
    const answered = this.#answer();
    this.#submit(code);
    if (!(await answered)) this.#onUnsent(code);
  }

  // What somebody is typing into the field meanwhile stays there.
  #submit(code) {
    const typed = this.#field.value;
    this.#field.value = code;
    const restore = () => (this.#field.value = typed); // htmx has read the form by then
    this.#form.addEventListener("htmx:config:request", restore, { once: true });
    this.#isSubmitting = true;
    this.#form.requestSubmit();
    this.#isSubmitting = false;
  }

  // Promises whether the verdict came.
  #answer() {
    const listening = new AbortController();
    const { signal } = listening;
    return new Promise((resolve) => {
      const timer = setTimeout(() => end(false), ANSWER_MOST_MS);
      function end(hasCome) {
        clearTimeout(timer);
        listening.abort();
        setTimeout(() => resolve(hasCome)); // when htmx is free again
      }
      const isOurs = (event) => event.detail.ctx.sourceElement === this.#form;
      window.addEventListener(
        "htmx:finally:request",
        (event) => isOurs(event) && end(isAnswered(event.detail.ctx)),
        { signal },
      );
    });
  }
}

function isAnswered({ status, response }) {
  const isRefusedForNow = response?.status === 429 || response?.status >= 500;
  return !String(status).startsWith("error") && !isRefusedForNow;
}
