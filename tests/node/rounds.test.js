// The time left by the server's clock, and when the bell rings.

import assert from "node:assert/strict";
import { test } from "node:test";
import { strokes } from "../../eventapp/rounds/static/bell.js";
import { ahead, inWords, secondsUntil } from "../../eventapp/rounds/static/clock.js";

test("a phone whose clock is wrong counts as the server does", () => {
  const server = "2026-05-05T19:00:00+00:00";
  const until = "2026-05-05T21:10:00+02:00";
  for (const wrongBy of [0, 3_600_000, -90_000]) {
    const phone = Date.parse(server) + wrongBy;
    const lead = ahead(server, phone);
    assert.equal(secondsUntil(until, phone + lead), 600);
    assert.equal(secondsUntil(until, phone + 61_500 + lead), 539);
    assert.equal(secondsUntil(until, phone + 700_000 + lead), 0);
  }
});

test("the time left is read as a clock shows it", () => {
  const read = { 0: "0:00", 5: "0:05", 65: "1:05", 600: "10:00", 3661: "1:01:01" };
  for (const [seconds, words] of Object.entries(read)) assert.equal(inWords(+seconds), words);
});

test("the bell rings once as a round begins, twice as its time is up, and not again", () => {
  const one = { phase: "running", round: "1", isUp: false };
  const up = { ...one, isUp: true };
  const pause = { phase: "pause", round: "1", isUp: false };
  const two = { phase: "running", round: "2", isUp: false };
  const told = [null, { phase: "announced" }, one, one, up, pause, pause, two, two];
  const rung = told.slice(1).map((now, at) => strokes(told[at], now));
  assert.deepEqual(rung, [0, 1, 0, 2, 0, 0, 1, 0]);
  assert.equal(strokes(null, one), 0, "not as the page is opened");
  assert.equal(strokes(one, pause), 2, "stopped half-way");
  assert.equal(strokes(one, two), 1, "the next at once");
});
