"""More than one person by a name: "Sofía Vidal (+1)", "Luis & Marta", two who are called alike."""

from __future__ import annotations

import re

from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests.reading.guesses import Guess
from eventapp.guests.reading.names import may_be_name
from eventapp.guests.reading.vocabulary import key, words

_PLUS = re.compile(r"\s*(?:\(\s*\+\s?([0-9]{1,2})\s*\)|\+\s?([0-9]{1,2}))\s*")
_BETWEEN = re.compile(r"\s*[&/]\s*|\s+(?:\+|y|e|and|und|et|i)\s+")


class CompanionsInName(Guess):
    code = "companions_in_name"
    message = _l("“%(name)s”: read as a guest with that many companions.")


class TwoPeople(Guess):
    code = "two_people"
    message = _l("“%(name)s”: two people? Then give each a row, or count one as a companion.")


class SameName(Guess):
    code = "same_name"
    message = _l("Row %(number)s has this name too: two people, or one?")


def without_companions(name: str) -> tuple[str, int]:
    """The name, and how many companions are counted after it."""
    who, _, _ = name.rpartition("+")
    found = _PLUS.fullmatch(name[len(who.rstrip(" (")) :]) if who else None
    if not found or not may_be_name(who.rstrip(" (")):
        return name, 0
    return who.rstrip(" ("), int(found.group(1) or found.group(2))


def may_be_two(name: str) -> bool:
    """Whether two names stand in one: as many words on both sides, unlike "Ortega y Gasset"."""
    parts = _BETWEEN.split(name)
    if len(parts) != 2 or not all(one[:1].isupper() and may_be_name(one) for one in parts):
        return False
    if any(key(one.split()[-1]) in words("companies") for one in parts):
        return False
    first, second = (len(one.split()) for one in parts)
    return first == second or min(first, second) > 1
