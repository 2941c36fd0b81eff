// The camera as a scanner, for any page with a `<video>` that reads codes: the door, the kiosk.

import { codeReader } from "./detector.js";
import { Seen, watchForCodes } from "./scan_loop.js";

const TROUBLES = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};

export function isThereCamera() {
  return Boolean(navigator.mediaDevices?.getUserMedia);
}

function wish(deviceId, facingMode) {
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode };
  return { audio: false, video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } } };
}

// One camera and one video. Calls `onCode(text)` once for each code while it is in view, and
// `onChange(state, trouble)`: the state is "off", "starting" or "on". `trouble` is why it is off: a
// value of TROUBLES, "gone" (the camera ended by itself), "reader" (no code reader was loaded), or
// undefined. Releases the camera while the page is hidden, and starts it again afterwards.
export class Camera {
  #video;
  #facing;
  #onCode;
  #onChange;
  #stream = null;
  #stopReading = () => {};
  #wakeLock = null;
  #attempt = 0; // number of the latest start; an older one that still succeeds is discarded
  #isWanted = false;
  #deviceId = null;
  seen = new Seen();

  // `facing`: the camera on the back ("environment", for phones) or the front ("user", for kiosks).
  constructor(video, { onCode, onChange = () => {}, facing = "environment" }) {
    this.#video = video;
    this.#facing = facing;
    this.#onCode = onCode;
    this.#onChange = onChange;
    document.addEventListener("visibilitychange", () => this.#followPage());
  }

  get track() {
    return this.#stream?.getVideoTracks()[0] ?? null;
  }

  async start(deviceId = this.#deviceId) {
    this.#isWanted = true;
    this.#deviceId = deviceId;
    this.#release();
    const attempt = ++this.#attempt;
    this.#onChange("starting");
    const reader = codeReader().catch(() => null); // loads while the browser asks for permission
    try {
      const stream = await navigator.mediaDevices.getUserMedia(wish(deviceId, this.#facing));
      if (attempt !== this.#attempt) return stopAll(stream);
      await this.#show(stream);
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(TROUBLES[error.name] ?? "busy");
    }
    await this.#read(reader, attempt);
  }

  stop() {
    this.#isWanted = false;
    this.#attempt++;
    this.#release();
    this.#onChange("off");
  }

  // The cameras to choose from. Browsers tell their names once the user has allowed one.
  async choices() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === "videoinput" && device.deviceId);
  }

  get chosen() {
    return this.track?.getSettings().deviceId;
  }

  get hasTorch() {
    return Boolean(this.track?.getCapabilities?.().torch);
  }

  async setTorch(isOn) {
    await this.track?.applyConstraints({ advanced: [{ torch: isOn }] });
  }

  async #show(stream) {
    this.#stream = stream;
    this.track.addEventListener("ended", () => this.#stream === stream && this.#fail("gone"));
    this.#video.srcObject = stream;
    await this.#video.play().catch((error) => {
      if (error.name !== "AbortError") throw error; // stopped before it began to play
    });
  }

  async #read(loading, attempt) {
    const reader = await loading;
    if (attempt !== this.#attempt) return;
    if (reader === null) return this.#fail("reader");
    this.#stopReading = watchForCodes(this.#video, {
      read: reader.read,
      seen: this.seen,
      onCode: this.#onCode,
    });
    this.#keepAwake(attempt);
    this.#onChange("on");
  }

  async #keepAwake(attempt) {
    const lock = await navigator.wakeLock?.request("screen").catch(() => null);
    if (attempt === this.#attempt) this.#wakeLock = lock;
    else lock?.release();
  }

  #fail(trouble) {
    this.#isWanted = false;
    this.#deviceId = null; // the chosen camera may be the one that is gone
    this.#attempt++;
    this.#release();
    this.#onChange("off", trouble);
  }

  #release() {
    this.#stopReading();
    this.#stopReading = () => {};
    this.#wakeLock?.release();
    this.#wakeLock = null;
    const stream = this.#stream;
    this.#stream = null;
    if (stream) stopAll(stream);
    this.#video.srcObject = null;
  }

  #followPage() {
    if (!this.#isWanted) return;
    if (document.hidden) {
      this.#attempt++;
      this.#release();
    } else if (!this.#stream) {
      this.start();
    }
  }
}

function stopAll(stream) {
  for (const track of stream.getTracks()) track.stop();
}
