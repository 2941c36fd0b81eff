// Reads the codes in a video ten times a second, and reports each once while it is in view.

const BETWEEN_MS = 100; // from one reading to the next
const STANDS_MS = 500; // pause after a code: two guests who hold theirs up at once see each result
const FORGOTTEN_AFTER_MS = 3000;
const WIDTH = 640; // of the picture to read: enough for a code as wide as a tenth of the view

// Draws the part of the video that its element shows (`object-fit: cover`), at most WIDTH wide.
// Codes outside the visible part must not be read.
function draw(video, canvas) {
  const { videoWidth, videoHeight, clientWidth, clientHeight } = video;
  const shape = clientWidth && clientHeight ? clientWidth / clientHeight : videoWidth / videoHeight;
  const width = Math.min(videoWidth, videoHeight * shape);
  const height = width / shape;
  const scale = Math.min(1, WIDTH / width);
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const left = (videoWidth - width) / 2;
  const top = (videoHeight - height) / 2;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, left, top, width, height, 0, 0, canvas.width, canvas.height);
}

// The codes seen in the last seconds. A code that stays in view is not reported again.
export class Seen {
  #at = new Map();

  // The first of these texts that was not seen before, if any. Marks it as seen.
  firstNew(texts, now) {
    for (const [text, at] of this.#at) {
      if (now - at >= FORGOTTEN_AFTER_MS) this.#at.delete(text);
    }
    const found = texts.find((text) => !this.#at.has(text));
    for (const text of texts) {
      if (text === found || this.#at.has(text)) this.#at.set(text, now);
    }
    return found;
  }

  forget(text) {
    this.#at.delete(text);
  }
}

function nextFrame(video, look) {
  if (video.requestVideoFrameCallback) {
    const id = video.requestVideoFrameCallback(look);
    return () => video.cancelVideoFrameCallback(id);
  }
  const id = requestAnimationFrame(look);
  return () => cancelAnimationFrame(id);
}

// Calls `onCode(text)` for each code that comes into view. Returns a function that stops it.
export function watchForCodes(video, { read, seen, onCode }) {
  const canvas = document.createElement("canvas");
  let isStopped = false;
  let cancel = () => {};
  let timer = 0;

  async function look() {
    const started = performance.now();
    const found = video.videoWidth ? await readFrame(started).catch(console.error) : undefined;
    if (isStopped) return;
    if (found !== undefined) onCode(found);
    const pause = (found === undefined ? BETWEEN_MS : STANDS_MS) - (performance.now() - started);
    timer = setTimeout(() => (cancel = nextFrame(video, look)), Math.max(0, pause));
  }

  async function readFrame(started) {
    draw(video, canvas);
    const codes = await read(canvas);
    const texts = codes.map(({ text }) => text).filter((text) => text.trim());
    return isStopped ? undefined : seen.firstNew(texts, started);
  }

  cancel = nextFrame(video, look);
  return () => {
    isStopped = true;
    clearTimeout(timer);
    cancel();
  };
}
