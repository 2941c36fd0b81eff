// What a form of the door's page asks for, as this phone keeps it and sends it: an act.

const ACT = /^\/e\/([^/]+)\/door\/(?:(scan|walk-in)|([^/]+)\/(check-in|undo|leave))$/;

// The act that a form of the page asks for, or null where it is none. The phone gives it its id and
// its time: those that the server wrote into a page kept here would come again with every reload.
export function actOf(path, body, form) {
  const [, slug, simple, guestId, byName] = path.match(ACT) ?? [];
  if (!slug) return null;
  const act = {
    slug,
    verb: (simple ?? byName).replace("-", "_"),
    scan_id: newScanId(),
    happened_at: new Date().toISOString(),
    guest_id: guestId,
    anyway: body.has("anyway"),
    people: Number(body.get("people")) || undefined,
    asksFirst: body.get("mode") === "confirm",
  };
  if (body.get("mode") === "leaving") act.verb = "leave";
  for (const name of ["code", "name", "email", "over_reason"])
    act[name] = body.get(name) || undefined;
  body.set("scan_id", act.scan_id);
  body.set("happened_at", act.happened_at);
  const shown =
    form.closest("[data-guest]")?.dataset.guest ??
    form.closest("#verdict")?.querySelector("strong")?.textContent;
  if (guestId) act.seen = { id: guestId, name: shown ?? "", status: "going", companions: 0 };
  return act;
}

// The id of a scan: a UUID 4. `crypto.randomUUID` is there on https only; a scanner works without.
export function newScanId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const random = crypto.getRandomValues(new Uint8Array(16));
  random[6] = (random[6] & 15) | 64;
  random[8] = (random[8] & 63) | 128;
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
