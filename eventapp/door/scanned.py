"""What a hand-held scanner meant. It types like a keyboard, and knows neither the layout nor the
Caps Lock of the machine that it types into.

`static/scanned.js` reads the same offline; tests/door/scanned.json holds for both.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import permutations

from eventapp.core.links import KEY_PATTERN

# The same 45 keys in each layout, row by row from `1` to `/`, then with Shift.
LAYOUTS = {
    "us": "1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./"
    '!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?',
    "es": "1234567890'¡qwertyuiop`+asdfghjklñ´zxcvbnm,.-"
    '!"·$%&/()=?¿QWERTYUIOP^*ASDFGHJKLÑ¨ZXCVBNM;:_',
    "fr": "&é\"'(-è_çà)=azertyuiop^$qsdfghjklmùwxcvbn,;:!"
    "1234567890°+AZERTYUIOP¨£QSDFGHJKLM%WXCVBN?./§",
    "de": "1234567890ß´qwertzuiopü+asdfghjklöäyxcvbnm,.-"
    '!"§$%&/()=?`QWERTZUIOPÜ*ASDFGHJKLÖÄYXCVBNM;:_',
}
MISREAD = rf"https?://[a-z0-9.:-]+/t/({KEY_PATTERN})/?(?:[?#].*)?"

_TICKET = re.compile(rf"(?:^|/t/)({KEY_PATTERN})/?(?:[?#].*)?$", re.DOTALL)
_MISREAD = re.compile(MISREAD)
_RETYPED = [
    str.maketrans(LAYOUTS[machine], LAYOUTS[scanner])
    for machine, scanner in permutations(LAYOUTS, 2)
]


def clean_code(text: str) -> str:
    """The code without what scanners put around and between: byte order marks, NUL, separators."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf")).strip()


def ticket_in(text: str) -> str | None:
    """The ticket in a text that is a ticket or a ticket's address, else None. An address whose
    layout or case was mistaken counts if all that it can mean has the same ticket.
    """
    code = clean_code(text)
    if found := _TICKET.search(code):
        return found.group(1)
    if code[:4].lower() != "http":  # the same keys in all layouts; spares other texts the rest
        return None
    other_case = "".join(map(_other_case, code))
    if found := _MISREAD.fullmatch(other_case):
        return found.group(1)
    retyped = (typed.translate(keys) for typed in (code, other_case) for keys in _RETYPED)
    meant = {found.group(1) for one in retyped if (found := _MISREAD.fullmatch(one))}
    return meant.pop() if len(meant) == 1 else None


def _other_case(char: str) -> str:
    other = char.swapcase()
    return other if len(other) == 1 else char
