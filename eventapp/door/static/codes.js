// The codes that guests show: a ticket, its whole address, or the short code printed on it. What
// each looks like is said by the server (`rules`, from door/rules.py).

export const ticketIn = (text, rules) =>
  new RegExp(`(?:^|/t/)(${rules.ticket})/?(?:[?#].*)?$`, "s").exec(text.trim())?.[1] ?? null;

// The short code in a text, which may have small letters, or groups: `hcq-738`.
export function shortCodeIn(text, rules) {
  const code = text.replace(/[-\s]+/g, "").toUpperCase();
  return new RegExp(`^${rules.short_code}$`).test(code) ? code : null;
}

// Whether a text may be the code of some guest of ours.
export const mayBeCode = (text, rules) =>
  ticketIn(text, rules) !== null || shortCodeIn(text, rules) !== null;

// The guest on a list whose code this is. A list has of each ticket a piece of its digest only.
export async function holderOf(list, text, rules) {
  if (!list) return null;
  const ticket = ticketIn(text, rules);
  if (ticket && globalThis.crypto?.subtle) return list.byTicket.get(await digest(ticket)) ?? null;
  return list.byCode.get(shortCodeIn(text, rules)) ?? null;
}

async function digest(ticket) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(ticket));
  return [...new Uint8Array(bytes).slice(0, 8)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
