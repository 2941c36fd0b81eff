// What a form of the door's page asks for.

import assert from "node:assert/strict";
import test from "node:test";
import { actOf, newScanId } from "../../eventapp/door/static/acts.js";
import "./lists.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NOWHERE = { closest: () => null };

function asked(path, fields = {}, form = NOWHERE) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return { act: actOf(path, body, form), body };
}

test("a scan says its code, what is to become of it, and an id of its own", () => {
  const { act, body } = asked("/e/beers/door/scan", { code: "x", mode: "confirm", scan_id: "old" });
  assert.deepEqual([act.slug, act.verb, act.code, act.asksFirst], ["beers", "scan", "x", true]);
  assert.match(act.scan_id, UUID);
  assert.equal(body.get("scan_id"), act.scan_id); // the server is told the same
  assert.equal(body.get("happened_at"), act.happened_at);
});

test("a scan of those who leave is a leaving", () => {
  assert.equal(asked("/e/beers/door/scan", { code: "x", mode: "leaving" }).act.verb, "leave");
});

test("a check-in says who, as the page has them, and how many", () => {
  const row = {
    closest: (place) => (place === "[data-guest]" ? { dataset: { guest: "Ana" } } : null),
  };
  const { act } = asked("/e/beers/door/7/check-in", { people: "2" }, row);
  assert.deepEqual([act.verb, act.guest_id, act.people], ["check_in", "7", 2]);
  assert.equal(act.seen.name, "Ana");
});

test("an undo of whom this phone added knows them by their scan", () => {
  assert.equal(asked("/e/beers/door/added-1/undo").act.guest_id, "added-1");
});

test("a walk-in says a name, and an address where there is one", () => {
  const { act } = asked("/e/beers/door/walk-in", { name: "Yan", email: "" });
  assert.deepEqual([act.verb, act.name, act.email], ["walk_in", "Yan", undefined]);
});

test("other forms are none of the door's acts", () => {
  assert.equal(asked("/e/beers/door/mode").act, null);
  assert.equal(asked("/e/beers/rsvp").act, null);
});

test("scan ids are new each time, also where the browser makes none", () => {
  const { randomUUID } = crypto;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  const [one, other] = [newScanId(), newScanId()];
  Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
  assert.match(one, UUID);
  assert.notEqual(one, other);
});
