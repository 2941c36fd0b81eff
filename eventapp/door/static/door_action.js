// An action at a door, made of a form of the page. On the server: `DoorAction` in door/log.py.

const ACTION = /^\/e\/([^/]+)\/door\/(?:(scan|walk-in)|([^/]+)\/(check-in|undo|leave))$/;

// The action that a form asks for; null if the form is for something else. The phone sets its scan
// id and its time: a page from the phone's cache has the same ids each time it is opened.
export function actionOf(path, body, form) {
  const [, slug, simple, guestId, byName] = path.match(ACTION) ?? [];
  if (!slug) return null;
  const action = {
    slug,
    verb: (simple ?? byName).replace("-", "_"),
    scan_id: newScanId(),
    happened_at: new Date().toISOString(),
    guest_id: guestId,
    anyway: body.has("anyway"),
    people: Number(body.get("people")) || undefined,
    asksFirst: body.get("mode") === "confirm",
  };
  if (body.get("mode") === "leaving") action.verb = "leave";
  for (const name of ["code", "name", "email", "over_reason", "another_than"])
    action[name] = body.get(name) || undefined;
  body.set("scan_id", action.scan_id);
  body.set("happened_at", action.happened_at);
  const shown =
    form.closest("[data-guest]")?.dataset.guest ??
    form.closest("#verdict")?.querySelector("strong")?.textContent;
  if (guestId) action.seen = { id: guestId, name: shown ?? "", status: "going", companions: 0 };
  return action;
}

// A scan id: a UUID of version 4. Browsers offer `crypto.randomUUID` on https only.
export function newScanId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const random = crypto.getRandomValues(new Uint8Array(16));
  random[6] = (random[6] & 15) | 64;
  random[8] = (random[8] & 63) | 128;
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
