// The event's guest list, kept on this phone: names and statuses, no address, no secret. It is
// fetched again every half minute, and deleted after the event or when the door link is refused.

import { byOtherCode, hasUnlistedCodes } from "./ticket_codes.js";

const KEPT = "door-lists"; // sw.js deletes it too: on sign-out, and on a refusal
const TIMEOUT = 10_000; // milliseconds: the list may be long

const addressOf = (slug) => `/e/${slug}/door/roster`;
const lists = async () => (globalThis.caches ? caches.open(KEPT) : null);

export function unpack(body) {
  const guests = body.guests.map((row) =>
    Object.fromEntries(body.fields.map((field, n) => [field, row[n]])),
  );
  const byCode = byOtherCode(guests);
  return {
    ...body,
    guests,
    byId: new Map(guests.map((guest) => [String(guest.id), guest])),
    byTicket: new Map(guests.map((guest) => [guest.ticket, guest])),
    byOtherCode: byCode,
    hasUnlistedCodes: hasUnlistedCodes(guests, byCode),
    byCode: new Map(guests.map((guest) => [guest.short_code, guest])),
  };
}

export async function kept(slug) {
  const store = await lists().catch(() => null);
  const found = await store?.match(addressOf(slug));
  if (!found) return null;
  const list = unpack(await found.json());
  const checked = await store.match(`${addressOf(slug)}/checked`);
  if (checked) list.server_time = await checked.text();
  return isOver(list) ? forget(slug).then(() => null) : list;
}

export const isOver = (list) => Date.now() > Date.parse(list.list_until);

async function keep(slug, body, checkedAt) {
  const store = await lists();
  if (body) await store?.put(addressOf(slug), new Response(body));
  await store?.put(`${addressOf(slug)}/checked`, new Response(checkedAt));
}

// Fetches the newest list: `{status, list, token}`. `list` is the given one if it is still current.
// Throws without a connection, on 429 and on 5xx.
export async function fetched(slug, list) {
  const headers = { Accept: "application/json" };
  if (list) headers["If-None-Match"] = `"${list.revision}"`;
  const response = await fetch(addressOf(slug), {
    headers,
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (response.status >= 500 || response.status === 429) throw new Error(`${response.status}`);
  const token = response.headers.get("X-CSRFToken");
  const now = new Date(response.headers.get("Date") ?? Date.now()).toISOString();
  if (response.status === 304) {
    list.server_time = now;
    await keep(slug, null, now).catch(() => {});
  } else if (response.ok) {
    const body = await response.text();
    list = unpack(JSON.parse(body));
    // If the phone is full, the list is only kept while the page is open.
    await keep(slug, body, list.server_time).catch(() => {});
  }
  return { status: response.status, list, token };
}

// Deletes the list, and the stored page of its door.
export async function forget(slug) {
  if (!globalThis.caches) return;
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    await store.delete(addressOf(slug));
    await store.delete(`${addressOf(slug)}/checked`);
    await store.delete(`/e/${slug}/door`, { ignoreVary: true });
  }
}

// Deletes the lists of all events that are over.
export async function forgetWhatIsOver() {
  const store = await lists().catch(() => null);
  for (const request of (await store?.keys()) ?? []) {
    const slug = new URL(request.url).pathname.match(/^\/e\/([^/]+)\/door\/roster$/)?.[1];
    if (slug) await kept(slug);
  }
}
