"""What the title of a column says: its meaning, and whose column it is. Words: titles.toml.

"Attendee's e-mail" is taken apart into whose it is and what: the guest's `email`. What is left of
a title must be known as a whole; only if it is not, questions are looked for inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from eventapp.guests.reading.vocabulary import entries, key, load, meanings

FILE = "titles.toml"
NAMES = ("name", "surname_first", "first_name", "last_name", "second_last_name")
WHO = (*NAMES, "email")  # without one of these, nobody knows whom a row is about
_NUMBERED_MOST = 20
_SHORT = 3  # letters of a word that begins no other
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BETWEEN_LANGUAGES = re.compile(r"[/|·\n]")
_LANGUAGES_MOST = 4  # in one title


class Whose(IntEnum):
    """Whose column it is; of two with one meaning, the smaller wins."""

    HOLDER = 0  # attendee, participant, ticket holder
    GUEST = 1  # a "guest" is the holder, or comes along with whom the list names
    UNSAID = 2
    BUYER = 3
    COMPANION = 4
    OTHER = 5  # a company, an event


class Title(NamedTuple):
    meaning: str  # a section of titles.toml, companion_names or companion_last_names
    whose: Whose = Whose.UNSAID
    number: int = 0  # of several: "Guest 2", "E-mail 1 - Value"
    asked: bool = False  # found inside a question


class _Phrase(NamedTuple):
    whose: Whose
    start: int  # by words
    end: int


@lru_cache(4096)
def read_title(title: str) -> Title | None:
    """What a title says. Returns None if it says nothing that we know."""
    bare = _PARENTHESES.sub(" ", title)
    readings = (_read(key(title)), _read(key(bare)), _part_of_name(bare), _in_two_languages(bare))
    if found := next(filter(None, readings), None):
        return found
    questions = (_question(key(text)) for text in dict.fromkeys((title, bare)))
    if found := next(filter(None, questions), None):
        return found
    is_of_others = any(one.whose == Whose.OTHER for one in _phrases(key(bare).split()))
    return Title("answer", Whose.OTHER) if is_of_others else None


def _part_of_name(title: str) -> Title | None:
    """Of "Attendee name: Given name": the part, of whom the whole is."""
    whole, colon, part = title.partition(":")
    there, inside = _read(key(whole)), _read(key(part))
    if colon and there and inside and {there.meaning, inside.meaning} <= set(NAMES):
        return inside._replace(whose=there.whose)
    return None


def _in_two_languages(title: str) -> Title | None:
    """Of "Nombre / Name": what all its parts say."""
    parts = [part for part in _BETWEEN_LANGUAGES.split(title) if key(part)]
    if 2 <= len(parts) <= _LANGUAGES_MOST:
        read = [_read(key(part)) for part in parts]
        if read[0] and all(one and one.meaning == read[0].meaning for one in read):
            return read[0]
    return None


def _read(title: str) -> Title | None:
    tokens = title.split()
    phrases = list(_phrases(tokens))
    if meaning := meanings(FILE, "titles").get(title):
        return Title(meaning, _nearest(phrases, [], of=meaning))
    numbers = [int(one) for one in tokens if one.isdecimal() and 0 < int(one) <= _NUMBERED_MOST]
    rest = [i for i, one in enumerate(tokens) if not one.isdecimal() and not _is_in(phrases, i)]
    thing = [i for i in rest if tokens[i] not in _fillers()]
    whose = _nearest(phrases, thing)
    meaning = meanings(FILE, "titles").get(" ".join(tokens[i] for i in thing))
    if whose == Whose.OTHER or (not thing and any(one.whose == Whose.OTHER for one in phrases)):
        is_asked = meaning == "status" and len(thing) > 1  # "Will you attend the talk?"
        return Title("answer", whose) if (meaning or not thing) and not is_asked else None
    if not thing and phrases:
        meaning = "name"
    elif not meaning and len(thing) == 1:
        meaning = _compound(tokens[thing[0]])[1]
    if not meaning:
        return None
    number = numbers[0] if numbers else 0
    if whose == Whose.COMPANION or (whose == Whose.GUEST and number and not thing):
        return _of_companion(meaning, whose, number, is_bare=not thing)
    return Title(meaning, whose, number)


def _of_companion(meaning: str, whose: Whose, number: int, *, is_bare: bool) -> Title:
    if meaning in NAMES and not (is_bare and whose == Whose.COMPANION and not number):
        return Title(of_companion(meaning), whose, number)
    is_count = meaning in ("name", "companions", "people")
    return Title("companions" if is_count else "answer", whose, number)


def _phrases(tokens: Sequence[str]) -> Iterator[_Phrase]:
    """Where a title says whose it is; the longest words for it first."""
    at = 0
    while at < len(tokens):
        for length in range(min(4, len(tokens) - at), 0, -1):
            words = " ".join(tokens[at : at + length])
            if (whose := _owners().get(words)) is not None:
                yield _Phrase(whose, at, at + length)
                at += length - 1
                break
        else:
            if (whose := _compound(tokens[at])[0]) is not None:
                yield _Phrase(whose, at, at)
        at += 1


@cache
def _owners() -> dict[str, Whose]:
    sections = load(FILE)["whose"]
    return {
        word: Whose[name.upper()] for name, words in sections.items() for word in entries(words)
    }


def of_companion(meaning: str) -> str:
    """What a column with a name means if it is a companion's."""
    return "companion_last_names" if "last_name" in meaning else "companion_names"


@lru_cache(4096)
def _compound(word: str) -> tuple[Whose | None, str]:
    """Whose it is and what, as German and Dutch write it in one word: `kauferemail`."""
    if word.startswith(_beginnings()):
        for owner in _beginnings():
            meaning = meanings(FILE, "titles").get(word.removeprefix(owner).removeprefix("s"))
            if meaning and word.startswith(owner):
                return _owners()[owner], meaning
    return None, ""


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(word for word in _owners() if len(word) > _SHORT)


def _nearest(phrases: Sequence[_Phrase], thing: Sequence[int], of: str = "") -> Whose:
    """Whose it is: of "order attendee name" the attendee's, of "nombre del comprador de la
    entrada" the buyer's, as nearer to what it is.
    """
    if not phrases:
        return Whose.UNSAID
    if not thing:
        return min(one.whose for one in phrases) if of else phrases[0].whose

    def distance(one: _Phrase) -> int:
        return min(abs(i - at) for i in thing for at in (one.start, max(one.end - 1, one.start)))

    return min(phrases, key=distance).whose


def _is_in(phrases: Sequence[_Phrase], index: int) -> bool:
    return any(one.start <= index < one.end for one in phrases)


@cache
def _fillers() -> frozenset[str]:
    return frozenset(word for phrase in entries(load(FILE)["filler"]) for word in phrase.split())


@cache
def _questions() -> list[tuple[str, tuple[str, ...]]]:
    sections = load(FILE)["questions"]
    return [(meaning, tuple(dict.fromkeys(entries(words)))) for meaning, words in sections.items()]


@cache
def _unless(meaning: str) -> frozenset[str]:
    return frozenset(entries(load(FILE)["unless"].get(meaning, {})))


def _question(title: str) -> Title | None:
    tokens = title.split()
    whose = {phrase.whose for phrase in _phrases(tokens)}
    padded = f" {title} "
    for section, asked in _questions():
        meaning = "name" if section == "whole_name" else section
        about = "name" if meaning in NAMES else meaning
        is_of_others = about in ("name", "email", "phone") and whose & {
            Whose.OTHER, Whose.COMPANION,
        }  # fmt: skip
        if is_of_others or any(f" {word} " in padded for word in _unless(about)):
            continue
        if any(f" {words} " in padded for words in asked):
            is_buyers = whose == {Whose.BUYER} and about in ("name", "email", "phone")
            return Title(meaning, Whose.BUYER if is_buyers else Whose.UNSAID, asked=True)
    return None
