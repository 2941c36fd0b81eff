// Finds guests in this phone's list, as the server does: by code (a ticket, a ticket's address, a
// short code, or the code of another tool's ticket) or by name. The patterns of codes are in
// `rules`, from door/rules.py.

import { digest } from "./digest.js";
import { cleanCode, ticketsIn } from "./scanned.js";
import { holderOfAnotherTool } from "./ticket_codes.js";

const TICKET_DIGITS = 16; // as door/roster.py

// The short code in a text, else null. Case, spaces and hyphens do not count: `hcq-738`.
export function shortCodeIn(text, rules) {
  const code = cleanCode(text).replace(/[-\s]+/g, "").toUpperCase();
  return new RegExp(`^${rules.short_code}$`).test(code) ? code : null;
}

// Whether a text has the form of a ticket or a short code.
export const mayBeCode = (text, rules) =>
  ticketsIn(text, rules).length > 0 || shortCodeIn(text, rules) !== null;

// The guest with this code, else null. The list has only a part of each ticket's digest.
export async function holderOf(list, text, rules) {
  if (!list) return null;
  const byCode = list.byCode.get(shortCodeIn(text, rules));
  if (byCode || !globalThis.crypto?.subtle) return byCode ?? null;
  for (const ticket of ticketsIn(text, rules)) {
    const holder = list.byTicket.get(await digest(ticket, TICKET_DIGITS));
    if (holder) return holder;
  }
  return holderOfAnotherTool(list, text, rules);
}

const JOINED = /['’‘‛ʼʻʹ`´′＇]/g;
const LETTERS = {
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ŋ: "n",
  ŧ: "t",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ß: "ss",
  ς: "σ",
};

// Folds a text as `core/text.py` does, so that "nunez" finds "Núñez".
export function fold(text) {
  const plain = text.replace(JOINED, "").normalize("NFKD").toLowerCase().normalize("NFKD");
  const latin = plain
    .replace(/[łøđðħıŋŧæœþßς]/g, (letter) => LETTERS[letter])
    .replace(/[\u0300-\u036f]/g, "");
  return latin
    .replace(/\p{Cf}|\p{Me}|[\ufe00-\ufe0f]/gu, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .normalize("NFC")
    .trim();
}

const wordsIn = (text) => text.split(" ").filter(Boolean);

// Emoji, without what varies them.
const symbols = (text) => (text.match(/[\p{So}\p{Cn}]/gu) ?? []).join("");

// The words to look for. Of a text without letters, its emoji.
const typedWords = (typed) => wordsIn(fold(typed) || symbols(typed));

// Scripts written without spaces: Han, kana and Hangul.
const UNSPACED =
  /[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;
const ARTICLE = "ال";

// All by which a name is found, as `core/name_words.py` says: "De la Cruz" by "delacruz", 王小明 by
// 小明. `words` is the folded name, `also` its other spelling, which only the server knows.
const foundBy = ({ name, words, also }) =>
  [words, also ?? (words ? "" : symbols(name))].flatMap(parts);

function parts(name) {
  const words = wordsIn(name);
  return words.flatMap((word, place) => [
    word,
    words.slice(place).join(""),
    ...[...word.matchAll(UNSPACED)].map(({ index }) => word.slice(index)),
    ...(word.startsWith(ARTICLE) && word.length > 3 ? [word.slice(ARTICLE.length)] : []),
  ]);
}

// Whether somebody who says that name may be this guest, as `may_be_called` of core/name_words.py.
export function mayBeCalled(guest, name) {
  const typed = typedWords(name);
  if (!typed.length) return false;
  const spellings = [guest.words || symbols(guest.name), guest.also ?? ""];
  if (typed.length === 1 && guest.brings?.some((one) => mayBeCalled(one, name))) return true;
  if (typed.length === 1) return spellings.map((one) => wordsIn(one).join("")).includes(typed[0]);
  return isOneOfThem(guest, typed, (word, start) => word.startsWith(start));
}

const partsOf = new WeakMap(); // of a guest and of each companion, kept from one key to the next

function keptParts(guest) {
  if (!partsOf.has(guest)) partsOf.set(guest, [guest, ...(guest.brings ?? [])].map(foundBy));
  return partsOf.get(guest);
}

const isOneOfThem = (guest, starts, isMeant) =>
  keptParts(guest).some((words) => isFoundBy(words, starts, isMeant));

function isFoundBy(words, starts, isMeant) {
  const some = (start) => words.some((word) => isMeant(word, start));
  return starts.every(some) || some(starts.join(""));
}

// The guests with a word in their name for each typed word that begins with it, or one that begins
// with all of them joined. If they are few, and nobody's whole name was typed, also those with
// similar names, apart from them; and how many there are, with those for whom there is no room.
// Nothing typed finds nobody.
export function search(people, typed, rules) {
  const { few = 1, found_most: most } = rules;
  const starts = typedWords(typed);
  const code = shortCodeIn(typed, rules);
  const hasCode = (guest) => code !== null && guest.short_code === code;
  const matching = (isMeant) => people.filter((guest) => isOneOfThem(guest, starts, isMeant));
  const exact = (word, start) => word.startsWith(start);
  const nearly = (word, start) => isNearly(word, start, rules);
  const guests = starts.length ? [...people.filter(hasCode), ...matching(exact)] : [];
  const found = [...new Set(guests)].sort((a, b) => hasCode(b) - hasCode(a) || byName(a, b));
  const isMeant = (guest) => hasCode(guest) || isWholeName(guest, starts);
  const showsMore = starts.length && found.length < few && !found.some(isMeant);
  const alike = showsMore ? matching(nearly).filter((guest) => !found.includes(guest)) : [];
  const similar = alike.sort(byName).slice(0, Math.max(0, most - found.length));
  return { guests: found.slice(0, most), similar, count: found.length + alike.length };
}

const byName = (a, b) => a.name.localeCompare(b.name);

// Whether all words of the name, or of a companion's, were typed, in whatever order, or joined: as
// `is_whole_name` of core/name_words.py.
const isWholeName = (guest, typed) =>
  [guest, ...(guest.brings ?? [])].some(({ name, words, also }) =>
    [words || symbols(name), also ?? ""]
      .map(wordsIn)
      .some((one) => sorted(one) === sorted(typed) || one.join("") === typed.join("")),
  );

const sorted = (words) => [...words].sort().join(" ");

// Whether a word begins with what was typed, but for one wrong, missing or extra letter, two
// swapped ones, or other letters for the same sounds. The server's fuzzy match (core/fuzzy.py)
// forgives these and more.
function isNearly(word, typed, rules) {
  if (word.startsWith(typed)) return true;
  if (typed.length < rules.fuzzy_from) return false;
  let same = 0;
  while (typed[same] === word[same]) same += 1;
  const [has, wants] = [word.slice(same), typed.slice(same)];
  const isSwapped =
    has[0] === wants[1] && has[1] === wants[0] && has.slice(2).startsWith(wants.slice(2));
  const isWrong = has.slice(1).startsWith(wants.slice(1));
  const isMissing = has.slice(1).startsWith(wants);
  const isTooMany = has.startsWith(wants.slice(1));
  return isSwapped || isWrong || isMissing || isTooMany || soundsLike(word, typed, rules);
}

const SOUND_LEAST = 3; // letters, as core/fuzzy.py

function soundsLike(word, typed, rules) {
  const said = soundOf(typed, rules);
  return said.length >= SOUND_LEAST && soundOf(word, rules).startsWith(said);
}

const sounds = new Map(); // of words, kept from one key to the next

// How a folded word sounds, as core/sounds.py says; empty for scripts other than Latin.
export function soundOf(word, { sounds: table = [] }) {
  if (!sounds.has(word)) sounds.set(word, /^\p{ASCII}*$/u.test(word) ? said(word, table) : "");
  return sounds.get(word);
}

const said = (word, table) =>
  table
    .reduce((left, [letters, sound]) => left.replace(new RegExp(letters, "g"), sound), word)
    .replace(/(.)\1+/g, "$1");
