"""Names as lists write them: in one cell or several, with the family name first, with titles."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from eventapp.core import text
from eventapp.core.text import clean_line
from eventapp.guests.reading.addresses import holds_address, name_beside
from eventapp.guests.reading.vocabulary import key, words

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_NAME_MOST = 60  # characters of what looks like a name
_WORDS_LEAST, _WORDS_MOST = 2, 6
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "de",
        "la",
        "las",
        "los",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "du",
        "des",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "y",
        "e",
        "i",
        "al",
        "bin",
        "ben",
        "ibn",
        "el",
        "zu",
        "zur",
        "le",
        "la",
    ]
)
_BETWEEN_PEOPLE = re.compile(r"\s*(?:&|\+|/|;|,|\by\b|\band\b|\bund\b|\bet\b|\bi\b|\be\b)\s*", re.I)


class Name(NamedTuple):
    text: str = ""
    turned: str = ""  # how the cell has it, where it was read with the family name first


def read_name(cell: str, *, surname_first: bool = False) -> Name:
    """The name in a cell that is one line, without an address that stands there too, and with the
    characters that a tool left as entities of HTML: `O&#39;Neil`.
    """
    line = clean_line(html.unescape(cell)) if "&" in cell and _ENTITY.search(cell) else cell
    if "@" in line:
        if beside := name_beside(line):
            line = beside
        elif holds_address(line) and " " not in line:
            return Name()
    return _turned(line, surname_first=surname_first)


def full_name(parts: Mapping[str, str]) -> str:
    """The name from one column or from its parts. "Nombre" beside "Apellidos" is a part, and so is
    "Nom" beside "Prénom".
    """
    whole, first = parts.get("name", ""), parts.get("first_name", "")
    last = f"{parts.get('last_name', '')} {parts.get('second_last_name', '')}".strip()
    if whole and first and not last:
        return whole if _has(whole, first) else f"{first} {whole}"
    if whole and (first or _has(whole, last)):
        return whole
    given = whole or first
    return given if " " in given and _has(given, last) else f"{given} {last}".strip()


@lru_cache(4096)
def is_unnamed(line: str) -> bool:
    """Whether it says that there is no name."""
    return key(line) in words("unnamed") or not any(map(_says_something, line))


def looks_like_name(cell: str) -> bool:
    """Whether a cell may be the whole name of a person: some words, of letters alone."""
    line = clean_line(cell[: _NAME_MOST + 1])
    parts = line.replace("-", " ").replace(".", " ").split()
    is_short = len(line) <= _NAME_MOST and _WORDS_LEAST <= len(parts) <= _WORDS_MOST
    return is_short and all(_is_name_part(part) for part in parts)


def may_be_name(cell: str) -> bool:
    """Whether a cell may be a name or a part of one: letters, and not a sentence."""
    line = clean_line(cell[: _NAME_MOST + 1])
    has_letters = any(char.isalpha() for char in line)
    is_short = len(line) <= _NAME_MOST and len(line.split()) <= _WORDS_MOST
    return (
        is_short and has_letters and not any(char.isdecimal() or char in "@?!:/" for char in line)
    )


def is_same_person(one: str, other: str) -> bool:
    """Whether two names at one mailbox may be one person's: "Ana" and "Ana Gil"."""
    here, there = set(text.words(one)), set(text.words(other))
    return here <= there or there <= here


def _turned(line: str, *, surname_first: bool) -> Name:
    """ "Gil Sanz, Ana" is "Ana Gil Sanz", unless a company or a "Jr." has the comma."""
    last, comma, first = (part.strip() for part in line.partition(","))
    if not comma or not last or not first:
        return Name(line.strip(" ,"))
    is_part_of_it = "," in first or any(
        key(first) in words(one) for one in ("companies", "suffixes")
    )
    if is_part_of_it:
        given, _, suffix = first.rpartition(",")
        if given and key(suffix) in words("suffixes") and "," not in given:
            return Name(f"{given.strip()} {last}, {suffix.strip()}", line)
        return Name(line)
    if not surname_first and not (_may_be_given(first, line) and _may_be_given(last, line)):
        return Name(line)
    return Name(f"{first} {last}", "" if surname_first else line)


def _says_something(char: str) -> bool:
    """A letter, a digit or a picture: a guest may be called by emoji alone."""
    return char.isalnum() or unicodedata.category(char) == "So"


def _may_be_given(part: str, line: str) -> bool:
    """Whether a part of a line is a name, of one person, and not what somebody says of them."""
    is_word = not part[:1].islower() or line.islower() or part.split()[0] in _PARTICLES
    return is_word and may_be_name(part) and not _BETWEEN_PEOPLE.search(part)


def _has(whole: str, part: str) -> bool:
    return bool(part) and set(text.words(part)) <= set(text.words(whole))


def _is_name_part(part: str) -> bool:
    is_letters = all(char.isalpha() or char in "'’ʼ`" for char in part)
    starts_well = not part[:1].islower() or part.casefold() in _PARTICLES
    return is_letters and starts_well
