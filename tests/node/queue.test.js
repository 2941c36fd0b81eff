// What waits on a phone that can store nothing, as Node.js cannot: it is kept as long as the page
// is open. That a phone stores it, and finds it again, is tested in a browser (tests/e2e).

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import * as queue from "../../eventapp/door/static/queue.js";
import { actionOf } from "./lists.js";

afterEach(async () => queue.forget((await queue.all()).map((action) => action.scan_id)));

const waiting = (more) => ({ ...actionOf("scan", more), state: "waiting" });
const ids = async () => (await queue.all()).map((action) => action.scan_id);

test("what could not be stored says so, and is there all the same", async () => {
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

test("a change of what is nowhere is not written down", async () => {
  assert.equal(await queue.change("nowhere", { state: "sent" }), false);
});

test("what is forgotten is gone, and nothing else", async () => {
  const [first, second] = [waiting(), waiting()];
  for (const action of [first, second]) await queue.write(action);
  await queue.forget([first.scan_id, "nowhere"]);
  assert.deepEqual(await ids(), [second.scan_id]);
});

test("names and tickets that no door took are forgotten after a month", async () => {
  const days = (ago) => new Date(Date.now() - ago * 24 * 3600_000).toISOString();
  const [old, young] = [waiting({ at: days(31) }), waiting({ at: days(29) })];
  for (const action of [old, young]) await queue.write(action);
  await queue.forgetOld();
  assert.deepEqual(await ids(), [young.scan_id]);
});
