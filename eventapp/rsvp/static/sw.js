// Service worker: opens a pass without network. It keeps what the server makes for that purpose
// (rsvp/kept.py), with its files, a cache for each pass.
"use strict";

const PASS = /^\/r\/[^/]+$/;
const NAMED = "pass "; // and the address of the pass
const IS_TO_BE_KEPT = "data-worker="; // own.html
const SIGNS_OUT = /^\/(sign-out|me\/delete$|me\/sessions\/)/;
const PATIENCE = 2500; // milliseconds

let timesForgotten = 0;

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && SIGNS_OUT.test(url.pathname)) event.waitUntil(forgetAll());
  if (request.method !== "GET" || request.mode !== "navigate") return;
  if (PASS.test(url.pathname)) event.respondWith(open(event, url.pathname));
  else event.waitUntil(forgetOver());
});

// The page of a pass sends its address.
self.addEventListener("message", (event) => {
  if (event.data?.pass) event.waitUntil(keep(event.data.pass));
});

async function open(event, path) {
  await forgetOver();
  try {
    const response = await withinPatience(event.request);
    if (response.status >= 500) throw new Error(`${response.status}`);
    event.waitUntil(forgetUnlessKept(path, response.clone()));
    return response;
  } catch {
    return (await kept(path)) ?? fetch(event.request);
  }
}

function withinPatience(request) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("too slow")), PATIENCE);
    fetch(request).then(resolve, reject);
  });
}

const kept = (path) => caches.match(path, { cacheName: NAMED + path, ignoreVary: true });

// Nothing of a pass that was kept while somebody signed out stays.
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
async function forgetUnlessKept(path, response) {
  const isToBeKept = response.status === 200 && (await response.text()).includes(IS_TO_BE_KEPT);
  if (!isToBeKept) await caches.delete(NAMED + path);
}

const passes = async () => (await caches.keys()).filter((name) => name.startsWith(NAMED));

async function forgetOver() {
  for (const name of await passes()) {
    const until = (await kept(name.slice(NAMED.length)))?.headers.get("Kept-Until");
    if (Date.parse(until) < Date.now()) await caches.delete(name);
  }
}

async function forgetAll() {
  timesForgotten += 1;
  for (const name of await passes()) await caches.delete(name);
}
