// The action that a form of the door's page asks for.

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

test("a scan has its code, its mode, and a new scan id", () => {
  const fields = { code: "x", mode: "confirm", scan_id: "old" };
  const { action, body } = asked("/e/beers/door/scan", fields);
  const { slug, verb, code, asksFirst } = action;
  assert.deepEqual([slug, verb, code, asksFirst], ["beers", "scan", "x", true]);
  assert.match(action.scan_id, UUID);
  assert.equal(body.get("scan_id"), action.scan_id); // the form sends the same
  assert.equal(body.get("happened_at"), action.happened_at);
});

test("a scan in the mode “leaving” is a leaving", () => {
  assert.equal(asked("/e/beers/door/scan", { code: "x", mode: "leaving" }).action.verb, "leave");
});

test("a check-in has the guest, as the page shows them, and how many come in", () => {
  const row = {
    closest: (place) => (place === "[data-guest]" ? { dataset: { guest: "Ana" } } : null),
  };
  const { action } = asked("/e/beers/door/7/check-in", { people: "2" }, row);
  assert.deepEqual([action.verb, action.guest_id, action.people], ["check_in", "7", 2]);
  assert.equal(action.seen.name, "Ana");
});

test("an undo of a guest whom this phone added has the id of their scan", () => {
  assert.equal(asked("/e/beers/door/added-1/undo").action.guest_id, "added-1");
});

test("a walk-in has a name, and an address if one was typed", () => {
  const { action } = asked("/e/beers/door/walk-in", { name: "Yan", email: "" });
  assert.deepEqual([action.verb, action.name, action.email], ["walk_in", "Yan", undefined]);
});

test("other forms are not door actions", () => {
  assert.equal(asked("/e/beers/door/mode").action, null);
  assert.equal(asked("/e/beers/rsvp").action, null);
});

test("scan ids are new each time, also without crypto.randomUUID", () => {
  const { randomUUID } = crypto;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  const [one, other] = [newScanId(), newScanId()];
  Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
  assert.match(one, UUID);
  assert.notEqual(one, other);
});
