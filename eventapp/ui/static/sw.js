// Service worker, what all its parts share: files of the pages that it keeps, and signing out. The
// other parts (core/service_worker.py) see what is named here. Each handles the pages of its
// feature, and no others.
"use strict";

const SIGNS_OUT = /^\/(sign-out|me\/delete$|me\/sessions\/)/;
const PATIENCE = 2500; // milliseconds

let timesForgotten = 0; // what is being kept meanwhile is not to stay

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && SIGNS_OUT.test(url.pathname)) event.waitUntil(forgetAll());
  if (request.method === "GET" && isForEver(url)) event.respondWith(file(request));
});

// A file with a hash or version in its address never changes: cache first.
const isForEver = ({ pathname, search }) =>
  pathname.startsWith("/static/vendor/") || (pathname.startsWith("/static/") && search !== "");

const file = async (request) =>
  (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

function withinPatience(answer) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("too slow")), PATIENCE);
    answer.then(resolve, reject);
  });
}

async function forgetAll() {
  timesForgotten += 1;
  for (const name of await caches.keys()) await caches.delete(name);
}
