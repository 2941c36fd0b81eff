// A hand-held scanner acts as a keyboard: it types the code and Enter, wherever the focus is.

import { ticketsIn } from "./scanned.js";

const KEY_MOST_MS = 50; // average time between a scanner's keys; people need twice that
const PAUSE_MOST_MS = 150; // between two keys of a code, on a busy phone
const LEAST = 5; // characters: nobody types as many that quickly by chance
// Other codes, which cannot be names: an address, a wifi's `WIFI:…`. One word with a digit in it
// is only a code if it was typed too quickly for a person.
const NO_NAME = /^[A-Za-z]{3,}:\S.*$/s;
const BARCODE = /^(?=\D*\d)\S{7,}$/;

// Many scanners assume a US keyboard. If the phone has another layout, `/` arrives as `-`. The
// position of the key (`code`) is the same for both.
const ON_US_KEYBOARD = {
  Minus: "-_",
  Slash: "/?",
  Semicolon: ";:",
  Period: ".>",
  Comma: ",<",
  Equal: "=+",
  Quote: "'\"",
};

function onUsKeyboard({ code, key, shiftKey }) {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  return ON_US_KEYBOARD[code]?.[shiftKey ? 1 : 0] ?? key;
}

// Returns a test for texts that are codes, not names: tickets, addresses, others.
export const codeTest = (rules) => (text) =>
  ticketsIn(text, rules).length > 0 || NO_NAME.test(text.trim());

function isTextField(element) {
  if (element?.isContentEditable || element?.matches?.("textarea, select")) return true;
  return Boolean(
    element?.matches?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit])"),
  );
}

// Calls `onCode(text)` with what a scanner typed: any text if no field had the focus; if one had,
// only codes. The field gets back what it held before.
export function listenToScanner(isCode, onCode) {
  let keys = [];
  let before = "";

  function goesOn(event) {
    const last = keys.at(-1);
    return event.target === last?.target && event.timeStamp - last.timeStamp <= PAUSE_MOST_MS;
  }

  function isQuick(event) {
    return goesOn(event) && event.timeStamp - keys[0].timeStamp <= KEY_MOST_MS * keys.length;
  }

  // Quick keys that only complete a ticket in the field are no code: the field's form takes both.
  function isScanInField(code, value) {
    return isCode(code) || (BARCODE.test(code) && !isCode(value));
  }

  function finish(event) {
    const quick = isQuick(event) && keys.length >= LEAST;
    const typed = keys.map(({ key }) => key).join("");
    const meant = keys.map(onUsKeyboard).join("");
    const code = !isCode(typed) && isCode(meant) ? meant : typed;
    const isInField = isTextField(event.target);
    keys = [];
    if (!quick || (isInField && !isScanInField(code, event.target.value))) return;
    event.preventDefault(); // Enter would press the focused button, or submit the field's form
    if (isInField) event.target.value = before;
    onCode(code);
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.isComposing) keys = [];
      else if (event.key === "Enter") finish(event);
      else if (event.key.length === 1) {
        if (!goesOn(event)) {
          keys = [];
          before = event.target.value;
        }
        if (event.key === " " && keys.length && !isTextField(event.target)) event.preventDefault();
        keys.push(event);
      }
    },
    { capture: true },
  );
}

// For slow scanners: when one of these fields is submitted with a code, or with an address at its
// end, calls `onCode(text)` instead of submitting. The field keeps what stood there before.
export function listenToFields(isCode, fields, onCode) {
  document.addEventListener(
    "submit",
    (event) => {
      const field = fields().find(({ form }) => form === event.target);
      const code = field && codeAtEnd(field.value, isCode);
      if (!code) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      field.value = field.value.trim().slice(0, -code.length);
      onCode(code);
    },
    { capture: true },
  );
}

const ADDRESS_AT_END = /https?:\/\/\S+$/i;

function codeAtEnd(text, isCode) {
  const typed = text.trim();
  return ADDRESS_AT_END.exec(typed)?.[0] ?? (isCode(typed) ? typed : null);
}
