// The door without network. Whatever the page sends goes through here: to the server, and where
// it does not answer in time, to this phone's own list; what was done then is sent later.
import { actOf } from "./asked.js";
import { ADDED, decide, standing } from "./decide.js";
import { keepPage } from "./keep_page.js";
import * as queue from "./queue.js";
import * as roster from "./roster.js";
import { holdNextRow } from "./rows.js";
import * as show from "./show.js";
import { countAgain, moveCount, statusOf } from "./status.js";
import { Sync } from "./sync.js";

const place = document.querySelector("#offline");
const { slug, sw: worker } = place.dataset;
const isLead = "lead" in place.dataset;
const page = `/e/${slug}/door`;
const PATIENCE = 2500; // milliseconds that somebody at a door waits for the network
const REFRESH = 30_000;

const door = {
  list: null,
  token: null,
  name: place.dataset.door,
  hadWaiting: false,
  isShut: false,
};
const tabs = globalThis.BroadcastChannel ? new BroadcastChannel("door") : null;
const sync = new Sync({ token: () => door.token, renewToken, onChange: changed, onSent: listen });

// What the page asks

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const { request } = ctx;
  const path = new URL(request.action, location.href).pathname;
  if (request.method === "GET") ctx.fetch = path === page ? search : read;
  else {
    const act = actOf(path, request.body, ctx.sourceElement);
    if (act) ctx.fetch = (action, sent) => doIt(act, action, sent, ctx.sourceElement);
  }
});

const NOTHING_TO_SWAP = () => new Response(null, { status: 204 });

// The server's whole answer, or an error where it does not come in time.
async function answered(action, request) {
  const late = new Promise((_, reject) =>
    setTimeout(() => reject(new Error("too slow")), PATIENCE),
  );
  const whole = fetch(action, request).then(async (response) => {
    if (response.status >= 500) throw new Error(`${response.status}`);
    const text = response.status === 204 ? null : await response.text();
    return new Response(text, { status: response.status, headers: response.headers });
  });
  whole.catch(() => {});
  const response = await Promise.race([whole, late]);
  const isShut =
    response.status === 403 && (await response.clone().text()).includes('data-code="door"');
  if (isShut) await lockedOut();
  sync.reached();
  return isShut ? NOTHING_TO_SWAP() : response;
}

async function read(action, request) {
  try {
    return await answered(action, request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    sync.lost();
    return NOTHING_TO_SWAP();
  }
}

async function search(action, request) {
  try {
    if (!sync.away) return await answered(action, request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    sync.lost();
  }
  await opened;
  const typed = new URL(action, location.href).searchParams.get("q") ?? "";
  const people = standing(door.list, await actsHere());
  show.showFound(typed, roster.search([...people.values()], typed), door.token);
  return NOTHING_TO_SWAP();
}

async function doIt(act, action, request, form) {
  if (await mustDecideAlone(act)) return decideAlone(act, form);
  try {
    request.body.set("sent_at", new Date().toISOString());
    let response = await answered(action, withToken(request));
    if (await isOldToken(response)) response = await answered(action, withToken(request));
    if (door.isShut) show.showShut();
    else remember(act, response.clone()).catch(() => {});
    return response;
  } catch (error) {
    if (request.signal.aborted) throw error;
    sync.lost();
    return decideAlone(act, form);
  }
}

function withToken(request) {
  if (door.token) request.body.set("csrf_token", door.token);
  return request;
}

async function isOldToken(response) {
  return (
    response.status === 400 &&
    (await response.clone().text()).includes('data-code="form_too_old"') &&
    renewToken()
  );
}

// What waits is sent first, so that the server hears all in order.
async function mustDecideAlone(act) {
  if (sync.away || act.guest_id?.startsWith(ADDED)) return true;
  return !sync.refusedSlugs.has(slug) && (await actsHere()).some(queue.waits);
}

// What the phone decides

const actsHere = async () => (await queue.all()).filter((act) => act.slug === slug);

function inTurn(work) {
  return navigator.locks ? navigator.locks.request("door-decide", work) : work();
}

async function decideAlone(act, form) {
  await opened;
  const [verdict, stored] = await inTurn(async () => {
    const decided = await decide(act, {
      list: door.list,
      acts: await actsHere(),
      door: door.name,
      isLead,
    });
    return [decided, decided.told ? await queue.write(decided.told) : true];
  });
  const underVerdict = holdNextRow(form);
  show.showVerdict(verdict, { token: door.token, stored, code: act.code });
  underVerdict();
  const underRow = holdNextRow(form);
  moveCount(verdict);
  await showGuest(verdict.guest);
  if (form.matches("form[data-again]")) form.reset();
  if (act.verb === "walk_in") show.showAdded(form);
  await changed();
  underRow();
  sync.now();
  return NOTHING_TO_SWAP();
}

async function showGuest(guest) {
  if (!guest) return;
  const now = standing(door.list, await actsHere()).get(String(guest.id));
  if (now) show.showRow(now, door.token);
}

// What the server answered of this phone's acts, until its next list says so too.
async function remember(act, response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const answer = page.querySelector("[data-outcome]");
  const did = answer?.dataset.outcome;
  if (!["admitted", "already", "undone"].includes(did)) return;
  const holder = act.verb === "scan" ? await roster.holderOf(door.list, act.code) : null;
  const number = answer
    .querySelector("form")
    ?.getAttribute("action")
    .match(/\/(\d+)\/undo$/)?.[1];
  const guest_id = act.guest_id ?? (holder ? String(holder.id) : number);
  if (!guest_id) return;
  const guest = answer.querySelector("strong")?.textContent ?? "";
  const { scan_id, verb, happened_at } = act;
  const before = standing(door.list, await actsHere()).get(guest_id)?.inside ?? 0;
  const inside = act.people && before + act.people; // else all of them
  await queue.write({
    scan_id,
    slug,
    verb,
    happened_at,
    door: door.name,
    guest_id,
    guest,
    did,
    inside,
    people: 1,
    state: "sent",
    heard_at: Date.now(),
  });
  if (did === "already") await refresh(); // since when, the list says
}

// What the server tells

async function refresh() {
  const asked = Date.now();
  const answer = await roster.fetched(slug, door.list).catch(() => null);
  if (!answer) {
    if (door.list && roster.isOver(door.list)) await forgetEvent();
    return sync.lost();
  }
  if (answer.status === 401) await lockedOut();
  else if ([403, 404].includes(answer.status)) await forgetEvent();
  else if (answer.list) await takeOver(answer, asked);
  sync.reached();
  changed();
}

// The server has heard something: its list and its numbers are the ones that count.
async function listen() {
  show.askForHeadcount();
  await refresh();
}

async function takeOver({ list, token }, asked) {
  door.list = list;
  door.name = list.door;
  door.isShut = false;
  sync.refusedSlugs.delete(slug);
  if (token) takeToken(token);
  const outdated = (await actsHere()).filter((act) => queue.wasSent(act) && act.heard_at < asked);
  await queue.forget(outdated.map((act) => act.scan_id));
}

function takeToken(token) {
  door.token = token;
  for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
}

async function renewToken() {
  const before = door.token;
  await refresh();
  return door.token !== before;
}

// The door link is no longer good: the list goes; what waits stays, and is sent by another link.
async function lockedOut() {
  sync.refusedSlugs.add(slug);
  if (!door.isShut) show.showShut();
  door.isShut = true;
  await forgetEvent();
  changed();
}

async function forgetEvent() {
  door.list = null;
  await roster.forget(slug);
  await queue.forget((await actsHere()).filter(queue.wasSent).map((act) => act.scan_id));
}

// What the page says of it

async function changed() {
  await say();
  tabs?.postMessage("changed");
}

async function say() {
  const acts = await queue.all();
  const waiting = acts.filter(queue.waits).length;
  door.hadWaiting ||= waiting > 0;
  const now = { ...door, away: sync.away, isOut: sync.refusedSlugs.has(slug) };
  show.showStatus({ waiting, ...statusOf(acts, waiting, now) });
  show.showRefused(acts.filter(queue.wasRefused), {
    onForget: (act) => queue.forget([act.scan_id]).then(changed),
    onAgain: (act) => queue.change(act.scan_id, { state: "waiting" }).then(() => sync.now()),
  });
}

// Beginning

// The list that was kept here: whoever scans in the first moment waits for it.
const opened = Promise.all([roster.forgetWhatIsOver(), queue.forgetOld()])
  .catch(() => {})
  .then(() => roster.kept(slug))
  .then((list) => (door.list ??= list))
  .catch(() => {});

async function begin() {
  tabs?.addEventListener("message", say);
  place.querySelector("[data-slot=send]").addEventListener("click", () => sync.now());
  document.addEventListener(
    "visibilitychange",
    () => document.visibilityState === "visible" && refresh().then(() => sync.now()),
  );
  globalThis.addEventListener("online", () => sync.now());
  setInterval(() => document.visibilityState === "visible" && refresh(), REFRESH);
  navigator.serviceWorker?.addEventListener("controllerchange", () =>
    keepPage({ worker, page }).catch(() => {}),
  );
  await opened;
  await refresh();
  if (sync.away && door.list) countAgain(door.list, await actsHere());
  sync.now();
  keepPage({ worker, page }).catch(() => {});
}

begin();
