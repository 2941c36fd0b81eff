// What the page of one's own card says that others will see, while one fills it in.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { begin, preview } from "../../eventapp/contacts/static/card_preview.js";

const VALUES = { email: "ana@example.org", phone: "600 00 00 01", company: "Acme", web: " " };

test("only what is ticked is shown, and what is filled in but not ticked is said", () => {
  assert.deepEqual(preview(VALUES, ["phone", "web"]), {
    shown: { phone: "600 00 00 01" },
    unticked: ["email", "company"],
  });
  assert.deepEqual(preview(VALUES, []).shown, {});
});

// As much of the page as the script needs.
function pageOf(values, ticked) {
  const listeners = [];
  const form = Object.entries(values).map(([field, value]) => ({
    dataset: { field, word: field.toUpperCase() },
    box: { checked: ticked.includes(field) },
    input: { value },
    querySelector(selector) {
      return selector === "[name=share]" ? this.box : this.input;
    },
  }));
  const parts = Object.keys(values).map((shown) => ({ dataset: { shown }, textContent: "" }));
  const unreachable = {};
  const unsaved = { dataset: { plain: "As shown.", checks: "First: {fields}." } };
  const notice = { dataset: { words: "Not ticked: {fields}." }, lastElementChild: {} };
  const places = {
    "#preview": { querySelectorAll: () => parts, querySelector: () => unreachable },
    "#unticked": notice,
    "#unsaved": unsaved,
    "#card": { querySelectorAll: () => form },
  };
  return {
    querySelector: (place) => places[place],
    addEventListener: (_, listener) => listeners.push(listener),
    change: (field, { type = "text", ...more }) => {
      const part = form.find(({ dataset }) => dataset.field === field);
      Object.assign(type === "checkbox" ? part.box : part.input, more);
      for (const listener of listeners) listener({ target: { type, closest: () => form } });
    },
    seen: () => ({
      shown: parts.filter(({ hidden }) => !hidden).map(({ textContent }) => textContent),
      says: notice.hidden ? null : notice.lastElementChild.textContent,
      isUnreachable: !unreachable.hidden,
      isSaved: unsaved.hidden,
    }),
    marks: () => ({
      marked: parts.map(({ dataset }) => "unchecked" in dataset && dataset.shown).filter(Boolean),
      hint: unsaved.textContent,
    }),
  };
}

test("a tick changes it at once, a text once one pauses", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const page = pageOf(VALUES, []);
  begin(page);
  const says = "Not ticked: EMAIL, PHONE, COMPANY.";
  assert.deepEqual(page.seen(), { shown: [], says, isUnreachable: true, isSaved: true });
  page.change("phone", { type: "checkbox", checked: true });
  mock.timers.tick(0);
  const after = { says: "Not ticked: EMAIL, COMPANY.", isUnreachable: false, isSaved: false };
  assert.deepEqual(page.seen(), { shown: ["600 00 00 01"], ...after });
  for (const value of ["6", "60", "601"]) page.change("phone", { value });
  assert.deepEqual(page.seen().shown, ["600 00 00 01"], "they are still typing");
  mock.timers.tick(1000);
  assert.deepEqual(page.seen().shown, ["601"]);
  page.change("phone", { type: "checkbox", checked: false });
  mock.timers.tick(0);
  assert.ok(page.seen().isSaved);
  mock.timers.reset();
});

test("what saving may refuse is marked until it is what was saved", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const page = pageOf({ phone: "", company: "", web: "" }, ["phone", "company", "web"]);
  begin(page);
  page.change("company", { value: "Acme" });
  mock.timers.tick(1000);
  assert.deepEqual(page.marks(), { marked: [], hint: "As shown." });
  page.change("phone", { value: "12ab" });
  page.change("web", { value: "not a link" });
  mock.timers.tick(1000);
  assert.deepEqual(page.marks(), { marked: ["phone", "web"], hint: "First: PHONE, WEB." });
  page.change("phone", { value: "" });
  page.change("web", { value: "" });
  mock.timers.tick(1000);
  assert.deepEqual(page.marks(), { marked: [], hint: "As shown." });
  mock.timers.reset();
});
