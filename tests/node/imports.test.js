// Importing a module of the door has no side effects: `door.js`, which the page loads, starts it.

import { readdir } from "node:fs/promises";
import test from "node:test";

const FOLDER = new URL("../../eventapp/door/static/", import.meta.url);
const STARTED_BY_A_PAGE = ["door.js", "sw.js", "waiting.js"];

for (const name of await readdir(FOLDER)) {
  if (!name.endsWith(".js") || STARTED_BY_A_PAGE.includes(name)) continue;
  test(`${name} can be imported without a page`, async () => {
    await import(new URL(name, FOLDER));
  });
}
