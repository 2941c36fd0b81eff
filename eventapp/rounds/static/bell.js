// A bell of the Web Audio API, in need of no file: a struck tone with its partials, fading.

const PARTIALS = [
  [1, 1],
  [2.76, 0.5],
  [5.4, 0.25],
];
const PITCH = 660; // hertz
const SECONDS = 2.5;
const APART = 0.7; // seconds between two strokes

// Which strokes to ring for what a page shows now and showed before: one as a round begins, two as
// its time is up. Nothing as a page is opened.
export function strokes(before, now) {
  if (!before) return 0;
  if (now.phase === "running" && now.round !== before.round) return 1;
  if (now.round !== before.round) return 0;
  const wasRunning = before.phase === "running" && !before.isUp;
  const isOver = now.phase !== "running" || now.isUp;
  return wasRunning && isOver ? 2 : 0;
}

export class Bell {
  #audio = null;

  // Browsers play no sound before somebody has touched the page.
  async allow() {
    this.#audio ??= new AudioContext();
    await this.#audio.resume();
    return this.#audio.state === "running";
  }

  ring(count) {
    if (!this.#audio) return;
    for (let stroke = 0; stroke < count; stroke += 1) {
      this.#strike(this.#audio.currentTime + stroke * APART);
    }
  }

  #strike(at) {
    for (const [partial, loudness] of PARTIALS) {
      const tone = this.#audio.createOscillator();
      const volume = this.#audio.createGain();
      tone.frequency.value = PITCH * partial;
      volume.gain.setValueAtTime(loudness * 0.4, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + SECONDS / partial);
      tone.connect(volume).connect(this.#audio.destination);
      tone.start(at);
      tone.stop(at + SECONDS);
    }
  }
}
