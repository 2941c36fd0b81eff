// The list of the event, kept on this phone: names and where each stands, no address, no secret.
// It is asked for again every half minute, and forgotten with the event or with the door link.

const KEPT = "door-lists"; // sw.js deletes it too: when somebody signs out, when a door is refused
const TIMEOUT = 10_000; // milliseconds: it may be long
const TICKET = /(?:^|\/t\/)([A-Za-z0-9_-]{22})\/?(?:[?#].*)?$/;
const SHORT_CODE = /^[2-9A-HJKMNP-Z]{6}$/;
const FOUND_MOST = 20;
const JOINED = /['’‘‛ʼʻʹ`´′＇]/g;
const LETTERS = {
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ŋ: "n",
  ŧ: "t",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ß: "ss",
  ς: "σ",
};

const addressOf = (slug) => `/e/${slug}/door/roster`;
const lists = async () => (globalThis.caches ? caches.open(KEPT) : null);

function unpack(told) {
  const guests = told.guests.map((row) =>
    Object.fromEntries(told.fields.map((field, n) => [field, row[n]])),
  );
  return {
    ...told,
    guests,
    byId: new Map(guests.map((guest) => [String(guest.id), guest])),
    byTicket: new Map(guests.map((guest) => [guest.ticket, guest])),
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

// The newest list: `{status, list, token}`. `list` is the one given where the server has no other.
// Throws where no answer came, or one of a server in trouble.
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
    // A full phone keeps nothing: the list works while the page is open.
    await keep(slug, body, list.server_time).catch(() => {});
  }
  return { status: response.status, list, token };
}

// The list, and the page that it was for.
export async function forget(slug) {
  if (!globalThis.caches) return;
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    await store.delete(addressOf(slug));
    await store.delete(`${addressOf(slug)}/checked`);
    await store.delete(`/e/${slug}/door`, { ignoreVary: true });
  }
}

// Lists of events that are over, whichever door is open now.
export async function forgetWhatIsOver() {
  const store = await lists().catch(() => null);
  for (const request of (await store?.keys()) ?? []) {
    const slug = new URL(request.url).pathname.match(/^\/e\/([^/]+)\/door\/roster$/)?.[1];
    if (slug) await kept(slug);
  }
}

// As `core/text.py` folds: so that "Núñez" is found by "nunez" here as there.
export function fold(text) {
  const plain = text.replace(JOINED, "").normalize("NFKD").toLowerCase().normalize("NFKD");
  const latin = plain
    .replace(/[łøđðħıŋŧæœþßς]/g, (letter) => LETTERS[letter])
    .replace(/[\u0300-\u036f]/g, "");
  return latin
    .replace(/\p{Cf}|\p{Me}|[\ufe00-\ufe0f]/gu, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .normalize("NFC")
    .trim();
}

export const shortCode = (typed) => {
  const code = typed.replace(/[-\s]+/g, "").toUpperCase();
  return SHORT_CODE.test(code) ? code : null;
};

// Whether a text may be a ticket of some event of ours.
export const mayBeTicket = (code) => TICKET.test(code.trim()) || shortCode(code) !== null;

export async function holderOf(list, code) {
  const ticket = code.trim().match(TICKET)?.[1];
  if (!list) return null;
  if (ticket && globalThis.crypto?.subtle) return list.byTicket.get(await digest(ticket)) ?? null;
  return list.byCode.get(shortCode(code)) ?? null;
}

async function digest(ticket) {
  const bytes = new Uint8Array(
    await crypto.subtle.digest("SHA-256", new TextEncoder().encode(ticket)),
  );
  return [...bytes.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const FORGIVEN_FROM = 4; // letters

// Whether a word begins with what was typed, but for one letter that is wrong, missing or too many,
// or two that are swapped: what the server forgives too, and more besides (core/mistyped.py).
function isNearly(word, typed) {
  if (word.startsWith(typed)) return true;
  if (typed.length < FORGIVEN_FROM) return false;
  let same = 0;
  while (typed[same] === word[same]) same += 1;
  const [has, wants] = [word.slice(same), typed.slice(same)];
  const isSwapped =
    has[0] === wants[1] && has[1] === wants[0] && has.slice(2).startsWith(wants.slice(2));
  return (
    isSwapped ||
    has.slice(1).startsWith(wants.slice(1)) ||
    has.slice(1).startsWith(wants) ||
    has.startsWith(wants.slice(1))
  );
}

// Guests in whose name some word begins with each of the typed words, or nearly so where nobody's
// does; nobody before one is typed.
export function search(people, typed) {
  const begun = fold(typed).split(" ").filter(Boolean);
  if (!begun.length) return [];
  const code = shortCode(typed);
  const found = (isMeant) =>
    people.filter(
      ({ short_code, words }) =>
        short_code === code ||
        begun.every((start) => words.split(" ").some((word) => isMeant(word, start))),
    );
  const asTyped = found((word, start) => word.startsWith(start));
  const matches = asTyped.length ? asTyped : found(isNearly);
  matches.sort(
    (a, b) => (b.short_code === code) - (a.short_code === code) || a.name.localeCompare(b.name),
  );
  return matches.slice(0, FOUND_MOST);
}
