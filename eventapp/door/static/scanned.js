// What a hand-held scanner meant, as `door/scanned.py` reads it: it knows neither the layout nor
// the Caps Lock of the machine that it types into. `rules` are those of door/rules.py.

export const cleanCode = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "").trim();

// The ticket in a text that is a ticket or a ticket's address. Of an address whose layout or case
// was mistaken, all tickets that it can mean: two, where only `y` and `z` tell the layouts apart.
export function ticketsIn(text, rules) {
  const code = cleanCode(text);
  const found = new RegExp(`(?:^|/t/)(${rules.ticket})/?(?:[?#].*)?$`, "s").exec(code);
  if (found) return [found[1]];
  if (!/^http/i.test(code)) return [];
  const misread = new RegExp(`^${rules.misread}$`);
  const ticketsOf = (texts) => texts.flatMap((one) => misread.exec(one)?.[1] ?? []);
  const [, inOtherCase, ...inOtherLayouts] = readings(code, rules);
  const [ticket] = ticketsOf([inOtherCase]);
  return ticket ? [ticket] : [...new Set(ticketsOf(inOtherLayouts))];
}

// All that a scanner may have meant: the code as it was typed, with Caps Lock on, and both in each
// other layout.
export function readings(code, { layouts = {}, shift_locks: shiftLocks = [] }) {
  const all = Object.values(layouts).map((keys) => [...keys]);
  const typed = [code, [...code].map(otherCase).join("")];
  const inOtherLayouts = (one) =>
    all.flatMap((machine) =>
      all.filter((other) => other !== machine).map((scanner) => retyped(one, machine, scanner)),
    );
  const unlocked = shiftLocks.flatMap((name) => {
    const machine = turnedOver([...layouts[name]]);
    return all.map((scanner) => retyped(code, machine, scanner));
  });
  return [...typed, ...typed.flatMap(inOtherLayouts), ...unlocked];
}

const turnedOver = (keys) => [...keys.slice(keys.length / 2), ...keys.slice(0, keys.length / 2)];

const retyped = (typed, machine, scanner) =>
  [...typed].map((char) => scanner[machine.indexOf(char)] ?? char).join("");

function otherCase(char) {
  const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
  const other = char === lower ? upper : lower;
  return [...other].length === 1 ? other : char;
}
