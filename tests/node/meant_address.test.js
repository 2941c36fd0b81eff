// A mistyped mail domain is noticed while one types, as the server notices it afterwards.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import * as script from "../../eventapp/ui/static/meant_address.js";

const TABLE = new URL("../core/mail_domains.json", import.meta.url);
const { mistakes, right, no_addresses, lists } = JSON.parse(await readFile(TABLE));
const { meantAddress, check } = script;

test("its lists are those of the server", () => {
  for (const [name, list] of Object.entries(lists)) assert.deepEqual(script[name], list, name);
});

test("a mistake is noticed", () => {
  for (const [typed, meant] of Object.entries(mistakes)) {
    assert.equal(meantAddress(`Ana.Ruiz@${typed}`), `Ana.Ruiz@${meant}`);
  }
});

test("a real domain is no mistake", () => {
  for (const domain of [...right, ...lists.MEANT, ...lists.REAL]) {
    assert.equal(meantAddress(`ana@${domain}`), null, domain);
  }
});

test("what is no address means nothing else", () => {
  for (const typed of no_addresses) assert.equal(meantAddress(typed), null, typed);
});

// As much of a page as the script needs.
const element = (more = {}) => ({
  children: [],
  dataset: { words: "Did you mean {address}?", yes: "Yes, use it" },
  append(...some) {
    this.children.push(...some);
  },
  replaceChildren(...some) {
    this.children = some;
  },
  addEventListener(_, listener) {
    this.click = listener;
  },
  ...more,
});

// A page with the field, in which its visitor types unless `more` says otherwise.
function typing(value, more = {}) {
  const field = { value, focus: () => (field.hasFocus = true) };
  globalThis.document = {
    activeElement: field,
    createElement: () => element(),
    querySelector: () => null,
    ...more,
  };
  return field;
}

const words = ({ children }) => children.map((one) => one.textContent ?? one).join("");

test("it says so after a pause, and the button takes the address", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [place, field] = [element(), typing("ana@gmail.co")];
  check(field, place);
  t.mock.timers.tick(500);
  assert.equal(words(place), "", "they are still typing");
  field.value = "ana@gmail.con";
  check(field, place);
  t.mock.timers.tick(500);
  assert.equal(words(place), "");
  t.mock.timers.tick(500);
  assert.equal(words(place), "Did you mean ana@gmail.com? Yes, use it");
  place.children.at(-1).click();
  assert.deepEqual([field.value, field.hasFocus, words(place)], ["ana@gmail.com", true, ""]);
});

test("what it said goes once one types on", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [place, field] = [element(), typing("ana@gmail.con")];
  check(field, place);
  t.mock.timers.tick(1000);
  assert.notEqual(words(place), "");
  field.value = "ana@gmail.com";
  check(field, place);
  assert.equal(words(place), "");
  t.mock.timers.tick(1000);
  assert.equal(words(place), "");
});

test("who leaves the field reads it at once, and once", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [place, field] = [element(), typing("ana@gmail.con")];
  check(field, place);
  field.onblur();
  assert.equal(words(place), "Did you mean ana@gmail.com? Yes, use it");
  const button = place.children.at(-1);
  field.onblur?.();
  t.mock.timers.tick(1000);
  assert.equal(place.children.at(-1), button, "which they may be about to press");
});

test("who has left it before the script was there reads it at once", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [place, field] = [element(), typing("ana@gmail.con", { activeElement: null })];
  check(field, place);
  assert.notEqual(words(place), "");
});

test("nothing moves below the finger of who leaves it for a button", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [place, field] = [element(), typing("ana@gmail.con", { querySelector: () => "pressed" })];
  check(field, place);
  field.onblur();
  assert.equal(words(place), "");
  t.mock.timers.tick(1000);
  assert.notEqual(words(place), "");
});
