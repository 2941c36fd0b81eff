// Mistyped mail domains, as the server notices them (core/mail_domains.py), before a form is sent.
// Nothing is asked of anybody. `app.js` fetches this once somebody types an address.

const PAUSE = 800; // milliseconds; "gmail.co" may be on its way to "gmail.com"

export const MEANT = [
  ...["gmail.com", "googlemail.com", "hotmail.com", "hotmail.es", "icloud.com", "movistar.es"],
  ...["outlook.com", "outlook.es", "protonmail.com", "telefonica.net", "yahoo.com", "yahoo.es"],
];
export const REAL = [
  ...["aol.com", "cloud.com", "email.com", "gmx.com", "gmx.de", "gmx.es", "gmx.net", "live.com"],
  ...["mac.com", "mail.com", "me.com", "msn.com", "ono.com", "pm.me", "proton.me", "ymail.com"],
];
export const NO_ENDINGS = ["cmo", "comm", "con", "coom", "cpm", "ocm", "vom", "xom"];
export const NEARLY_COM = ["cm", "co", "om"];

// The address that was probably meant; null if this one looks right.
export function meantAddress(email) {
  const at = email.lastIndexOf("@");
  const [local, typed] = [email.slice(0, Math.max(at, 0)), email.slice(at + 1).toLowerCase()];
  const [name, ending] = parted(typed);
  const meant = nearest(NO_ENDINGS.includes(ending) ? `${name}.com` : typed);
  return local && meant !== typed ? `${local}@${meant}` : null;
}

function parted(domain) {
  const dot = domain.lastIndexOf(".");
  return [domain.slice(0, Math.max(dot, 0)), domain.slice(dot + 1)];
}

function nearest(domain) {
  if (MEANT.includes(domain) || REAL.includes(domain) || isOfAnotherCountry(domain)) return domain;
  const isNear = (one) => beginsAlike(domain, one) && isOneMistakeAway(domain, one);
  return MEANT.find(isNear) ?? domain;
}

function isOfAnotherCountry(domain) {
  const [name, ending] = parted(domain);
  return ending.length === 2 && !NEARLY_COM.includes(ending) && MEANT.includes(`${name}.com`);
}

const beginsAlike = (typed, meant) =>
  typed[0] === meant[0] || typed.slice(0, 2) === meant[1] + meant[0];

// One letter wrong, missing or too many, or two swapped, as in core/fuzzy.py.
function isOneMistakeAway(typed, word) {
  let same = 0;
  while (same < typed.length && typed[same] === word[same]) same += 1;
  const [has, wants] = [typed.slice(same), word.slice(same)];
  const isWrong = has.slice(1) === wants.slice(1);
  const isTooMany = has.slice(1) === wants;
  const isMissing = has === wants.slice(1);
  const isSwapped =
    has.slice(0, 2) === wants[1] + wants[0] && has.slice(2) === wants.slice(2);
  return typed !== word && (isWrong || isTooMany || isMissing || isSwapped);
}

let timer;

// Says in `place` which address was meant by the field, once its visitor pauses or leaves it, with
// a button that takes it. What it said of an earlier text goes at once.
export function check(field, place) {
  clearTimeout(timer);
  place.replaceChildren();
  const sayNow = () => {
    clearTimeout(timer);
    field.onblur = null;
    say(field, place);
  };
  const sayUnlessPressing = () => {
    if (!isPressing()) sayNow();
  };
  timer = setTimeout(sayNow, PAUSE);
  field.onblur = sayUnlessPressing;
  if (document.activeElement !== field) sayUnlessPressing();
}

// A line more would move a button away from below the finger that leaves the field for it.
const isPressing = () => document.querySelector(":active") !== null;

function say(field, place) {
  const meant = meantAddress(field.value.trim());
  if (!meant) return;
  const [before, after] = place.dataset.words.split("{address}");
  const address = document.createElement("strong");
  address.textContent = meant;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "link", textContent: place.dataset.yes });
  button.addEventListener("click", () => {
    field.value = meant;
    place.replaceChildren();
    field.focus();
  });
  place.append(before, address, after, " ", button);
}
