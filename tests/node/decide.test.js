// What a phone without network answers: by the table that the server is held to as well
// (tests/door/test_decisions.py), and where only a phone has to decide.

import assert from "node:assert/strict";
import test from "node:test";
import { decide, isLongAgo, missing, standing } from "../../eventapp/door/static/decide.js";
import { actOf, cases, listOf, rules, TICKET } from "./lists.js";

const START = Date.parse("2026-12-03T19:00:00Z");

// A phone with a list, that remembers what it did.
function phone(list, { role = "helper" } = {}) {
  const acts = [];
  const facts = { list, acts, rules, door: "Main door", isLead: role === "lead" };
  return {
    acts,
    async answer(act) {
      const verdict = await decide(act, facts);
      if (verdict.told) acts.push(verdict.told);
      return verdict;
    },
  };
}

const NAMELESS = { unlisted: "unknown" }; // the same reason, in other words

for (const { name, guest, role, acts, answers } of cases) {
  test(name, async () => {
    const door = phone(listOf({ ...guest }), { role });
    for (const [n, { after_seconds = 0, mode, ...act }] of acts.entries()) {
      const asked = actOf(act.verb, {
        ...act,
        at: START + after_seconds * 1000,
        guest_id: ["check_in", "undo"].includes(act.verb) ? "7" : undefined,
        code: act.verb === "scan" ? (act.code ?? "TICKET").replace("TICKET", TICKET) : undefined,
        asksFirst: mode === "confirm",
      });
      const { outcome, reason, told } = await door.answer(asked);
      const { people = told?.people, ...wanted } = answers[n];
      const said = { outcome, ...(reason && { reason: NAMELESS[reason] ?? reason }) };
      assert.deepEqual([said, told?.people], [wanted, people], `act ${n + 1}`);
    }
  });
}

test("a code that is on no list may be let in all the same", async () => {
  const door = phone(listOf({}));
  const code = "AnotherTicketOfOurs-00";
  assert.equal((await door.answer(actOf("scan", { code }))).reason, "unlisted");
  const { outcome, told } = await door.answer(actOf("scan", { code, anyway: true }));
  assert.equal(outcome, "queued");
  assert.deepEqual([told.code, told.offline], [code, true]);
});

test("what is longer than the server takes is cut, and told", async () => {
  const door = phone(listOf({ companions: 1 }), { role: "lead" });
  const added = await door.answer(actOf("walk_in", { name: "á".normalize("NFD").repeat(130) }));
  assert.equal(added.told.name, "á".repeat(120));
  const act = { guest_id: "7", people: 99, over_reason: "x".repeat(300) };
  const { told } = await door.answer(actOf("check_in", act));
  assert.deepEqual([told.part, told.over_reason.length], [21, 200]);
});

test("a list of before the limits were on it is decided by as well", async () => {
  const { most, party_most, ...older } = rules;
  const act = actOf("check_in", { guest_id: "7", people: 1 });
  const facts = { list: listOf({}), acts: [], rules: older, door: "Main door" };
  assert.equal((await decide(act, facts)).told.part, 1);
});

test("without a list any code of ours may be let in, and nothing else", async () => {
  const door = phone(null);
  assert.equal((await door.answer(actOf("scan", { code: TICKET }))).reason, "unlisted");
  assert.equal((await door.answer(actOf("scan", { code: "hcq 738" }))).reason, "unlisted");
  assert.equal((await door.answer(actOf("scan", { code: "4006381333931" }))).reason, "unknown");
});

test("whoever was turned away is not told of", async () => {
  const door = phone(listOf({ status: "cancelled" }));
  assert.equal((await door.answer(actOf("scan", { code: TICKET }))).told, null);
});

test("leaving is noted by the server only", async () => {
  const door = phone(listOf({}));
  const { outcome, reason, told } = await door.answer(actOf("leave", { code: TICKET }));
  assert.deepEqual([outcome, reason, told], ["denied", "offline_leave", null]);
});

test("a guest whom this phone added is undone by the scan that added them", async () => {
  const door = phone(listOf());
  const added = actOf("walk_in", { name: "Yan Walker" });
  const { guest } = await door.answer(added);
  const { outcome, told } = await door.answer(actOf("undo", { guest_id: guest.id }));
  assert.deepEqual([outcome, told.added_by], ["undone", added.scan_id]);
});

test("the door by which somebody came first stays", async () => {
  const earlier = { arrived_at: "2026-12-03T18:30:00Z", arrived_door: "Garden", inside: 1 };
  const door = phone(listOf({ ...earlier, companions: 1 }));
  await door.answer(actOf("scan", { code: TICKET }));
  const ana = standing(listOf({ ...earlier, companions: 1 }), door.acts).get("7");
  assert.deepEqual([ana.arrived_door, missing(ana)], ["Garden", 0]);
});

test("what the server refused did not happen", async () => {
  const refused = { ...actOf("scan"), guest_id: "7", did: "admitted", state: "refused" };
  assert.equal(standing(listOf({}), [refused]).get("7").arrived_at, null);
});

test("what the server answered counts as what this phone did", async () => {
  const first = { first_at: "2026-12-03T18:00:00Z", first_door: "Garden" };
  const heard = { ...actOf("scan"), ...first, guest_id: "7", did: "already", state: "sent" };
  const door = phone(listOf({}));
  door.acts.push(heard);
  const { outcome, guest } = await door.answer(actOf("scan", { code: TICKET }));
  assert.deepEqual([outcome, guest.arrived_door], ["already", "Garden"]);
});

test("an undo is offered for as long as the rules say", () => {
  const at = "2026-12-03T19:00:00Z";
  assert.equal(isLongAgo(at, rules, START + 60_000), false);
  assert.equal(isLongAgo(at, rules, START + 60_001), true);
  assert.equal(isLongAgo(at, { ...rules, undo_seconds: 120 }, START + 60_001), false);
  assert.equal(isLongAgo(null, rules, START), false);
});
