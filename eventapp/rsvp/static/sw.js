// Service worker: opens a pass without network. It keeps what the server makes for that purpose
// (rsvp/kept.py), with its files, a cache for each pass.
"use strict";

const PASS = /^\/r\/[^/]+$/;
const BELOW_PASS = /^(\/r\/[^/]+)(\/|$)/;
const NAMED = "pass "; // and the address of the pass
const AFTER_A_FORM = 60_000; // milliseconds

let formSentAt = 0;

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST") {
    formSentAt = Date.now();
    const [, path] = BELOW_PASS.exec(url.pathname) ?? [];
    if (path) event.respondWith(change(request, path));
  }
  if (request.method !== "GET" || request.mode !== "navigate") return;
  if (PASS.test(url.pathname)) event.respondWith(open(event, url));
  else event.waitUntil(forgetOver());
});

// The page of a pass sends its address.
self.addEventListener("message", (event) => {
  if (event.data?.pass) event.waitUntil(keep(event.data.pass));
});

// Before the answer leads anywhere, the pass as it was is gone. Without an answer it stays.
async function change(request, path) {
  const response = await fetch(request);
  await forget(path);
  return response;
}

async function open(event, url) {
  const path = url.pathname;
  await forgetOver();
  const answer = fetch(event.request);
  event.waitUntil(answer.then((response) => forgetUnlessKept(path, response)).catch(() => {}));
  try {
    const response = await (isWaitedFor(url) ? answer : withinPatience(answer));
    if (response.status >= 500) throw new Error(`${response.status}`);
    return response;
  } catch {
    return (await kept(path)) ?? answer;
  }
}

// An address with a query asks for more than the pass: to cancel, or to try again. After a form
// that was sent anywhere, the pass that is kept may say what it said before.
const isWaitedFor = ({ search }) => search !== "" || Date.now() - formSentAt < AFTER_A_FORM;

const kept = (path) => caches.match(path, { cacheName: NAMED + path, ignoreVary: true });

// Nothing of a pass that was kept while it changed, or while somebody signed out, stays.
async function keep(path) {
  const before = timesForgotten;
  const page = await fetch(`${path}/kept`, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!page || page.status >= 500) return;
  if (page.status !== 200 || page.redirected) return caches.delete(NAMED + path);
  const files = (await page.clone().text()).matchAll(/(?:href|src)="(\/static\/[^"#]+)/g);
  const cache = await caches.open(NAMED + path);
  await cache.put(path, page);
  await cache.addAll(new Set([...files].map(([, address]) => address))).catch(() => {});
  if (timesForgotten !== before) await caches.delete(NAMED + path);
}

// The server no longer shows a pass, or somebody else is signed in here now.
async function forgetUnlessKept(path, { status, headers }) {
  if (status < 500 && !headers.has("Kept-Until")) await forget(path);
}

async function forgetOver() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(NAMED)) continue;
    const until = (await kept(name.slice(NAMED.length)))?.headers.get("Kept-Until");
    if (Date.parse(until) < Date.now()) await caches.delete(name);
  }
}

async function forget(path) {
  timesForgotten += 1;
  await caches.delete(NAMED + path);
}
