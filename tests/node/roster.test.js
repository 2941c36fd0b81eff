// How a phone fetches the guest list. tests/e2e tests in a browser that the list is stored and
// deleted: Node.js has no Cache API, and the module works without.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as roster from "../../eventapp/door/static/roster.js";
import { listOf, SHORT_CODE } from "./lists.js";

let asked;
let answer;

beforeEach(() => {
  globalThis.fetch = async (address, options) => {
    asked = { address, ...options };
    return answer;
  };
});

const SENT = {
  revision: "abc",
  server_time: "2026-12-03T19:00:00+00:00",
  fields: ["id", "ticket", "short_code"],
  guests: [[7, "0123456789abcdef", SHORT_CODE]],
};

test("a guest is found by id, ticket and short code", () => {
  const list = roster.unpack(SENT);
  const [ana] = list.guests;
  assert.deepEqual(ana, { id: 7, ticket: "0123456789abcdef", short_code: SHORT_CODE });
  assert.equal(list.byId.get("7"), ana);
  assert.equal(list.byTicket.get("0123456789abcdef"), ana);
  assert.equal(list.byCode.get(SHORT_CODE), ana);
});

test("the first list is asked for, and comes with a token", async () => {
  answer = new Response(JSON.stringify(SENT), { headers: { "X-CSRFToken": "a token" } });
  const { status, list, token } = await roster.fetched("beers", null);
  assert.deepEqual([status, list.guests.length, token], [200, 1, "a token"]);
  assert.equal(asked.address, "/e/beers/door/roster");
  assert.equal(asked.headers["If-None-Match"], undefined);
});

test("an unchanged list is answered with 304", async () => {
  const date = "Thu, 03 Dec 2026 19:30:00 GMT";
  answer = new Response(null, { status: 304, headers: { Date: date } });
  const before = roster.unpack(SENT);
  const { list } = await roster.fetched("beers", before);
  assert.equal(asked.headers["If-None-Match"], '"abc"');
  assert.equal(list, before);
  assert.equal(list.server_time, "2026-12-03T19:30:00.000Z");
});

test("a refused door is distinguished from a server in trouble", async () => {
  answer = new Response("", { status: 401 });
  assert.equal((await roster.fetched("beers", null)).status, 401);
  for (const status of [500, 503, 429]) {
    answer = new Response("", { status });
    await assert.rejects(roster.fetched("beers", null), new Error(`${status}`));
  }
});

test("a list expires at the time that the server set", () => {
  const until = (hours) => new Date(Date.now() + hours * 3600_000).toISOString();
  assert.equal(roster.isOver({ ...listOf(), list_until: until(-1) }), true);
  assert.equal(roster.isOver({ ...listOf(), list_until: until(1) }), false);
});

test("without a Cache API nothing is stored, and nothing breaks", async () => {
  assert.equal(await roster.kept("beers"), null);
  await roster.forget("beers");
  await roster.forgetWhatIsOver();
});
