// What waits on a phone that can store nothing, as Node.js cannot: it is kept as long as the page
// is open. That a phone stores it, and finds it again, is tested in a browser (tests/e2e).

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import * as queue from "../../eventapp/door/static/queue.js";
import { actOf } from "./lists.js";

afterEach(async () => queue.forget((await queue.all()).map((act) => act.scan_id)));

const waiting = (more) => ({ ...actOf("scan", more), state: "waiting" });
const ids = async () => (await queue.all()).map((act) => act.scan_id);

test("what could not be stored says so, and is there all the same", async () => {
  const act = waiting();
  assert.equal(await queue.write(act), false);
  assert.deepEqual(await queue.all(), [{ ...act, unstored: true }]);
});

test("acts stay in their order, each of them once", async () => {
  const [first, second] = [waiting(), waiting()];
  for (const act of [first, second, first]) await queue.write(act);
  assert.deepEqual(await ids(), [first.scan_id, second.scan_id]);
});

test("an act is changed by its scan", async () => {
  const [first, second] = [waiting(), waiting()];
  for (const act of [first, second]) await queue.write(act);
  assert.equal(await queue.change(second.scan_id, { state: "sent" }), true);
  const acts = await queue.all();
  assert.deepEqual(acts.map(queue.waits), [true, false]);
  assert.deepEqual(acts.map(queue.wasSent), [false, true]);
});

test("a change of what is nowhere is not written down", async () => {
  assert.equal(await queue.change("nowhere", { state: "sent" }), false);
});

test("what is forgotten is gone, and nothing else", async () => {
  const [first, second] = [waiting(), waiting()];
  for (const act of [first, second]) await queue.write(act);
  await queue.forget([first.scan_id, "nowhere"]);
  assert.deepEqual(await ids(), [second.scan_id]);
});

test("names and tickets that no door took are forgotten after a month", async () => {
  const days = (ago) => new Date(Date.now() - ago * 24 * 3600_000).toISOString();
  const [old, young] = [waiting({ at: days(31) }), waiting({ at: days(29) })];
  for (const act of [old, young]) await queue.write(act);
  await queue.forgetOld();
  assert.deepEqual(await ids(), [young.scan_id]);
});
