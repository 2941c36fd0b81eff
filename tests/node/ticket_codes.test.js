// A phone knows the tickets of other tools as the server does.

import assert from "node:assert/strict";
import test from "node:test";
import { holderOf } from "../../eventapp/door/static/search.js";
import { codeKey } from "../../eventapp/door/static/ticket_codes.js";
import { listedCode, listOf, rules, table } from "./lists.js";

test("a code finds whom it finds on the server", async () => {
  for (const { name, kept, code, key, finds, not } of await table("ticket_codes")) {
    assert.equal(codeKey(code), key, name);
    const codes = [kept ? listedCode(key) : "", listedCode("x")];
    const list = listOf({ id: 1, codes: [] }, { id: 2, codes });
    const found = kept ? 2 : undefined; // of what is not kept the server finds more
    for (const text of finds) assert.equal((await holderOf(list, text, rules))?.id, found, text);
    for (const text of not) assert.equal(await holderOf(list, text, rules), null, text);
  }
});

test("two codes that look alike on the list find nobody: the server has to tell", async () => {
  const codes = [listedCode("g-y0kQ77AAA222")];
  const list = listOf({ id: 1, codes }, { id: 2, codes });
  assert.equal(await holderOf(list, "g-y0kQ77AAA222", rules), null);
  assert.equal(list.hasUnlistedCodes, true);
  assert.equal(listOf({ id: 1, codes }, { id: 2 }).hasUnlistedCodes, false);
});

test("a list from before it had codes still finds by tickets of ours", async () => {
  const list = listOf({ id: 1, codes: undefined });
  assert.equal((await holderOf(list, "hcq738", rules)).id, 1);
  assert.equal(await holderOf(list, "779144032210", rules), null);
});
