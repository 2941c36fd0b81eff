// How a phone sends what waits: in order, in batches, also if the server refuses an entry. The
// server here is a function that answers as ours does.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import * as queue from "../../eventapp/door/static/queue.js";
import { Sync } from "../../eventapp/door/static/sync.js";
import { actionOf } from "./lists.js";

let sent; // the address, token and scan ids of each batch
let entries; // of the last batch
let server; // `(entries) => Response`

const json = (body, status = 200) => new Response(JSON.stringify(body), { status });
const heard = (entries) =>
  json({ answers: entries.map(({ scan_id }) => ({ scan_id, outcome: "admitted" })) });

beforeEach(() => {
  sent = [];
  server = heard;
  globalThis.fetch = async (address, { body, headers }) => {
    ({ entries } = JSON.parse(body));
    sent.push({ address, token: headers["X-CSRFToken"], scans: entries.map((it) => it.scan_id) });
    return server(entries);
  };
});

afterEach(async () => queue.forget((await queue.all()).map((action) => action.scan_id)));

// A phone that retries at once.
function phone({ most = 50, renewToken = async () => false } = {}) {
  const told = { changes: 0, sent: 0 };
  const sync = new Sync({
    token: () => "a token",
    renewToken,
    most: () => most,
    onChange: () => (told.changes += 1),
    onSent: async () => (told.sent += 1),
    pauses: [0],
  });
  return { sync, told };
}

async function write(...actions) {
  for (const action of actions) await queue.write({ state: "waiting", ...action });
  return actions.map((action) => action.scan_id);
}

const states = async () => (await queue.all()).map((action) => action.state);

// Resolves when nothing waits. Even a pause of 0 ms lets other tasks run first.
async function allHeard() {
  for (let turn = 0; turn < 200; turn++) {
    if (!(await queue.all()).some(queue.waits)) return;
    await new Promise((next) => setTimeout(next, 5));
  }
  assert.fail("something still waits");
}

test("waiting actions are sent in order, with a token, and the page is told once", async () => {
  const scans = await write(actionOf("scan"), actionOf("undo"), actionOf("walk_in"));
  const { sync, told } = phone();
  await sync.now();
  assert.deepEqual(sent, [{ address: "/e/beers/door/batch", token: "a token", scans }]);
  assert.deepEqual(await states(), ["sent", "sent", "sent"]);
  assert.equal(told.sent, 1);
});

test("an entry has only the fields for the server", async () => {
  const typed = { code: "x", over_reason: "speaks tonight", offline: true };
  const action = actionOf("scan", { ...typed, part: 2 });
  await write({ ...action, guest: "Ana Ruiz", guest_id: "7", did: "admitted", door: "Main door" });
  await phone().sync.now();
  const { scan_id, happened_at } = action;
  assert.deepEqual(entries, [
    {
      scan_id,
      verb: "scan",
      ...typed,
      happened_at,
      people: 2,
    },
  ]);
});

test("nothing is sent if nothing waits", async () => {
  const { sync, told } = phone();
  await sync.now();
  assert.deepEqual([sent, told.sent], [[], 0]);
});

test("a batch is no longer than the rules say", async () => {
  const scans = await write(...Array.from({ length: 5 }, () => actionOf("scan")));
  await phone({ most: 2 }).sync.now();
  assert.deepEqual(
    sent.map((batch) => batch.scans),
    [scans.slice(0, 2), scans.slice(2, 4), scans.slice(4)],
  );
});

test("each event gets its own batches", async () => {
  await write(actionOf("scan"), actionOf("scan", { slug: "wine" }), actionOf("scan"));
  await phone().sync.now();
  assert.deepEqual(
    sent.map(({ address, scans }) => [address, scans.length]),
    [
      ["/e/beers/door/batch", 2],
      ["/e/wine/door/batch", 1],
    ],
  );
});

for (const [name, silence] of [
  ["does not answer", () => Promise.reject(new TypeError("no network"))],
  ["asks to come back later", () => json({}, 503)],
  ["has heard too much", () => json({}, 429)],
]) {
  test(`a server that ${name} is asked again`, async () => {
    await write(actionOf("scan"), actionOf("scan"));
    const { sync } = phone();
    server = silence;
    await sync.now();
    assert.equal(sync.away, true);
    assert.deepEqual(await states(), ["waiting", "waiting"]);
    server = heard;
    await allHeard();
    assert.equal(sync.away, false);
  });
}

test("a refused entry is set aside, with the server's message", async () => {
  const [, wrong] = await write(actionOf("scan"), actionOf("walk_in"), actionOf("scan"));
  server = (batch) =>
    json({
      answers: batch.map(({ scan_id }) =>
        scan_id === wrong
          ? { scan_id, error: "name", message: "That is a ticket, not a name." }
          : { scan_id, outcome: "admitted" },
      ),
    });
  await phone().sync.now();
  assert.deepEqual(await states(), ["sent", "refused", "sent"]);
  assert.equal((await queue.all())[1].message, "That is a ticket, not a name.");
});

test("after a refused batch each entry is sent alone", async () => {
  const scans = await write(actionOf("scan"), actionOf("scan"), actionOf("scan"));
  server = (batch) =>
    batch.some(({ scan_id }) => scan_id === scans[1])
      ? json({ error: "batch" }, 400)
      : heard(batch);
  await phone().sync.now();
  assert.deepEqual(await states(), ["sent", "refused", "sent"]);
});

test("an entry on which the server fails is sent last", async () => {
  const [poison, ...others] = await write(actionOf("scan"), actionOf("scan"), actionOf("scan"));
  const order = [];
  server = (batch) => {
    const isPoisoned = batch.some(({ scan_id }) => scan_id === poison) && order.length < 2;
    if (isPoisoned) return json({}, 500);
    order.push(...batch.map(({ scan_id }) => scan_id));
    return heard(batch);
  };
  phone().sync.now();
  await allHeard();
  assert.deepEqual(order, [...others, poison]);
});

test("an undo stays behind the walk-in on which the server fails", async () => {
  const added = actionOf("walk_in");
  const undo = actionOf("undo", { added_by: added.scan_id });
  const scan = actionOf("scan");
  await write(added, undo, scan);
  await queue.change(added.scan_id, { tries: 1 });
  await phone().sync.now();
  assert.deepEqual(sent[0].scans, [scan.scan_id, added.scan_id, undo.scan_id]);
});

test("nothing is sent twice by an invalid door link", async () => {
  await write(actionOf("scan"), actionOf("scan", { slug: "wine" }));
  server = (batch) =>
    sent.at(-1).address.includes("beers") ? json({ error: "door" }, 401) : heard(batch);
  const { sync } = phone();
  await sync.now();
  assert.deepEqual([...sync.refusedSlugs], ["beers"]);
  assert.deepEqual(await states(), ["waiting", "sent"]);
  assert.equal(sent.length, 2);
  sync.refusedSlugs.delete("beers"); // by opening another link
  server = heard;
  await sync.now();
  assert.deepEqual(await states(), ["sent", "sent"]);
});

test("an outdated token is renewed", async () => {
  await write(actionOf("scan"));
  let renewals = 0;
  server = (batch) => (renewals ? heard(batch) : json({ error: "csrf" }, 400));
  await phone({ renewToken: async () => Boolean(++renewals) }).sync.now();
  assert.deepEqual([renewals, await states()], [1, ["sent"]]);
});

test("a walk-in gets the id that the server gave", async () => {
  await write({ ...actionOf("walk_in"), guest_id: "added-1" });
  server = ([{ scan_id }]) =>
    json({
      answers: [{ scan_id, outcome: "admitted", rsvp_id: 12, first_at: "t", first_door: "d" }],
    });
  await phone().sync.now();
  const [{ guest_id, did, first_door }] = await queue.all();
  assert.deepEqual([guest_id, did, first_door], ["12", "admitted", "d"]);
});

test("once the server answers again the rest is sent at once", async () => {
  const { sync, told } = phone();
  sync.lost();
  assert.equal(sync.away, true);
  await write(actionOf("scan"));
  sync.reached();
  await allHeard();
  assert.equal(sync.away, false);
  assert.ok(told.changes >= 2);
});
