// A hand-held scanner is a keyboard: it types the code and presses Enter, wherever the focus is.

const KEY_MOST_MS = 50; // for a key of a scanner, taken over all; people need twice that
const PAUSE_MOST_MS = 150; // within a code, on a phone that is busy
const LEAST = 5; // characters: by chance nobody types as many so quickly
// What else is printed as a code, and is nobody's name: an address, a wifi's `WIFI:…`; and where
// nobody can have typed it so quickly, a barcode.
const NO_NAME = /^[A-Za-z]{3,}:\S.*$/s;
const BARCODE = /^\d{7,}$/;

// Where a scanner believes in an American keyboard and the phone has another, `/` comes as `-`.
// Where the key sits is the same for both.
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

// Whether a text is a code and nobody's name: a ticket (`rules.ticket`), its address, or another.
export function codeTest({ ticket }) {
  const pattern = new RegExp(`^(?:https?://\\S+/t/)?${ticket}/?$`);
  return (text) => pattern.test(text.trim()) || NO_NAME.test(text.trim());
}

function isTextField(element) {
  if (element?.isContentEditable || element?.matches?.("textarea, select")) return true;
  return Boolean(
    element?.matches?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit])"),
  );
}

// Calls `onCode(text)` for what a scanner typed: anything while no field had the focus, and what
// is no name in whichever field had it, which holds again what it did before.
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

  function finish(event) {
    const quick = isQuick(event) && keys.length >= LEAST;
    const typed = keys.map(({ key }) => key).join("");
    const meant = keys.map(onUsKeyboard).join("");
    const code = !isCode(typed) && isCode(meant) ? meant : typed;
    const isInField = isTextField(event.target);
    keys = [];
    if (!quick || (isInField && !isCode(code) && !BARCODE.test(code))) return;
    event.preventDefault(); // else it would press the button that has the focus, or send the field
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

// What a scanner typed into one of these fields is a scan when it is sent, where it is no name or
// ends in an address, however slowly it came. What stood there before stays.
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

const ADDRESS_AT_END = /https?:\/\/\S+$/;

function codeAtEnd(text, isCode) {
  const typed = text.trim();
  return ADDRESS_AT_END.exec(typed)?.[0] ?? (isCode(typed) ? typed : null);
}
