// Codes on tickets of other tools, as `door/ticket_codes.py` reads them.

import { digest } from "./digest.js";
import { caseless, cleanCode, readings } from "./scanned.js";

const ADDRESS = /^https?:\/\/[^/?#]+\/(.*[^/])\/*$/i;
const KEY_IN_QUESTION = /^(?:.*[?&])pk=([\w-]{6,})(?:[&#].*)?$/i;
const SECRET_AT_END = /^(?:.*\/)?(?=[a-z_-]*\d)([\w-]{8,})$/i;

// What of a code is compared: of an address, what follows the host, or only the secret in it.
export function codeKey(text) {
  const code = cleanCode(text).replace(/\s+/g, "");
  const path = ADDRESS.exec(code)?.[1];
  if (!path) return code;
  return (KEY_IN_QUESTION.exec(path) ?? SECRET_AT_END.exec(path))?.[1] ?? path;
}

// The guest with the code that was scanned, whatever its case: as it was typed, else whoever alone
// has it in another layout. Null if nobody has it.
export async function holderOfAnotherTool(list, scanned, rules) {
  if (!list.byOtherCode.size || scanned.length > rules.ticket_code_most) return null;
  const listed = (key) => digest(`${list.slug}/${key}`, rules.code_digits);
  const holder = async (key) => list.byOtherCode.get(await listed(key));
  const keys = readings(cleanCode(scanned), rules).map((one) => caseless(codeKey(one)));
  const [typed, ...others] = new Set(keys);
  const asTyped = await holder(typed);
  if (asTyped) return asTyped;
  const [found, ...more] = new Set((await Promise.all(others.map(holder))).filter(Boolean));
  return more.length ? null : (found ?? null);
}

const listedCodes = (guest) => guest.codes?.filter(Boolean) ?? [];

// Whether guests have codes by which only the server finds them: those that are easily guessed, of
// which the list has "", and those that several have, such as two that differ in case.
export const hasUnlistedCodes = (guests, byCode) =>
  guests.some((guest) => guest.codes?.some((code) => !byCode.has(code)));

// Which guest has which code, by the digests that the list has of them. A digest that several
// guests have tells nobody from another.
export function byOtherCode(guests) {
  const found = new Map();
  const shared = new Set();
  for (const guest of guests) {
    for (const code of listedCodes(guest)) {
      if (found.has(code) && found.get(code) !== guest) shared.add(code);
      found.set(code, guest);
    }
  }
  for (const code of shared) found.delete(code);
  return found;
}
