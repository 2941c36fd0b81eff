// The camera: what it reports when it does not start or ends, and when it is released. The
// browser's interfaces are fakes here; tests/e2e/test_camera.py has a real camera.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Camera } from "../../eventapp/door/static/camera.js";

const KNOWN = { rawValue: "EVENTAPP", boundingBox: { width: 9, height: 9 } };

class Track extends EventTarget {
  readyState = "live";
  stop() {
    this.readyState = "ended";
  }
}

const streamOf = (...tracks) => ({ getTracks: () => tracks, getVideoTracks: () => tracks });

let answers; // of getUserMedia, in their order
let locks; // wake locks of the screen

beforeEach(() => {
  answers = [];
  locks = new Set();
  const pen = { fillRect() {}, drawImage() {} };
  globalThis.document = Object.assign(new EventTarget(), {
    hidden: false,
    createElement: () => ({ getContext: () => pen }),
  });
  globalThis.BarcodeDetector = class {
    detect = async () => [KNOWN];
  };
  const getUserMedia = async () => {
    const answer = await answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const request = async () => {
    const lock = { release: () => locks.delete(lock) };
    locks.add(lock);
    return lock;
  };
  const value = { mediaDevices: { getUserMedia }, wakeLock: { request } };
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
});

function camera() {
  const video = {
    play: async () => {},
    requestVideoFrameCallback: () => 1,
    cancelVideoFrameCallback() {},
  };
  const heard = [];
  const onChange = (...change) => heard.push(change.filter(Boolean).join(": "));
  return { video, heard, camera: new Camera(video, { onCode() {}, onChange }) };
}

const failing = (name) => Object.assign(new Error(name), { name });

function turnPage(hidden) {
  document.hidden = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
}

const settled = () => new Promise((go) => setTimeout(go, 20));

for (const [name, trouble] of [
  ["NotAllowedError", "denied"],
  ["NotFoundError", "none"],
  ["NotReadableError", "busy"],
  ["SomethingNewError", "busy"],
]) {
  test(`a camera that answers ${name} is ${trouble}`, async () => {
    const { heard, camera: one } = camera();
    answers = [failing(name)];
    await one.start();
    assert.deepEqual(heard, ["starting", `off: ${trouble}`]);
  });
}

test("a camera that another app holds is asked for again", async () => {
  const { heard, video, camera: one } = camera();
  const stream = streamOf(new Track());
  answers = [failing("NotReadableError"), stream];
  await one.start();
  await one.start();
  assert.deepEqual(heard, ["starting", "off: busy", "starting", "on"]);
  assert.equal(video.srcObject, stream);
});

test("a camera that ends by itself says so, and starts again", async () => {
  const { heard, video, camera: one } = camera();
  const track = new Track();
  answers = [streamOf(track), streamOf(new Track())];
  await one.start();
  track.dispatchEvent(new Event("ended"));
  assert.deepEqual([heard.at(-1), video.srcObject, track.readyState], ["off: gone", null, "ended"]);
  await one.start();
  assert.equal(heard.at(-1), "on");
});

test("the camera is released while the page is hidden, and started again afterwards", async () => {
  const { heard, video, camera: one } = camera();
  const [before, after] = [new Track(), new Track()];
  answers = [streamOf(before), streamOf(after)];
  await one.start();
  await settled();
  turnPage(true);
  assert.deepEqual([before.readyState, video.srcObject, locks.size], ["ended", null, 0]);
  turnPage(false);
  await settled();
  assert.deepEqual([heard.at(-1), after.readyState, locks.size], ["on", "live", 1]);
  one.stop();
  assert.deepEqual([heard.at(-1), after.readyState, locks.size], ["off", "ended", 0]);
});

test("a camera that was stopped does not start again with the page", async () => {
  const { heard, camera: one } = camera();
  answers = [streamOf(new Track())];
  await one.start();
  one.stop();
  turnPage(true);
  turnPage(false);
  await settled();
  assert.equal(heard.at(-1), "off");
});

test("a camera that is allowed after it was stopped is released", async () => {
  const { heard, video, camera: one } = camera();
  const track = new Track();
  let allow;
  answers = [new Promise((resolve) => (allow = resolve))];
  const starting = one.start();
  one.stop();
  allow(streamOf(track));
  await starting;
  assert.deepEqual([heard, track.readyState], [["starting", "off"], "ended"]);
  assert.equal(video.srcObject, null);
});
