"""A hand-held scanner, which types as fast as one."""

from __future__ import annotations

from typing import Any

from tests.chromium import Chromium

# One key each 12 ms by the clock of the events, however busy this machine is.
SCANNER = """([text, enter, sits]) => {
  let at = performance.now();
  for (const char of [...text, enter]) {
    const [code, key, shiftKey] = sits[char] ?? ["", char, false];
    const press = new KeyboardEvent(
      "keydown", {key, code, shiftKey, bubbles: true, cancelable: true});
    Object.defineProperty(press, "timeStamp", {value: at += 12});
    window.isPrevented = !document.activeElement.dispatchEvent(press);
  }
}"""


def type_as_scanner(phone: Chromium, text: str, **keys: Any) -> None:
    phone.tab.evaluate(SCANNER, [text, "Enter", keys])
