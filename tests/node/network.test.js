// The connection to the server: the effect of each answer on the phone.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Network } from "../../eventapp/door/static/network.js";
import { Phone } from "../../eventapp/door/static/phone.js";
import { listOf, rules } from "./lists.js";

const LIST = JSON.stringify({ ...listOf({}), door: "Garden" });

let answers; // by path: how the server answers
let heard; // the callbacks that were called

beforeEach(() => {
  answers = { roster: () => new Response(LIST) };
  heard = [];
  globalThis.fetch = async (address, request) => answers[address.split("/").at(-1)](request);
});

function line() {
  const phone = new Phone({ slug: "beers", door: "Main door", isLead: false, rules });
  phone.list = listOf({});
  const network = new Network(phone, {
    onChange: () => {},
    onSent: async () => heard.push("sent"),
    onToken: (token) => heard.push(token),
    onShut: () => heard.push("shut"),
  });
  return { phone, network };
}

const form = () => ({ body: new FormData() });
const page = (code, status) => new Response(`<p data-code="${code}">`, { status });

test("an answer is passed on whole", async () => {
  answers.scan = () => new Response("<p>Come in!", { headers: { "HX-Trigger": "arrived" } });
  const response = await line().network.ask("/e/beers/door/scan", form());
  assert.equal(await response.text(), "<p>Come in!");
  assert.equal(response.headers.get("HX-Trigger"), "arrived");
});

test("an answer of 502 throws", async () => {
  answers.scan = () => new Response("", { status: 502 });
  await assert.rejects(line().network.ask("/e/beers/door/scan", form()));
});

test("an invalid door link deletes the list, and nothing is swapped", async () => {
  answers.scan = () => page("door", 403);
  const { phone, network } = line();
  const response = await network.ask("/e/beers/door/scan", form());
  assert.deepEqual([response.status, phone.list, phone.isShut], [204, null, true]);
  assert.deepEqual([heard, network.isOut], [["shut"], true]);
});

test("the page shows any other refusal", async () => {
  answers.scan = () => page("lead_only", 403);
  const { phone, network } = line();
  assert.equal((await network.ask("/e/beers/door/scan", form())).status, 403);
  assert.notEqual(phone.list, null);
});

test("what is sent with a token that is too old is sent again with a new one", async () => {
  const tokens = [];
  answers.scan = ({ body }) => {
    tokens.push(body.get("csrf_token"));
    return tokens.length === 1 ? page("form_too_old", 400) : new Response("admitted");
  };
  answers.roster = () => new Response(LIST, { headers: { "X-CSRFToken": "new" } });
  const { phone, network } = line();
  phone.token = "old";
  assert.equal(await (await network.post("/e/beers/door/scan", form())).text(), "admitted");
  assert.deepEqual([tokens, heard], [["old", "new"], ["new"]]);
});

test("without a new token the refusal is passed on", async () => {
  answers.scan = () => page("form_too_old", 400);
  assert.equal((await line().network.post("/e/beers/door/scan", form())).status, 400);
});

test("a newer list sets the name of the door", async () => {
  const { phone, network } = line();
  await network.refresh();
  assert.equal(phone.door, "Garden");
  assert.equal(network.isAway, false);
});

test("while the server is in trouble the phone deletes nothing", async () => {
  const { phone, network } = line();
  for (const trouble of [502, 503, 429]) {
    answers.roster = () => new Response("", { status: trouble });
    await network.refresh();
    assert.notEqual(phone.list, null);
    assert.equal(network.isAway, true);
  }
});

test("an expired list is deleted, also offline", async () => {
  answers.roster = () => Promise.reject(new TypeError("no network"));
  const { phone, network } = line();
  phone.list.list_until = new Date(Date.now() - 1000).toISOString();
  await network.refresh();
  assert.equal(phone.list, null);
});

for (const [status, isShut] of [
  [401, true],
  [403, false],
  [404, false],
]) {
  test(`a list that is refused with ${status} is deleted`, async () => {
    answers.roster = () => new Response("{}", { status });
    const { phone, network } = line();
    await network.refresh();
    assert.deepEqual([phone.list, network.isOut], [null, isShut]);
  });
}

test("another door link opens the door again", async () => {
  const { phone, network } = line();
  answers.roster = () => new Response("{}", { status: 401 });
  await network.refresh();
  answers.roster = () => new Response(LIST);
  await network.refresh();
  assert.deepEqual([network.isOut, phone.isShut, phone.door], [false, false, "Garden"]);
});
