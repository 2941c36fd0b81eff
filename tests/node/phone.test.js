// What a phone knows about its door, by its list and by its own actions.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Phone } from "../../eventapp/door/static/phone.js";
import * as queue from "../../eventapp/door/static/queue.js";
import { countOf, statusOf } from "../../eventapp/door/static/status.js";
import { actionOf, listOf, rules, TICKET } from "./lists.js";

afterEach(async () => queue.forget((await queue.all()).map((action) => action.scan_id)));

function phone(list = listOf({}), more = {}) {
  const made = new Phone({ slug: "beers", door: "Main door", isLead: false, rules, ...more });
  return Object.assign(made, { list });
}

const scan = (more) => actionOf("scan", { code: TICKET, ...more });

test("the rules are the page's until a list brings newer ones", () => {
  const without = phone(null);
  assert.equal(without.rules.undo_seconds, 60);
  without.list = { ...listOf(), rules: { ...rules, undo_seconds: 120 } };
  assert.equal(without.rules.undo_seconds, 120);
});

test("two scans of one ticket are decided one after the other", async () => {
  const door = phone();
  const [first, second] = [await door.decide(scan()), await door.decide(scan())];
  assert.deepEqual([first.result.outcome, second.result.outcome], ["admitted", "already"]);
  assert.equal(first.isStored, false); // Node.js stores nothing
});

test("actions at another event's door do not count", async () => {
  const door = phone();
  await queue.write({ ...scan({ slug: "wine" }), guest_id: "7", did: "admitted" });
  assert.equal((await door.decide(scan())).result.outcome, "admitted");
});

test("a guest whom the server let in is in offline too", async () => {
  const door = phone();
  await door.note(scan(), { did: "admitted", guest: "Ana Ruiz" });
  assert.equal((await door.decide(scan())).result.outcome, "already");
});

test("the rest of a party may come after the server let in a part", async () => {
  const door = phone(listOf({ companions: 2 }));
  const part = actionOf("check_in", { guest_id: "7", people: 1 });
  await door.note(part, { did: "admitted", guest: "Ana Ruiz" });
  const { result } = await door.decide(scan());
  assert.deepEqual([result.outcome, result.entry.people], ["admitted", 2]);
});

test("a denial by the server is not stored", async () => {
  const door = phone();
  await door.note(scan(), { did: "denied", guest: "Ana Ruiz" });
  assert.deepEqual(await door.actions(), []);
});

test("a newer list replaces the results from before it", async () => {
  const door = phone();
  await door.note(scan(), { did: "admitted", guest: "Ana Ruiz" });
  await queue.write({ ...scan(), state: "waiting" });
  await door.takeOver({ ...listOf({}), door: "Garden" }, Date.now() + 1);
  assert.deepEqual(
    (await door.actions()).map((action) => action.state),
    ["waiting"],
  );
  assert.equal(door.door, "Garden");
});

test("an invalid door link deletes the list, and keeps what waits", async () => {
  const door = phone();
  await door.note(scan(), { did: "admitted", guest: "Ana Ruiz" });
  await queue.write({ ...scan(), state: "waiting" });
  await door.forget();
  assert.equal(door.list, null);
  assert.deepEqual(
    (await door.actions()).map((action) => action.state),
    ["waiting"],
  );
});

test("a guest is found by name, in their current state", async () => {
  const door = phone();
  await door.decide(scan());
  const { guests, count } = await door.find("ana");
  const [ana] = guests;
  assert.equal(count, 1);
  assert.equal(ana.arrived_door, "Main door");
});

test("whom the list does not have is taken back until it was sent", async () => {
  const door = phone();
  const code = "AnotherTicketOfOurs-00";
  const { result } = await door.decide(actionOf("scan", { code, anyway: true }));
  assert.equal(result.outcome, "queued");
  assert.equal(await door.takeBack(result.entry), true);
  assert.deepEqual(await door.actions(), []);
  assert.equal(await door.takeBack(result.entry), false);
});

test("after a minute only a lead is offered an undo", () => {
  const since = (ms) => ({ arrived_at: new Date(Date.now() - ms).toISOString() });
  assert.equal(phone().mayUndo(since(50_000)), true);
  assert.equal(phone().mayUndo(since(70_000)), false);
  assert.equal(phone(null, { isLead: true }).mayUndo(since(7_200_000)), true);
});

test("the headcount is the list's, with this phone's actions", async () => {
  const door = phone(listOf({ companions: 2 }));
  await door.decide(scan({ people: 2 }));
  await door.decide(actionOf("walk_in", { name: "Yan Walker" }));
  assert.deepEqual(countOf(door.list, await door.actions()), { admitted: 3, expected: 2 });
});

test("the status shows the most serious message", () => {
  const waiting = { state: "waiting" };
  const usual = { list: listOf(), isAway: false, isOut: false, hadWaiting: false };
  const says = (actions, now) => statusOf(actions, { ...usual, ...now }).word;
  assert.equal(says([], {}), null);
  assert.equal(says([waiting], {}), "sending");
  assert.equal(says([], { hadWaiting: true }), "sent");
  assert.equal(says([{ state: "refused" }], { hadWaiting: true }), null);
  assert.equal(says([waiting], { isAway: true }), "away");
  assert.equal(says([waiting], { isAway: true, list: null }), "no-list");
  assert.equal(says([waiting], { isAway: true, isOut: true }), "out");
  assert.equal(says([{ ...waiting, unstored: true }], { isOut: true }), "full");
});
