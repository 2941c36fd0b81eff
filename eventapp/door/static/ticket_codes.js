// Codes on tickets of other tools, as `door/ticket_codes.py` reads them.

import { digest } from "./digest.js";
import { cleanCode, readings } from "./scanned.js";

const ADDRESS = /^https?:\/\/[^/?#]+\/(.*[^/])\/*$/i;
const SECRET_AT_END = /^(?:.*\/)?(?=[a-z_-]*\d)([\w-]{8,})$/i;

// What of a code is compared: of an address, what follows the host, or only the secret at its end.
export function codeKey(text) {
  const code = cleanCode(text).replace(/\s+/g, "");
  const path = ADDRESS.exec(code)?.[1];
  return path ? (SECRET_AT_END.exec(path)?.[1] ?? path) : code;
}

// The guest with the code that was scanned: as it was typed, else in the one other layout or case
// in which somebody has it. Null if nobody has it.
export async function holderOfAnotherTool(list, scanned, rules) {
  if (!list.byOtherCode.size || scanned.length > rules.ticket_code_most) return null;
  const listed = (key) => digest(`${list.slug}/${key}`, rules.code_digits);
  const holder = async (key) => list.byOtherCode.get(await listed(key));
  const [typed, ...others] = new Set(readings(cleanCode(scanned), rules).map(codeKey));
  const asTyped = await holder(typed);
  if (asTyped) return asTyped;
  const found = (await Promise.all(others.map(holder))).filter(Boolean);
  return found.length === 1 ? found[0] : null;
}

const listedCodes = (guest) => guest.codes?.filter(Boolean) ?? [];

// Whether guests have codes by which only the server finds them.
export const hasUnlistedCodes = (guests) => guests.some((guest) => guest.codes?.includes(""));

// Which guest has which code, by the digests that the list has of them. A digest that several
// guests have tells nobody from another. Of codes that are easily guessed it has "".
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
