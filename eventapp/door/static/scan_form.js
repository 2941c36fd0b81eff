// A queue of scanned codes: submits each through the page's own form, as if somebody had typed it,
// once the one before has its answer. None is lost, none is sent twice.

const ANSWER_MOST_MS = 70_000; // htmx itself gives up after 60 s

// Calls `onUnsent(code)` for a code that neither the server nor this phone answered.
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
    // The form must not be cleared after an answer: the next code may be half typed.
    form.removeAttribute("data-again");
    // A code that somebody types and submits joins the queue as well.
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
    if (!typed.trim()) return; // the browser says that the field is required
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#field.value = "";
    setTimeout(() => this.send(typed)); // a form cannot be submitted during its own submit event
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

  // Keeps what somebody is typing into the field meanwhile.
  #submit(code) {
    const typed = this.#field.value;
    this.#field.value = code;
    const restore = () => (this.#field.value = typed); // htmx has read the form by then
    this.#form.addEventListener("htmx:config:request", restore, { once: true });
    this.#isSubmitting = true;
    this.#form.requestSubmit();
    this.#isSubmitting = false;
  }

  // Resolves to whether an answer came.
  #answer() {
    const listening = new AbortController();
    const { signal } = listening;
    return new Promise((resolve) => {
      const timer = setTimeout(() => end(false), ANSWER_MOST_MS);
      function end(hasCome) {
        clearTimeout(timer);
        listening.abort();
        setTimeout(() => resolve(hasCome)); // after htmx has finished
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
