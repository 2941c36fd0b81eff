// The camera of the phone as a scanner, for any page that has a `<video>` and something to do
// with a code: the door, the kiosk.

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

// One camera and one video. `onCode(text)` hears each code once while it is in view. `onChange`
// hears `(state, trouble)`: "off", "starting" or "on"; why it is off is a word of TROUBLES, or
// "gone" (it ended by itself) or "reader" (nothing to read codes with), or nothing.
// While the page is hidden the camera is free for others, and taken again afterwards.
export class Camera {
  #video;
  #facing;
  #onCode;
  #onChange;
  #stream = null;
  #stopReading = () => {};
  #wakeLock = null;
  #attempt = 0; // an older attempt that comes to something is undone
  #isWanted = false;
  #deviceId = null;
  seen = new Seen();

  // A door's phone looks away from whoever holds it ("environment"), a kiosk at them ("user").
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
    const reader = codeReader().catch(() => null); // loads while somebody is asked for the camera
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

  // The cameras to choose from; their names are known once one of them was allowed.
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
      if (error.name !== "AbortError") throw error; // stopped again before it began
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
    this.#deviceId = null; // what was chosen may be what is gone
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
