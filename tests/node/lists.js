// Guest lists and actions for tests.

import { createHash, webcrypto } from "node:crypto";
import { readFile } from "node:fs/promises";
import { unpack } from "../../eventapp/door/static/roster.js";

globalThis.crypto ??= webcrypto; // before Node.js 19

export const table = async (name) =>
  JSON.parse(await readFile(new URL(`../door/${name}.json`, import.meta.url)));

export const { rules, cases } = await table("decisions");

export const TICKET = "ThisIsTheTicketOfAna-0";
const digest = (text, digits) => createHash("sha256").update(text).digest("hex").slice(0, digits);

// A code of another tool's ticket, as the list has it.
export const listedCode = (key) => digest(`beers/${key.toLowerCase()}`, 6);

export const SHORT_CODE = "HCQ738";

const ANA = {
  id: 7,
  name: "Ana Ruiz",
  words: "ana ruiz",
  also: "",
  ticket: digest(TICKET.toLowerCase(), 16),
  short_code: SHORT_CODE,
  status: "going",
  companions: 0,
  arrived_at: null,
  arrived_door: null,
  inside: 0,
  codes: [],
  brings: [],
};

// A list as the server sends it. Each guest is Ana, with the given changes.
export function listOf(...guests) {
  const rows = guests.map((more) => Object.values({ ...ANA, ...more }));
  const headcount = { admitted: 0, expected: guests.length };
  return unpack({ rules, headcount, slug: "beers", fields: Object.keys(ANA), guests: rows });
}

let scans = 0;

// An action at an instant of the evening, with a scan id of its own.
export function actionOf(verb, { at = "2026-12-03T19:00:00Z", ...more } = {}) {
  const scan_id = `00000000-0000-4000-8000-${String(++scans).padStart(12, "0")}`;
  return { slug: "beers", verb, scan_id, happened_at: new Date(at).toISOString(), ...more };
}
