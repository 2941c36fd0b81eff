// Service worker: opens the door's page offline. It keeps the page without search results, so that
// it names nobody, and the files that the page needs.
"use strict";

const KEPT = "door-VERSION";
const LISTS = "door-lists"; // roster.js
const DOOR = /^\/e\/[^/]+\/door$/;
const LINK = /^\/door\/[^/]+$/;

let away = 0; // until then, files come from the cache at once: the network has just timed out

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (DOOR.test(url.pathname)) event.respondWith(door(event, url));
    else if (LINK.test(url.pathname)) event.respondWith(link(event, url));
  } else if (url.pathname.startsWith("/static/door/") && !url.search)
    event.respondWith(module(event));
});

// The page sends the files that it loaded, and the door link by which it was opened.
self.addEventListener("message", (event) => {
  const { keep, link: path, door: page } = event.data ?? {};
  if (keep) event.waitUntil(keepPage(page, keep));
  if (path) event.waitUntil(rememberLink(path, page));
});

async function keepPage(page, files) {
  const cache = await caches.open(KEPT);
  const shell = await fetch(page, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!shell || !isShell(shell)) return;
  await cache.put(page, shell);
  const missing = [];
  for (const address of files) if (!(await cache.match(address))) missing.push(address);
  await cache.addAll(missing);
  await forgetOldFiles(); // not before: the network may fail half-way
}

async function forgetOldFiles() {
  const isOld = (name) => name.startsWith("door-") && ![KEPT, LISTS].includes(name);
  await Promise.all((await caches.keys()).filter(isOld).map((name) => caches.delete(name)));
}

// Only a page of the door itself is stored: no redirect, no error.
const isShell = (response) =>
  response.status === 200 &&
  !response.redirected &&
  response.headers.get("Content-Type")?.startsWith("text/html");

async function fromNetwork(request) {
  const response = await withinPatience(fetch(request));
  if (response.status >= 500) throw new Error(`${response.status}`);
  return response;
}

async function door(event, url) {
  const kept = () => caches.match(url.pathname, { ignoreVary: true });
  try {
    const response = await fromNetwork(event.request);
    away = 0;
    if (isShell(response) && !url.search)
      event.waitUntil(keepShell(url.pathname, response.clone()));
    if ([401, 403, 404].includes(response.status)) event.waitUntil(forgetDoor(url.pathname));
    return response;
  } catch {
    away = Date.now() + 30_000;
    return (await kept()) ?? fetch(event.request);
  }
}

const keepShell = async (path, response) => (await caches.open(KEPT)).put(path, response);

async function link(event, url) {
  try {
    return await fromNetwork(event.request);
  } catch {
    const known = await (await caches.open(LISTS)).match(await placeOfLink(url.pathname));
    return known ? Response.redirect(await known.text()) : fetch(event.request);
  }
}

async function rememberLink(path, page) {
  await (await caches.open(LISTS)).put(await placeOfLink(path), new Response(page));
}

// The cache has the digest of a link, so that nobody can read the link from the phone's storage.
async function placeOfLink(path) {
  const bytes = new Uint8Array(
    await crypto.subtle.digest("SHA-256", new TextEncoder().encode(path)),
  );
  return `/door/known/${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

// A module that another one imports has no hash in its address: network first.
async function module(event) {
  const kept = await caches.match(event.request, { ignoreVary: true });
  if (kept && Date.now() < away) return kept;
  try {
    const response = await fromNetwork(event.request);
    if (response.ok) event.waitUntil(keepShell(event.request.url, response.clone()));
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function forgetDoor(path) {
  const lists = await caches.open(LISTS);
  await lists.delete(`${path}/roster`);
  await lists.delete(`${path}/roster/checked`);
  for (const name of await caches.keys())
    await (await caches.open(name)).delete(path, { ignoreVary: true });
}
