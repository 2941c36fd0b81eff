// What a hand-held scanner meant, as `door/scanned.py` reads it: it knows neither the layout nor
// the Caps Lock of the machine that it types into. `rules` are those of door/rules.py.

export const cleanCode = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "").trim();

// A code with its letters A to Z in lower case, as it is compared.
export const caseless = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

// The ticket in a text that is a ticket or a ticket's address, caseless. Of an address whose layout
// was mistaken, all tickets that it can mean: two, where only `y` and `z` tell the layouts apart.
export function ticketsIn(text, rules) {
  const code = cleanCode(text);
  const found = new RegExp(`(?:^|/t/)(${rules.ticket})/?(?:[?#].*)?$`, "is").exec(code);
  if (found) return [caseless(found[1])];
  if (!/^http/i.test(code)) return [];
  const misread = new RegExp(`^${rules.misread}$`, "i");
  const meant = readings(code, rules).flatMap((one) => misread.exec(one)?.[1] ?? []);
  return [...new Set(meant.map(caseless))];
}

// All that a scanner may have meant, but for the case of its letters: the code as it was typed,
// with Caps Lock on, and both in each other layout.
export function readings(code, rules) {
  const { layouts = {}, shift_locks: shiftLocks = [], spared_by_shift_lock: spared } = rules;
  const all = Object.values(layouts).map((keys) => [...keys]);
  const typed = [code, [...code].map(otherCase).join("")];
  const inOtherLayouts = (one) =>
    all.flatMap((machine) =>
      all.filter((other) => other !== machine).map((scanner) => retyped(one, machine, scanner)),
    );
  const unlocked = shiftLocks.flatMap((name) => {
    const machine = turnedOver([...layouts[name]], spared?.[name] ?? "");
    return all.map((scanner) => retyped(code, machine, scanner));
  });
  return [...typed, ...typed.flatMap(inOtherLayouts), ...unlocked];
}

// What the keys of a layout type while Caps Lock is on.
const turnedOver = (keys, spared) =>
  keys.map((key, at) => (spared.includes(key) ? key : keys.at(at - keys.length / 2)));

// A letter that no key of the machine types is one in capitals: `É` is `é`.
function retyped(typed, machine, scanner) {
  const typedBy = (char) => scanner[machine.indexOf(char)];
  return [...typed].map((char) => typedBy(char) ?? typedBy(otherCase(char)) ?? char).join("");
}

function otherCase(char) {
  const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
  const other = char === lower ? upper : lower;
  return [...other].length === 1 ? other : char;
}
