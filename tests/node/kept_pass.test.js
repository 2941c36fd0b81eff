// When the service worker shows the pass that it keeps, and when it forgets it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { beforeEach, mock, test } from "node:test";
import vm from "node:vm";

const SITE = "https://beers.example";
const PASS = "/r/key-of-ana";
const part = (path) => readFile(new URL(`../../eventapp/${path}`, import.meta.url), "utf8");
const script = `${await part("ui/static/sw.js")}
(() => {${await part("rsvp/static/sw.js")}})();`; // as core/service_worker.py puts them together

const until = new Date(Date.now() + 86_400_000).toUTCString();
const live = (headers = { "Kept-Until": until }) => new Response("live", { headers });
const noNetwork = () => Promise.reject(new TypeError("Failed to fetch"));
const silence = () => new Promise(() => {});
const settled = () => new Promise((done) => setImmediate(done));

let caches; // name → address → answer, as the browser's
let listeners;
let ask; // the network

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  caches = new Map([
    [`pass ${PASS}`, new Map([[PASS, new Response("kept", { headers: { "Kept-Until": until } })]])],
    ["door-lists", new Map()],
  ]);
  listeners = [];
  vm.runInNewContext(script, {
    self: {
      location: { origin: SITE },
      addEventListener: (name, listener) => name === "fetch" && listeners.push(listener),
    },
    caches: {
      keys: async () => [...caches.keys()],
      delete: async (name) => caches.delete(name),
      match: async (path, { cacheName } = {}) => caches.get(cacheName)?.get(path)?.clone(),
    },
    fetch: (request) => ask(request),
    setTimeout: (...all) => setTimeout(...all),
    ...{ URL, Date, Response, Promise },
  });
});

// What the browser gets, or undefined where it asks the network by itself.
function request(address, { method = "GET", mode = "navigate" } = {}) {
  let answer;
  const event = {
    request: { url: `${SITE}${address}`, method, mode },
    respondWith: (promise) => (answer = promise),
    waitUntil: (promise) => promise,
  };
  for (const listener of listeners) listener(event);
  return answer;
}

async function shown(address, { after = 3_000 } = {}) {
  let words = "nothing yet";
  request(address).then(
    async (response) => (words = await response.text()),
    () => (words = "no network"),
  );
  await settled();
  mock.timers.tick(after);
  await settled();
  return words;
}

const isKept = () => caches.has(`pass ${PASS}`);

test("the pass that is kept shows when no answer comes in time", async () => {
  ask = silence;
  assert.equal(await shown(PASS, { after: 2_000 }), "nothing yet");
  assert.equal(await shown(PASS), "kept");
});

test("it shows without network, and while the server has trouble", async () => {
  ask = noNetwork;
  assert.equal(await shown(`${PASS}?answer=not_going`, { after: 0 }), "kept");
  ask = async () => new Response("trouble", { status: 503 });
  assert.equal(await shown(PASS, { after: 0 }), "kept");
});

test("who came to cancel, or tries again, is waited for", async () => {
  ask = silence;
  for (const query of ["?answer=not_going", "?again=1"])
    assert.equal(await shown(PASS + query, { after: 60_000 }), "nothing yet");
});

for (const [below, mode] of [
  ["", "cors"],
  ["/cancel", "navigate"],
])
  test(`a form sent to the pass${below} forgets what is kept`, async () => {
    ask = async () => new Response("saved");
    await request(PASS + below, { method: "POST", mode });
    assert.equal(isKept(), false);
    ask = silence;
    assert.equal(await shown(PASS), "nothing yet");
  });

test("a form that nobody answered leaves it", async () => {
  ask = noNetwork;
  await assert.rejects(request(`${PASS}/cancel`, { method: "POST" }));
  assert.equal(isKept(), true);
});

test("a form sent elsewhere may change the pass too: its page is waited for", async () => {
  assert.equal(request("/e/beers/rsvp/page", { method: "POST" }), undefined);
  ask = silence;
  assert.equal(await shown(PASS), "nothing yet");
  assert.equal(isKept(), true);
});

test("a page without leave to keep it forgets it, also when it comes late", async () => {
  let answer;
  ask = () => new Promise((resolve) => (answer = resolve));
  assert.equal(await shown(PASS), "kept");
  answer(live({}));
  await settled();
  assert.equal(isKept(), false);
});

test("a page with leave to keep it leaves it", async () => {
  ask = async () => live();
  assert.equal(await shown(PASS), "live");
  assert.equal(isKept(), true);
});

for (const path of ["/sign-out", "/sign-out/everywhere", "/me/delete", "/me/sessions/7/end"])
  test(`${path} forgets passes and the door's lists`, async () => {
    request(path, { method: "POST" });
    await settled();
    assert.deepEqual([...caches.keys()], []);
  });
