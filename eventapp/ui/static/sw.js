// Service worker, what all its parts share: files of the pages that it keeps, and signing out. Each
// part (core/service_worker.py) handles the pages of its feature, and no others.
"use strict";

const SIGN_OUT = /^\/sign-out/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && SIGN_OUT.test(url.pathname)) event.waitUntil(forgetAll());
  if (request.method === "GET" && isForEver(url)) event.respondWith(file(request));
});

// A file with a hash or version in its address never changes: cache first.
const isForEver = ({ pathname, search }) =>
  pathname.startsWith("/static/vendor/") || (pathname.startsWith("/static/") && search !== "");

const file = async (request) =>
  (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

async function forgetAll() {
  for (const name of await caches.keys()) await caches.delete(name);
}
