// What the page says of the network, and of what waits to be sent.

import * as queue from "./queue.js";
import { clockTime, fromTemplate, words } from "./words.js";

const place = () => document.querySelector("#offline");

// How loud, and by which words. Nothing where all is as usual.
export function statusOf(acts, { list, isAway, isOut, hadWaiting }) {
  const count = acts.filter(queue.waits).length;
  const isFull = acts.some((act) => act.unstored && queue.waits(act));
  if (isFull) return { look: "bad", word: "full", count };
  if (isOut) return { look: "bad", word: "out", count };
  if (isAway) return { look: "warn", word: list ? "away" : "no-list", count };
  if (count) return { look: "plain", word: "sending", count };
  const isDone = hadWaiting && !acts.some(queue.wasRefused);
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

export function showRefused(acts, { onForget, onAgain }) {
  const list = place().querySelector("[data-slot=refused]");
  list.hidden = !acts.length;
  list.querySelector("ul").replaceChildren(
    ...acts.map((act) => {
      const item = fromTemplate("#offline-refused", "li");
      const who = act.guest ?? act.name ?? act.code ?? act.verb;
      item.dataset.scan = act.scan_id;
      item.querySelector("[data-slot=who]").textContent = `${clockTime(act.happened_at)} ${who}`;
      item.querySelector("[data-slot=words]").textContent = act.message ?? act.error;
      item.querySelector("[data-slot=forget]").addEventListener("click", () => onForget(act));
      item.querySelector("[data-slot=again]").addEventListener("click", () => onAgain(act));
      return item;
    }),
  );
}
