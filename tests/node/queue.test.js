// The queue of a phone that can store nothing, like Node.js: it is kept while the page is open.
// tests/e2e tests in a browser that actions are stored and found again.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import * as queue from "../../eventapp/door/static/queue.js";
import { actionOf } from "./lists.js";

afterEach(async () => queue.forget((await queue.all()).map((action) => action.scan_id)));

const waiting = (more) => ({ ...actionOf("scan", more), state: "waiting" });
const ids = async () => (await queue.all()).map((action) => action.scan_id);

test("an action that could not be stored is marked, and kept", async () => {
  const action = waiting();
  assert.equal(await queue.write(action), false);
  assert.deepEqual(await queue.all(), [{ ...action, unstored: true }]);
});

test("actions stay in their order, each of them once", async () => {
  const [first, second] = [waiting(), waiting()];
  for (const action of [first, second, first]) await queue.write(action);
  assert.deepEqual(await ids(), [first.scan_id, second.scan_id]);
});

test("an action is changed by its scan", async () => {
  const [first, second] = [waiting(), waiting()];
  for (const action of [first, second]) await queue.write(action);
  assert.equal(await queue.change(second.scan_id, { state: "sent" }), true);
  const actions = await queue.all();
  assert.deepEqual(actions.map(queue.waits), [true, false]);
  assert.deepEqual(actions.map(queue.wasSent), [false, true]);
});

test("a change of an unknown action is not stored", async () => {
  assert.equal(await queue.change("nowhere", { state: "sent" }), false);
});

test("forgetting deletes these actions and no others", async () => {
  const [first, second] = [waiting(), waiting()];
  for (const action of [first, second]) await queue.write(action);
  await queue.forget([first.scan_id, "nowhere"]);
  assert.deepEqual(await ids(), [second.scan_id]);
});

test("actions that were never sent are deleted after a month", async () => {
  const days = (ago) => new Date(Date.now() - ago * 24 * 3600_000).toISOString();
  const [old, young] = [waiting({ at: days(31) }), waiting({ at: days(29) })];
  for (const action of [old, young]) await queue.write(action);
  await queue.forgetOld();
  assert.deepEqual(await ids(), [young.scan_id]);
});
