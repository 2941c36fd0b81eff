// What HTMX sends: when it is sent again, and when not.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Sending } from "../../eventapp/ui/static/resend.js";

const answered = (status = 200, headers = {}) => new Response("<p>Saved.", { status, headers });
const noNetwork = () => Promise.reject(new TypeError("Failed to fetch"));
const silence = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

let said; // what the bar was told
let aborting;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(Math, "random", () => 0.5);
  aborting = new AbortController();
  said = [];
});

function sending(answers, { method = "POST", body = new URLSearchParams("name=Ana") } = {}) {
  const asked = [];
  const ask = (request) => {
    asked.push(`${request.body}`);
    return answers[Math.min(asked.length, answers.length) - 1](request);
  };
  const request = { method, body, signal: aborting.signal };
  const one = new Sending(request, { ask, onChange: () => said.push(one.state) });
  return { one, asked, answer: one.answer() };
}

const settled = () => new Promise((done) => setImmediate(done));

async function later(milliseconds) {
  await settled();
  mock.timers.tick(milliseconds);
  await settled();
}

test("an answer is passed on, and nothing said", async () => {
  const { answer, asked } = sending([() => answered(200, { "HX-Redirect": "/me" })]);
  const response = await answer;
  assert.equal(response.headers.get("HX-Redirect"), "/me");
  assert.equal(await response.text(), "<p>Saved.");
  assert.deepEqual([asked.length, said], [1, []]);
});

test("an answer without content stays one", async () => {
  const { answer } = sending([() => new Response(null, { status: 204 })]);
  assert.equal((await answer).status, 204);
});

for (const status of [200, 400, 409, 422, 429, 500, 502])
  test(`an answer of ${status} is an answer`, async () => {
    const { answer, asked } = sending([() => answered(status, { "Retry-After": "1" })]);
    assert.equal((await answer).status, status);
    assert.equal(asked.length, 1);
  });

test("without network it is sent again, as it was, until an answer comes", async () => {
  const { answer, asked } = sending([noNetwork, noNetwork, () => answered()]);
  await later(1_000);
  await later(2_000);
  assert.equal((await answer).status, 200);
  assert.deepEqual(asked, Array(3).fill("name=Ana"));
  assert.deepEqual(said, ["away", "away"]);
});

test("an answer that breaks off half-way is none", async () => {
  const broken = new ReadableStream({ start: (it) => it.error(new TypeError("network error")) });
  const { answer, asked } = sending([() => new Response(broken), () => answered()]);
  await later(1_000);
  assert.equal((await answer).status, 200);
  assert.equal(asked.length, 2);
});

test("a server that asks to wait is asked again then", async () => {
  const { answer, asked } = sending([
    () => answered(503, { "Retry-After": "5" }),
    () => answered(),
  ]);
  await later(4_900);
  assert.deepEqual([asked.length, said], [1, ["slow"]]);
  await later(100);
  assert.equal((await answer).status, 200);
});

test("one that does not say when is not asked again", async () => {
  const { answer } = sending([() => answered(503)]);
  assert.equal((await answer).status, 503);
});

test("an upload is not sent again after an answer", async () => {
  const { answer } = sending([() => answered(503, { "Retry-After": "5" })], {
    body: new FormData(),
  });
  assert.equal((await answer).status, 503);
});

test("an upload is not sent again without network", async () => {
  const { answer, asked } = sending([noNetwork], { body: new FormData() });
  await assert.rejects(answer, TypeError);
  await later(60_000);
  assert.deepEqual([asked.length, said], [1, []]);
});

test("when no answer comes, that is said, and the connection given up in the end", async () => {
  const { answer, asked } = sending([silence, () => answered()]);
  await later(4_000);
  assert.deepEqual([asked.length, said], [1, ["slow"]]);
  await later(26_000);
  await later(1_000);
  assert.equal((await answer).status, 200);
  assert.equal(asked.length, 2);
});

test("an upload may take as long as it takes", async () => {
  const { asked } = sending([silence], { body: new FormData() });
  await later(600_000);
  assert.deepEqual([asked.length, said], [1, ["slow"]]);
});

test("it can be tried at once", async () => {
  const { one, answer } = sending([noNetwork, () => answered()]);
  await settled();
  one.tryNow();
  assert.equal((await answer).status, 200);
});

test("a pause ends when the network is back", async () => {
  const { one, answer } = sending([noNetwork, () => answered()]);
  await settled();
  one.endPause();
  assert.equal((await answer).status, 200);
});

test("a request that is under way goes on then; only the button gives it up", async () => {
  const { one, answer, asked } = sending([noNetwork, silence, () => answered()]);
  await later(1_000);
  one.endPause();
  await settled();
  assert.equal(asked.length, 2);
  one.tryNow();
  await later(2_000);
  assert.equal((await answer).status, 200);
  assert.equal(asked.length, 3);
});

for (const [when, answers] of [
  ["while it waits", [noNetwork]],
  ["while it is asked", [silence]],
])
  test(`it can be stopped ${when}`, async () => {
    const { answer, asked } = sending(answers);
    await settled();
    aborting.abort();
    await assert.rejects(answer, { name: "AbortError" });
    await later(60_000);
    assert.equal(asked.length, 1);
  });
