// Plays a sound and vibrates for each result: helpers look at the guest, not at the phone.

const KIND = {
  admitted: "good",
  queued: "good",
  already: "already",
  needs_input: "already",
  left: "good",
  denied: "no",
};
const KEPT = "door.sound";

// Three signals to be told apart by ear: rising; the same tone twice; falling and harsh.
const TONES = {
  good: {
    wave: "sine",
    notes: [
      [0, 880, 0.09],
      [0.1, 1318, 0.16],
    ],
  },
  already: {
    wave: "triangle",
    notes: [
      [0, 587, 0.12],
      [0.19, 587, 0.12],
    ],
  },
  no: {
    wave: "sawtooth",
    notes: [
      [0, 196, 0.18],
      [0.2, 139, 0.3],
    ],
  },
};
const PATTERNS = { good: [70], already: [70, 90, 70], no: [260, 100, 260] };

export class Feedback {
  #audio = null;
  isOn = keptChoice();

  // Browsers play no sound before the user has touched the page.
  unlock() {
    if (!this.isOn || !globalThis.AudioContext) return;
    this.#audio ??= new AudioContext();
    if (this.#audio.state !== "running") this.#audio.resume().catch(() => {});
  }

  turn(isOn) {
    this.isOn = isOn;
    try {
      localStorage.setItem(KEPT, isOn ? "on" : "off");
    } catch {
      // a private window stores nothing: the choice lasts for this visit
    }
    this.unlock();
  }

  signal(outcome) {
    const kind = KIND[outcome];
    if (!kind) return;
    if (this.isOn && this.#audio) play(this.#audio, TONES[kind]);
    if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(PATTERNS[kind]);
  }
}

function keptChoice() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

function play(audio, { wave, notes }) {
  for (const [after, pitch, seconds] of notes) {
    const from = audio.currentTime + after;
    const tone = new OscillatorNode(audio, { type: wave, frequency: pitch });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.5, from + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.001, from + seconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + seconds);
  }
}

// Calls `onAnswer(outcome)` once for each result in `#verdict`. htmx replaces the element each
// time, a script may change the one that is there.
export function watchVerdict(onAnswer) {
  let known = document.getElementById("verdict");
  new MutationObserver((changes) => {
    const verdict = document.getElementById("verdict");
    const isRewritten = changes.some(
      ({ type, target }) => type === "attributes" && target === verdict,
    );
    if (!verdict || (verdict === known && !isRewritten)) return;
    known = verdict;
    if (verdict.dataset.outcome) onAnswer(verdict.dataset.outcome);
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-outcome"] });
}
