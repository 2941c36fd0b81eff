// Which codes of a video are reported, and when.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Seen, watchForCodes } from "../../eventapp/door/static/scan_loop.js";

beforeEach(() => {
  globalThis.document = {
    createElement: () => ({ getContext: () => ({ drawImage() {} }) }),
  };
});

test("a code in view is reported once", () => {
  const seen = new Seen();
  assert.equal(seen.firstNew(["ana"], 0), "ana");
  for (let now = 100; now < 10_000; now += 100)
    assert.equal(seen.firstNew(["ana"], now), undefined);
});

test("a code that was away for three seconds is reported again", () => {
  const seen = new Seen();
  seen.firstNew(["ana"], 0);
  assert.equal(seen.firstNew([], 2900), undefined);
  assert.equal(seen.firstNew(["ana"], 2999), undefined);
  assert.equal(seen.firstNew(["ana"], 5999), "ana");
});

test("of two codes in one picture each has its turn, the nearest first", () => {
  const seen = new Seen();
  assert.equal(seen.firstNew(["near", "far"], 0), "near");
  assert.equal(seen.firstNew(["near", "far"], 600), "far");
  assert.equal(seen.firstNew(["near", "far"], 1200), undefined);
});

test("a code whose answer was lost is reported again at once", () => {
  const seen = new Seen();
  seen.firstNew(["ana"], 0);
  seen.forget("ana");
  assert.equal(seen.firstNew(["ana"], 100), "ana");
});

// Watches a video that delivers frames at once, in which a reader finds these codes in turn.
function watch(frames) {
  const video = {
    ...{ videoWidth: 1280, videoHeight: 720, clientWidth: 390, clientHeight: 520 },
    requestVideoFrameCallback: (look) => setTimeout(look),
    cancelVideoFrameCallback: clearTimeout,
  };
  const heard = [];
  let asked = 0;
  const read = async (canvas) => {
    assert.ok(canvas.width <= 640);
    const found = frames[asked++];
    if (found instanceof Error) throw found;
    return (found ?? []).map((text) => ({ text }));
  };
  const onCode = (text) => heard.push(text);
  const stop = watchForCodes(video, { read, seen: new Seen(), onCode });
  return { heard, stop, asked: () => asked };
}

const until = async (isSo) => {
  for (let n = 0; n < 300 && !isSo(); n++) await new Promise((go) => setTimeout(go, 10));
  assert.ok(isSo());
};

test("each code is reported once, and blank ones never", async () => {
  const { heard, stop, asked } = watch([[" "], ["ana"], ["ana"], ["beto"]]);
  await until(() => asked() >= 5);
  stop();
  assert.deepEqual(heard, ["ana", "beto"]);
});

test("a picture that cannot be read is skipped", async (t) => {
  t.mock.method(console, "error", () => {});
  const { heard, stop, asked } = watch([new Error("no picture"), ["ana"]]);
  await until(() => asked() >= 2 && heard.length);
  stop();
  assert.deepEqual(heard, ["ana"]);
  assert.equal(console.error.mock.callCount(), 1);
});

test("after stopping no picture is read", async () => {
  const { heard, stop, asked } = watch([[], ["ana"]]);
  await until(() => asked() === 1);
  stop();
  await new Promise((go) => setTimeout(go, 250));
  assert.deepEqual([asked(), heard], [1, []]);
});
