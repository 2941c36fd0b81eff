// Shows the state of the connection, how many actions wait to be sent, and the headcount. The texts
// are in the page, written by the server.

import { standing } from "./decide.js";
import * as queue from "./queue.js";

const place = () => document.querySelector("#offline");
const headcount = () => document.querySelector("#headcount");

// In the event's time zone.
export function clockTime(at) {
  const { tz } = place().dataset;
  const form = { timeZone: tz, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat("en-GB", form).format(new Date(at));
}

// A text of the page with its {placeholders} filled in. `values.count` chooses the plural form.
export function words(name, values = {}) {
  const template = document.querySelector("#offline-words").content;
  const plural = !values.count ? "" : values.count === 1 ? "-one" : "-many";
  const found =
    template.querySelector(`[data-word="${name}${plural}"]`) ??
    template.querySelector(`[data-word="${name}"]`);
  return found.textContent.trim().replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

export const fromTemplate = (id, selector) =>
  document.querySelector(id).content.querySelector(selector).cloneNode(true);

// What to show: the look, and the name of the text; null if there is nothing to say.
export function statusOf(actions, { list, isAway, isOut, hadWaiting }) {
  const count = actions.filter(queue.waits).length;
  const isFull = actions.some((action) => action.unstored && queue.waits(action));
  if (isFull) return { look: "bad", word: "full", count };
  if (isOut) return { look: "bad", word: "out", count };
  if (isAway) return { look: "warn", word: list ? "away" : "no-list", count };
  if (count) return { look: "plain", word: "sending", count };
  const isDone = hadWaiting && !actions.some(queue.wasRefused);
  return isDone ? { look: "good", word: "sent", count } : { look: "plain", word: null, count };
}

export function showStatus({ look, word, count }, list) {
  const time = list && clockTime(list.server_time);
  const text = word ? words(word, { count, time }) : "";
  const line = place().querySelector("[role=status]");
  if (line.textContent !== text) line.textContent = text;
  place().dataset.waiting = count;
  place().dataset.look = look;
  place().querySelector("[data-slot=send]").hidden = !count;
  if (!count) document.querySelector("#verdict .later")?.remove();
}

// The page may be older than the list.
export function showCalledOff(list) {
  const banner = document.querySelector("#called-off");
  if (list && banner) banner.hidden = !list.called_off_at;
}

export function showRefused(actions, { onForget, onAgain }) {
  const list = place().querySelector("[data-slot=refused]");
  list.hidden = !actions.length;
  list.querySelector("ul").replaceChildren(
    ...actions.map((action) => {
      const item = fromTemplate("#offline-refused", "li");
      const who = action.guest ?? action.name ?? action.code ?? action.verb;
      item.dataset.scan = action.scan_id;
      item.querySelector("[data-slot=who]").textContent = `${clockTime(action.happened_at)} ${who}`;
      item.querySelector("[data-slot=words]").textContent = action.message ?? action.error;
      item.querySelector("[data-slot=forget]").addEventListener("click", () => onForget(action));
      item.querySelector("[data-slot=again]").addEventListener("click", () => onAgain(action));
      return item;
    }),
  );
}

// Changes the headcount by a result of this phone, until the server sends its own.
export function moveHeadcount({ outcome, guest, entry }) {
  const people = entry?.people ?? 1;
  if (outcome === "admitted") move(people, entry.verb === "walk_in" ? people : 0);
  if (outcome === "queued") move(1, 0);
  if (outcome === "undone" && guest?.arrived_at) move(-people, 0);
}

function move(by, more) {
  const { admitted, expected } = headcount().dataset;
  showHeadcount({
    admitted: Math.max(0, Number(admitted) + by),
    expected: Number(expected) + more,
  });
}

// The headcount of a list, with this phone's actions since.
export function countOf(list, actions) {
  const { admitted, expected } = list.headcount;
  const people = standing(list, actions);
  const inside = (guests) => guests.reduce((sum, guest) => sum + (guest.inside ?? 0), 0);
  const more = inside([...people.values()]) - inside([...list.byId.values()]);
  const added = [...people.values()].filter(({ id }) => !list.byId.has(String(id)));
  const parties = added.reduce((sum, { companions }) => sum + 1 + companions, 0);
  return { admitted: admitted + more, expected: expected + parties };
}

// Needed after opening the stored page, which shows the headcount of when it was stored.
export const countAgain = (list, actions) => showHeadcount(countOf(list, actions));

function showHeadcount({ admitted, expected }) {
  const count = headcount();
  const inside = Number(count.dataset.inside) + admitted - Number(count.dataset.admitted);
  Object.assign(count.dataset, { admitted, expected });
  const line = count.querySelector(".inside");
  if (line) {
    count.dataset.inside = inside;
    line.textContent = words("inside", { inside });
  }
  count.querySelector(".count").textContent = admitted;
  count.querySelector("small").textContent = words("expected", { expected });
}

// Makes the next poll return the server's headcount, whatever the page shows now.
export function askForHeadcount() {
  const count = headcount();
  count.setAttribute("hx-get", count.getAttribute("hx-get").replace(/rev=[^&]*/, "rev="));
}
