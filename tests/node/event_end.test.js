// The end of an event moves with its start.

import assert from "node:assert/strict";
import test from "node:test";
import { endsAt } from "../../eventapp/events/static/event_end.js";

const evening = { started: "2027-05-04T19:00", ended: "2027-05-04T20:30" };

test("an event without an end takes three hours", () => {
  const empty = { started: "", ended: "" };
  assert.equal(endsAt("2027-05-04T19:00", empty), "2027-05-04T22:00");
  assert.equal(endsAt("2027-05-04T23:00", { ...evening, ended: "" }), "2027-05-05T02:00");
});

test("it stays as long as it was", () => {
  assert.equal(endsAt("2027-06-01T18:30", evening), "2027-06-01T20:00");
  assert.equal(endsAt("2027-12-31T23:30", evening), "2028-01-01T01:00");
});

test("an end that somebody typed stays, unless the event would start after it", () => {
  const typed = { ...evening, isTyped: true };
  assert.equal(endsAt("2027-05-04T20:00", typed), "2027-05-04T20:30");
  assert.equal(endsAt("2027-05-04T20:30", typed), "2027-05-04T22:00");
  assert.equal(endsAt("2027-05-04T19:00", { ...typed, started: "" }), "2027-05-04T20:30");
  assert.equal(endsAt("2027-05-04T21:00", { ...typed, started: "" }), "2027-05-05T00:00");
});

test("half a date moves nothing", () => {
  assert.equal(endsAt("", evening), evening.ended);
});
