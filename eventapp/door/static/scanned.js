// What a hand-held scanner meant, as `door/scanned.py` reads it: it knows neither the layout nor
// the Caps Lock of the machine that it types into. `rules` are those of door/rules.py.

export const cleanCode = (text) => text.replace(/[\p{Cc}\p{Cf}]/gu, "").trim();

// The ticket in a text that is a ticket or a ticket's address, else null. An address whose layout
// or case was mistaken counts if all that it can mean has the same ticket.
export function ticketIn(text, rules) {
  const code = cleanCode(text);
  const found = new RegExp(`(?:^|/t/)(${rules.ticket})/?(?:[?#].*)?$`, "s").exec(code);
  if (found) return found[1];
  if (!/^http/i.test(code)) return null;
  const misread = new RegExp(`^${rules.misread}$`);
  const ticketsIn = (texts) => texts.flatMap((one) => misread.exec(one)?.[1] ?? []);
  const inOtherCase = [...code].map(otherCase).join("");
  const [ticket] = ticketsIn([inOtherCase]);
  if (ticket) return ticket;
  const meant = new Set(ticketsIn([code, inOtherCase].flatMap((typed) => readings(typed, rules))));
  return meant.size === 1 ? [...meant][0] : null;
}

function readings(typed, { layouts = {} }) {
  const all = Object.values(layouts).map((keys) => [...keys]);
  return all.flatMap((machine) =>
    all.filter((other) => other !== machine).map((scanner) => retyped(typed, machine, scanner)),
  );
}

const retyped = (typed, machine, scanner) =>
  [...typed].map((char) => scanner[machine.indexOf(char)] ?? char).join("");

function otherCase(char) {
  const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
  const other = char === lower ? upper : lower;
  return [...other].length === 1 ? other : char;
}
