"""What stands for somebody's picture: two initials, and a colour that stays theirs."""

from __future__ import annotations

from typing import Any, Protocol
from zlib import crc32

from eventapp.core.text import words
from eventapp.model import Person

COLOURS = 8


class Guest(Protocol):
    """An RSVP, or those of its columns that a colour depends on."""

    id: Any
    person_id: Any


def initials(name: str) -> str:
    """The first letters of the first and the last word, without accents; "?" for no letter."""
    found = words(name)
    ends = [found[0], found[-1]] if len(found) > 1 else found
    return "".join(word[0].upper() for word in ends) or "?"


def colour(someone: Person | Guest | str) -> str:
    """The class `c0` … `c7` of their colour: the same at every event of a person, and for a guest
    without a person at this one. Of a name alone, the same wherever it is written so.
    """
    if isinstance(someone, str):
        key = someone
    elif isinstance(someone, Person):
        key = f"person {someone.id}"
    else:
        person_id = someone.person_id
        key = f"rsvp {someone.id}" if person_id is None else f"person {person_id}"
    return f"c{crc32(key.encode()) % COLOURS}"


FILTERS = (initials, colour)
