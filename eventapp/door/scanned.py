"""What a hand-held scanner meant. It types like a keyboard, and knows neither the layout nor the
Caps Lock of the machine that it types into.

`static/scanned.js` reads the same offline; tests/door/scanned.json holds for both.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import permutations

from eventapp.core.caseless import caseless
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
KEYS = 45
# Where Windows' Caps Lock turns digits and signs over as well, and what it spares: `CAPLOK` in
# KBDFR.C and KBDGR.C, samples of Microsoft's Windows Driver Kit.
SHIFT_LOCKS = {"fr": "", "de": "´-`_"}
MISREAD = rf"https?://[a-z0-9.:-]+/t/({KEY_PATTERN})/?(?:[?#].*)?"

_NOT_OF_IT = ("Cc", "Cf", "Cs")  # categories of Unicode
_TICKET = re.compile(rf"(?:^|/t/)({KEY_PATTERN})/?(?:[?#].*)?$", re.DOTALL | re.IGNORECASE)
_MISREAD = re.compile(MISREAD, re.IGNORECASE)


def clean_code(text: str) -> str:
    """The code without what scanners put around and between (byte order marks, NUL, separators),
    and without halves of characters, which no database takes.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(one for one in text if unicodedata.category(one) not in _NOT_OF_IT).strip()


def tickets_in(text: str) -> list[str]:
    """The ticket in a text that is a ticket or a ticket's address, caseless. Of an address whose
    layout was mistaken, all tickets that it can mean: two, where nothing but `y` and `z` tells the
    layouts apart.
    """
    code = clean_code(text)
    if found := _TICKET.search(code):
        return [caseless(found.group(1))]
    if code[:4].lower() != "http":  # the same keys in all layouts; spares other texts the rest
        return []
    meant = (found.group(1) for one in readings(code) if (found := _MISREAD.fullmatch(one)))
    return list(dict.fromkeys(map(caseless, meant)))


def readings(code: str) -> list[str]:
    """All that a scanner may have meant, but for the case of its letters: the code as it was typed,
    with Caps Lock on, and both in each other layout.
    """
    typed = [code, "".join(map(_other_case, code))]
    retyped = (one.translate(keys) for one in typed for keys in _RETYPED)
    return [*typed, *retyped, *(code.translate(keys) for keys in _UNLOCKED)]


def _other_case(char: str) -> str:
    other = char.swapcase()
    return other if len(other) == 1 else char


class _Retyping(dict[int, int]):
    """What each character of one layout is in another. A letter that no key of it types is one in
    capitals: `É` is `é`.
    """

    def __missing__(self, char: int) -> int:
        return self.get(ord(_other_case(chr(char))), char)


def _retyping(machine: str, scanner: str) -> _Retyping:
    return _Retyping(zip(map(ord, machine), map(ord, LAYOUTS[scanner]), strict=True))


def _turned_over(layout: str) -> str:
    """What the keys type while Caps Lock is on."""
    keys = LAYOUTS[layout]
    others = keys[KEYS:] + keys[:KEYS]
    spared = SHIFT_LOCKS[layout]
    return "".join(key if key in spared else other for key, other in zip(keys, others, strict=True))


_RETYPED = [_retyping(LAYOUTS[one], other) for one, other in permutations(LAYOUTS, 2)]
_UNLOCKED = [_retyping(_turned_over(one), other) for one in SHIFT_LOCKS for other in LAYOUTS]
