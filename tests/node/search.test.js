// A phone finds names as the server does.

import assert from "node:assert/strict";
import test from "node:test";
import { fold, mayBeCalled, search, soundOf } from "../../eventapp/door/static/search.js";
import { listOf, rules, SHORT_CODE, table } from "./lists.js";

const guests = (...names) =>
  listOf(
    ...names.map((name, id) => ({ id, name, words: fold(name), short_code: `AAAAA${id + 2}` })),
  ).guests;

const names = (some) => some.map(({ name }) => name);

const found = (people, typed) => names(search(people, typed, rules).guests);

const similar = (people, typed) => names(search(people, typed, rules).similar);

test("names are folded as on the server", async () => {
  for (const [name, folded] of Object.entries(await table("folding"))) {
    assert.equal(fold(name), folded);
  }
});

test("each typed word must begin a word of the name", () => {
  const people = guests("Ana Núñez de la Fuente", "Luis Łukasz", "Zoë O'Brien");
  assert.deepEqual(found(people, "nunez fue"), ["Ana Núñez de la Fuente"]);
  assert.deepEqual(found(people, "ŁUK"), ["Luis Łukasz"]);
  assert.deepEqual(found(people, "obrien"), ["Zoë O'Brien"]);
  assert.deepEqual(found(people, "nunez luis"), []);
});

test("a name is found by all that finds it on the server", async () => {
  for (const [typed, { finds = [], not = [] }] of Object.entries(await table("finding"))) {
    const people = listOf(
      ...[...finds, ...not].map(([name, also], id) => ({ id, name, words: fold(name), also })),
    ).guests;
    assert.deepEqual(found(people, typed).sort(), finds.map(([name]) => name).sort(), typed);
  }
});

test("a walk-in whom only this phone knows is found by emoji as well", () => {
  assert.deepEqual(found([{ name: "🦊", words: "" }], "🦊").length, 1);
});

test("a party is found by the name of a companion", () => {
  const companion = (name, also = "") => ({ name, words: fold(name), also });
  const people = listOf(
    {
      name: "Ana Ruiz",
      words: "ana ruiz",
      brings: [companion("Pedro Gil"), companion("Zoë Müller", "zoe mueller")],
    },
    { id: 8, name: "Eva Gil", words: "eva gil" },
  ).guests;
  assert.deepEqual(found(people, "gil pe"), ["Ana Ruiz"]);
  assert.deepEqual(found(people, "mueller"), ["Ana Ruiz"]);
  assert.deepEqual(found(people, "pedro muller"), [], "which are two people");
  assert.equal(mayBeCalled(people[0], "Pedro Gil"), true);
  assert.equal(mayBeCalled(people[0], "Pedro"), false);
  assert.equal(mayBeCalled(people[1], "Pedro Gil"), false);
});

test("nothing typed finds nobody", () => {
  assert.deepEqual(found(guests("Ana"), " "), []);
  assert.deepEqual(found(guests("Ana"), "–"), []);
});

test("one typing mistake is forgiven, two are not", () => {
  const people = guests("José Etxebarria Núñez", "Ana Ruiz");
  for (const typed of ["etxebaria", "Etxebaarria", "txebarria", "etxbearria", "Nuñes"]) {
    assert.deepEqual(similar(people, typed), ["José Etxebarria Núñez"], typed);
  }
  for (const typed of ["etxebrarai", "aan", "rx"])
    assert.equal(search(people, typed, rules).count, 0, typed);
});

test("a walk-in may be whom the server says", async () => {
  const also = { 김민준: "kim min jun", 김준민: "kim jun min", 김민: "kim min" };
  for (const { typed, like, unlike } of await table("walk_ins")) {
    const guest = (name) => ({ name, words: fold(name), also: also[name] ?? "" });
    for (const name of like) assert.equal(mayBeCalled(guest(name), typed), true, name);
    for (const name of unlike) assert.equal(mayBeCalled(guest(name), typed), false, name);
  }
});

test("a name is found by letters that sound the same, as on the server", async () => {
  const { alike, unlike, begin } = await table("sounds");
  for (const words of alike) {
    for (const typed of words) {
      const { guests: exactly, similar: alike } = search(guests(words[0]), typed, rules);
      assert.deepEqual(names([...exactly, ...alike]), [words[0]], typed);
    }
  }
  for (const [typed, name] of begin) assert.deepEqual(similar(guests(name), typed), [name], typed);
  for (const [one, other] of unlike) {
    assert.notEqual(soundOf(one, rules), soundOf(other, rules), one);
  }
});

test("similar names are shown where, and as, the server does", async () => {
  for (const { name, on_list, typed, ...shown } of await table("similar")) {
    const people = listOf(
      ...on_list.map((one, id) => {
        const { name: called, brings = [], short_code = "" } = one.name ? one : { name: one };
        const companions = brings.map((other) => ({ name: other, words: fold(other), also: "" }));
        return { id, name: called, words: fold(called), short_code, brings: companions };
      }),
    ).guests;
    assert.deepEqual(found(people, typed), shown.guests, name);
    assert.deepEqual(similar(people, typed), shown.similar, name);
  }
});

test("a short code finds its guest before similar names", () => {
  const people = listOf(
    { id: 1, name: "Hcq738 Abad", words: "hcq738 abad", short_code: "AAAAA2" },
    { id: 2, name: "Zoe", words: "zoe", short_code: SHORT_CODE },
  ).guests;
  assert.deepEqual(found(people, "hcq738"), ["Zoe", "Hcq738 Abad"]);
  assert.deepEqual(found(people, "HCQ-738"), ["Zoe", "Hcq738 Abad"]);
});

test("no more are shown than the rules say", () => {
  const people = guests(
    ...Array.from({ length: 30 }, (_, n) => `Ana ${String(n).padStart(2, "0")}`),
  );
  assert.equal(found(people, "ana").length, rules.found_most);
  assert.equal(found(people, "ana")[0], "Ana 00");
});
