// Looks at a video, some ten times a second, and tells of each code once while it is in view.

const BETWEEN_MS = 100; // from the start of one look to the start of the next
const STANDS_MS = 500; // an answer, where two hold their codes up at once: each sees their own
const FORGOTTEN_AFTER_MS = 3000;
const WIDTH = 640; // of the picture that is read: enough for a code of a tenth of the view

// The part of the video that its element shows (`object-fit: cover`), at most WIDTH wide: what
// nobody sees on the screen is not read either.
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

// What was seen in the last seconds. A code that stays in view stays seen.
export class Seen {
  #at = new Map();

  // The first of these texts that was not, if there is one.
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

// Calls `onCode(text)` for each code that comes into view, until what it returns is called.
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
