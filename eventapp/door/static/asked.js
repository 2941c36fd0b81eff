// What a form of the door's page asks for, as this phone keeps it and sends it.

import { newScanId } from "./ids.js";

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
