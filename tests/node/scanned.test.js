// A phone understands a hand-held scanner as the server does.

import assert from "node:assert/strict";
import test from "node:test";
import { ticketsIn } from "../../eventapp/door/static/scanned.js";
import { rules, table } from "./lists.js";

test("a scanner is understood as on the server", async () => {
  for (const { name, text, ticket, tickets } of await table("scanned")) {
    const meant = (tickets ?? (ticket ? [ticket] : [])).map((one) => one.toLowerCase());
    assert.deepEqual(ticketsIn(text, rules).sort(), meant, name);
  }
});
