// What an offline phone decides: by the table of cases that the server passes as well
// (tests/door/test_decisions.py), and in cases that only a phone has.

import assert from "node:assert/strict";
import test from "node:test";
import {
  decide,
  isLongAgo,
  missing,
  serversReason,
  standing,
} from "../../eventapp/door/static/decide.js";
import { actionOf, cases, listOf, rules, TICKET } from "./lists.js";

const START = Date.parse("2026-12-03T19:00:00Z");

// A phone with a list, which keeps its actions.
function phone(list, { role = "helper" } = {}) {
  const actions = [];
  const facts = { list, actions, rules, door: "Main door", isLead: role === "lead" };
  return {
    actions,
    async answer(action) {
      const result = await decide(action, facts);
      if (result.entry) actions.push(result.entry);
      return result;
    },
  };
}

const NAMELESS = { unlisted: "unknown" }; // a phone's own reason => the server's

const codeOf = ({ code = "TICKET" }) => code.replace("TICKET", TICKET);

for (const { name, guest, role, actions, answers } of cases) {
  test(name, async () => {
    const door = phone(listOf({ ...guest }), { role });
    for (const [n, { after_seconds = 0, mode, ...action }] of actions.entries()) {
      const asked = actionOf(action.verb, {
        ...action,
        at: START + after_seconds * 1000,
        guest_id: ["check_in", "undo"].includes(action.verb) ? "7" : undefined,
        code: action.verb === "scan" ? codeOf(action) : undefined,
        asksFirst: mode === "confirm",
      });
      const { outcome, reason, entry } = await door.answer(asked);
      const { people = entry?.people, ...wanted } = answers[n];
      const said = { outcome, ...(reason && { reason: NAMELESS[reason] ?? reason }) };
      assert.deepEqual([said, entry?.people], [wanted, people], `action ${n + 1}`);
    }
  });
}

test("a code that is not on the list may be let in anyway", async () => {
  const door = phone(listOf({}));
  const code = "AnotherTicketOfOurs-00";
  assert.equal((await door.answer(actionOf("scan", { code }))).reason, "unlisted");
  const { outcome, entry } = await door.answer(actionOf("scan", { code, anyway: true }));
  assert.equal(outcome, "queued");
  assert.deepEqual([entry.code, entry.offline], [code, true]);
});

test("where some codes are not on the list, one that is not found may be let in", async () => {
  const door = phone(listOf({ codes: [""] }));
  const code = "100042";
  const { outcome, reason, entry } = await door.answer(actionOf("scan", { code }));
  assert.deepEqual([outcome, reason, entry], ["denied", "unchecked", null]);
  const anyway = await door.answer(actionOf("scan", { code, anyway: true }));
  assert.deepEqual([anyway.outcome, anyway.entry.code], ["queued", code]);
  const whole = phone(listOf({ codes: [] }));
  assert.equal((await whole.answer(actionOf("scan", { code }))).reason, "unknown");
});

test("once an event is called off, its door lets nobody in", async () => {
  const at = "2026-12-03T19:30:00Z";
  const list = { ...listOf({}, { id: 8, ticket: "other" }), called_off_at: at };
  const door = phone(list);
  const before = actionOf("check_in", { guest_id: "8", at: "2026-12-03T19:29:00Z" });
  assert.equal((await door.answer(before)).outcome, "admitted");
  for (const action of [
    actionOf("scan", { code: TICKET, at }),
    actionOf("check_in", { guest_id: "7", at }),
    actionOf("walk_in", { name: "Bo Ek", at }),
    actionOf("scan", { code: TICKET, asksFirst: true, at }),
  ]) {
    const { outcome, reason, entry } = await door.answer(action);
    assert.deepEqual([outcome, serversReason(reason), entry], ["denied", "cancelled", null]);
  }
  const justBefore = actionOf("scan", { code: TICKET, at: "2026-12-03T19:29:59Z" });
  assert.equal((await door.answer(justBefore)).outcome, "admitted");
  const isIn = await door.answer(actionOf("check_in", { guest_id: "7", at }));
  assert.equal(isIn.outcome, "already");
  const lead = phone(list, { role: "lead" });
  const over = { guest_id: "7", at, over_reason: "He helps to clear up" };
  assert.equal((await lead.answer(actionOf("check_in", over))).outcome, "admitted");
});

test("texts longer than the server's limits are cut, and sent", async () => {
  const door = phone(listOf({ companions: 1 }), { role: "lead" });
  const added = await door.answer(actionOf("walk_in", { name: "á".normalize("NFD").repeat(130) }));
  assert.equal(added.entry.name, "á".repeat(120));
  const action = { guest_id: "7", people: 999, over_reason: "x".repeat(300) };
  const { entry } = await door.answer(actionOf("check_in", action));
  assert.deepEqual([entry.part, entry.over_reason.length], [500, 200]);
});

test("a list from before it had limits still works", async () => {
  const { most, party_most, ...older } = rules;
  const action = actionOf("check_in", { guest_id: "7", people: 1 });
  const facts = { list: listOf({}), actions: [], rules: older, door: "Main door" };
  assert.equal((await decide(action, facts)).entry.part, 1);
});

test("without a list any code of our form may be let in, and no other", async () => {
  const door = phone(null);
  assert.equal((await door.answer(actionOf("scan", { code: TICKET }))).reason, "unlisted");
  assert.equal((await door.answer(actionOf("scan", { code: "hcq 738" }))).reason, "unlisted");
  assert.equal((await door.answer(actionOf("scan", { code: "4006381333931" }))).reason, "unknown");
});

test("a denial is not sent to the server", async () => {
  const door = phone(listOf({ status: "cancelled" }));
  assert.equal((await door.answer(actionOf("scan", { code: TICKET }))).entry, null);
});

test("leaving is only recorded online", async () => {
  const door = phone(listOf({}));
  const { outcome, reason, entry } = await door.answer(actionOf("leave", { code: TICKET }));
  assert.deepEqual([outcome, reason, entry], ["denied", "offline_leave", null]);
});

test("an undo of a guest whom this phone added names the scan that added them", async () => {
  const door = phone(listOf());
  const added = actionOf("walk_in", { name: "Yan Walker" });
  const { guest } = await door.answer(added);
  const { outcome, entry } = await door.answer(actionOf("undo", { guest_id: guest.id }));
  assert.deepEqual([outcome, entry.added_by], ["undone", added.scan_id]);
});

test("the door of the first arrival stays", async () => {
  const earlier = { arrived_at: "2026-12-03T18:30:00Z", arrived_door: "Garden", inside: 1 };
  const door = phone(listOf({ ...earlier, companions: 1 }));
  await door.answer(actionOf("scan", { code: TICKET }));
  const ana = standing(listOf({ ...earlier, companions: 1 }), door.actions).get("7");
  assert.deepEqual([ana.arrived_door, missing(ana)], ["Garden", 0]);
});

test("what the server refused did not happen", async () => {
  const refused = { ...actionOf("scan"), guest_id: "7", did: "admitted", state: "refused" };
  assert.equal(standing(listOf({}), [refused]).get("7").arrived_at, null);
});

test("what the server answered counts as what this phone did", async () => {
  const first = { first_at: "2026-12-03T18:00:00Z", first_door: "Garden" };
  const heard = { ...actionOf("scan"), ...first, guest_id: "7", did: "already", state: "sent" };
  const door = phone(listOf({}));
  door.actions.push(heard);
  const { outcome, guest } = await door.answer(actionOf("scan", { code: TICKET }));
  assert.deepEqual([outcome, guest.arrived_door], ["already", "Garden"]);
});

test("an undo is offered for as long as the rules say", () => {
  const at = "2026-12-03T19:00:00Z";
  assert.equal(isLongAgo(at, rules, START + 60_000), false);
  assert.equal(isLongAgo(at, rules, START + 60_001), true);
  assert.equal(isLongAgo(at, { ...rules, undo_seconds: 120 }, START + 60_001), false);
  assert.equal(isLongAgo(null, rules, START), false);
});
