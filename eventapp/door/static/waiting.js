// A phone that is not, or no longer, at a door says what it still has to send from one.
import * as queue from "./queue.js";

const line = document.querySelector("#still-waiting");
const waiting = (await queue.all()).filter(queue.waits).length;
const words = line.querySelector("span");
words.textContent = words.textContent.replace("{count}", waiting);
line.hidden = !waiting;
