// A kiosk's queue of codes: no guest gets the answer to another guest's code.

import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { CodeQueue } from "../../eventapp/kiosk/static/code_queue.js";

const STANDS_MS = 20;

// As at a kiosk, submitting a code begins a request at once.
function kiosk() {
  const sent = [];
  const submit = (code) => {
    sent.push(code);
    queue.requestBegan();
  };
  const queue = new CodeQueue({ submit, standsMs: STANDS_MS });
  return { queue, sent };
}

const answerStood = () => pause(2 * STANDS_MS);

test("a code is sent at once if no request is under way", () => {
  const { queue, sent } = kiosk();
  queue.send("first");
  assert.deepEqual(sent, ["first"]);
});

test("the next code waits until the answer has been shown for a while", async () => {
  const { queue, sent } = kiosk();
  for (const code of ["first", "second", "third"]) queue.send(code);
  queue.requestEnded();
  assert.deepEqual(sent, ["first"]);
  await answerStood();
  assert.deepEqual(sent, ["first", "second"]);
  queue.requestEnded();
  await answerStood();
  assert.deepEqual(sent, ["first", "second", "third"]);
});

test("a code scanned while an answer is shown does not overtake one that waits", async () => {
  const { queue, sent } = kiosk();
  queue.send("first");
  queue.send("second");
  queue.requestEnded();
  queue.send("third");
  await answerStood();
  queue.requestEnded();
  await answerStood();
  assert.deepEqual(sent, ["first", "second", "third"]);
});

test("while another form is being sent codes wait, and none is lost", async () => {
  const { queue, sent } = kiosk();
  queue.send("first");
  queue.send("second");
  queue.requestEnded();
  queue.requestBegan(); // somebody types the PIN
  await answerStood();
  assert.deepEqual(sent, ["first"]);
  queue.requestEnded();
  await answerStood();
  assert.deepEqual(sent, ["first", "second"]);
  queue.requestEnded();
  await answerStood();
  assert.deepEqual(sent, ["first", "second"]);
});
