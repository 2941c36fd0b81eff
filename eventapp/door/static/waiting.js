// On a phone without access to a door: says how many actions it still has to send.
import * as queue from "./queue.js";

const line = document.querySelector("#still-waiting");
const waiting = (await queue.all()).filter(queue.waits).length;
const words = line.querySelector("span");
words.textContent = words.textContent.replace("{count}", waiting);
line.hidden = !waiting;
