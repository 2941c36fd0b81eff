// Service worker: a badge that is scanned without network. It shows the page that the server makes
// for that (met/kept_scan.py), keeps what is said there, and sends it when the network is back.
"use strict";

const BADGE = /^\/m\/([^/]+)$/;
const PAGE = "/met/kept";
const SAID = "/met/kept?said=1";
const PAGES = "met";
const KEPT_FOR = 30 * 24 * 3600_000; // milliseconds
const REFUSED = [404, 409]; // a no that stays

let sending = null;

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && SIGNS_OUT.test(url.pathname))
    event.respondWith(signOut(request, url));
  if (request.mode !== "navigate") return;
  const [, badge] = BADGE.exec(url.pathname) ?? [];
  if (badge && request.method === "POST" && url.searchParams.has("keep"))
    event.respondWith(change(badge, url));
  else if (badge && request.method === "GET") event.respondWith(open(badge, request));
  else event.waitUntil(send());
});

// A page of who may keep scans, or of a pass; or the page of a badge, which waits.
self.addEventListener("message", (event) => {
  if (event.data?.scans === "send") event.waitUntil(send());
  else if (event.data?.scans || event.data?.pass) event.waitUntil(keepPages());
});

self.addEventListener("sync", (event) => event.tag === "met" && event.waitUntil(send()));

async function open(badge, request) {
  if (await waits(badge)) await withinPatience(send()).catch(() => {});
  try {
    const response = await withinPatience(fetch(request));
    if (response.status >= 500) throw new Error(`${response.status}`);
    return response;
  } catch {
    const page = (await waits(badge)) ? SAID : PAGE;
    return (await caches.match(page, { cacheName: PAGES, ignoreVary: true })) ?? fetch(request);
  }
}

// What waits is sent before its owner is signed out. Of who deletes their account nobody is to be
// asked any more.
async function signOut(request, { pathname }) {
  if (!pathname.endsWith("/delete")) await withinPatience(send()).catch(() => {});
  await within("readwrite", (scans) => scans.clear()).catch(() => {});
  timesForgotten += 1;
  await caches.delete(PAGES);
  return fetch(request);
}

async function change(badge, url) {
  if (url.searchParams.get("keep") === "1") await keep(badge);
  else await within("readwrite", (scans) => scans.delete(badge));
  return Response.redirect(url.pathname, 303);
}

async function keep(badge) {
  const page = await caches.match(PAGE, { cacheName: PAGES, ignoreVary: true });
  const { viewers } = saidOn(await page.text());
  const scan = { badge, viewer: viewers[0], form_id: secret(), at: Date.now() };
  await within("readwrite", (scans) => scans.put(scan));
  await self.registration.sync?.register("met").catch(() => {});
}

// As core/links.py makes them: 22 letters.
function secret() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const letters = { "+": "-", "/": "_", "=": "" };
  return btoa(String.fromCharCode(...bytes)).replaceAll(/[+/=]/g, (letter) => letters[letter]);
}

// One at a time; each is forgotten once the server has answered.
function send() {
  sending ??= sendAll()
    .catch(() => {}) // no network, or no room
    .finally(() => (sending = null));
  return sending;
}

async function sendAll() {
  const waiting = await within("readonly", (scans) => scans.getAll());
  if (!waiting.length) return;
  const now = await keepPages();
  for (const scan of waiting) {
    const isOld = Date.now() - scan.at > KEPT_FOR;
    if (isOld || (now?.viewers.includes(scan.viewer) && (await sent(scan, now.token))))
      await forget(scan.badge);
  }
}

async function sent({ badge, viewer, form_id }, token) {
  const { ok, status } = await fetch(`/m/${badge}/kept`, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token },
    body: new URLSearchParams({ form_id, viewer }),
  });
  return ok || REFUSED.includes(status);
}

// What became of it is on the badge's page.
async function forget(badge) {
  await within("readwrite", (scans) => scans.delete(badge));
  for (const window of await self.clients.matchAll({ type: "window" }))
    if (new URL(window.url).pathname === `/m/${badge}`) await window.navigate(window.url);
}

// Both pages with their files, and what the first says of who is at this phone. If the server
// knows nobody here, it keeps neither.
async function keepPages() {
  const before = timesForgotten;
  const pages = await Promise.all([PAGE, SAID].map((path) => fetch(path)));
  if (pages.some(({ status }) => status >= 500)) return null;
  if (pages.some(({ status, redirected }) => status !== 200 || redirected)) {
    await caches.delete(PAGES);
    return null;
  }
  const words = await pages[0].clone().text();
  const files = [...words.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map(([, path]) => path);
  const cache = await caches.open(PAGES);
  await Promise.all([cache.put(PAGE, pages[0]), cache.put(SAID, pages[1])]);
  await cache.addAll(new Set(files)).catch(() => {});
  if (timesForgotten !== before) await caches.delete(PAGES);
  return saidOn(words);
}

const saidOn = (words) => ({
  viewers: /data-viewers="([^"]+)"/.exec(words)[1].split(" "),
  token: /name="csrf_token" value="([^"]+)"/.exec(words)[1],
});

const waits = (badge) =>
  within("readonly", (scans) => scans.get(badge)).catch(() => null);

function within(mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("met", 1);
    opening.onupgradeneeded = () =>
      opening.result.createObjectStore("scans", { keyPath: "badge" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("scans", mode, { durability: "strict" });
      const asked = work(transaction.objectStore("scans"));
      transaction.oncomplete = () => (database.close(), resolve(asked.result));
      transaction.onabort = () => (database.close(), reject(transaction.error));
    };
  });
}
