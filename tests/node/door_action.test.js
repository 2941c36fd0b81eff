// What a form of the door's page asks for.

import assert from "node:assert/strict";
import test from "node:test";
import { actionOf, newScanId } from "../../eventapp/door/static/door_action.js";
import "./lists.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NOWHERE = { closest: () => null };

function asked(path, fields = {}, form = NOWHERE) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return { action: actionOf(path, body, form), body };
}

test("a scan says its code, what is to become of it, and an id of its own", () => {
  const fields = { code: "x", mode: "confirm", scan_id: "old" };
  const { action, body } = asked("/e/beers/door/scan", fields);
  const { slug, verb, code, asksFirst } = action;
  assert.deepEqual([slug, verb, code, asksFirst], ["beers", "scan", "x", true]);
  assert.match(action.scan_id, UUID);
  assert.equal(body.get("scan_id"), action.scan_id); // the server is told the same
  assert.equal(body.get("happened_at"), action.happened_at);
});

test("a scan of those who leave is a leaving", () => {
  assert.equal(asked("/e/beers/door/scan", { code: "x", mode: "leaving" }).action.verb, "leave");
});

test("a check-in says who, as the page has them, and how many", () => {
  const row = {
    closest: (place) => (place === "[data-guest]" ? { dataset: { guest: "Ana" } } : null),
  };
  const { action } = asked("/e/beers/door/7/check-in", { people: "2" }, row);
  assert.deepEqual([action.verb, action.guest_id, action.people], ["check_in", "7", 2]);
  assert.equal(action.seen.name, "Ana");
});

test("an undo of whom this phone added knows them by their scan", () => {
  assert.equal(asked("/e/beers/door/added-1/undo").action.guest_id, "added-1");
});

test("a walk-in says a name, and an address where there is one", () => {
  const { action } = asked("/e/beers/door/walk-in", { name: "Yan", email: "" });
  assert.deepEqual([action.verb, action.name, action.email], ["walk_in", "Yan", undefined]);
});

test("other forms are none of the door's actions", () => {
  assert.equal(asked("/e/beers/door/mode").action, null);
  assert.equal(asked("/e/beers/rsvp").action, null);
});

test("scan ids are new each time, also where the browser makes none", () => {
  const { randomUUID } = crypto;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  const [one, other] = [newScanId(), newScanId()];
  Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
  assert.match(one, UUID);
  assert.notEqual(one, other);
});
