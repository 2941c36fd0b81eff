"""Names as helpers mistype them: the queries that a door's search is measured by."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from eventapp.core import text

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONG_ENOUGH = 4  # letters of a word that a mistake is made in
PARTICLES = {"de", "la", "del", "du", "von", "der", "zu"}


class Query(NamedTuple):
    """What was typed, which mistake is in it, and the name that was meant."""

    typed: str
    mistake: str
    name: str


def queries(names: Sequence[str], count: int, seed: int = 6) -> list[Query]:
    """So many names of these, each with one mistake; every kind of mistake as often."""
    chance = random.Random(seed)
    kinds = list(MISTAKES.items())
    made: list[Query] = []
    for name in chance.sample(names, len(names)):
        mistake, make = kinds[len(made) % len(kinds)]
        typed = make(chance, name)
        if typed is not None and typed != name:
            made.append(Query(typed, mistake, name))
        if len(made) == count:
            return made
    raise ValueError(f"{len(names)} names are too few for {count} queries")


Mistake = Callable[[random.Random, str], str | None]


def _in_one_word(spoil: Callable[[random.Random, str], str | None]) -> Mistake:
    """The mistake, in one of the longer words of a name."""

    def make(chance: random.Random, name: str) -> str | None:
        words = name.split()
        long = [place for place, word in enumerate(words) if len(word) >= LONG_ENOUGH]
        if not long:
            return None
        place = chance.choice(long)
        spoilt = spoil(chance, words[place])
        if spoilt is None or text.fold(spoilt) == text.fold(words[place]):
            return None
        return " ".join([*words[:place], spoilt, *words[place + 1 :]])

    return make


def _one_wrong(chance: random.Random, word: str) -> str:
    place = chance.randrange(len(word))
    return word[:place] + chance.choice(LETTERS) + word[place + 1 :]


def _one_missing(chance: random.Random, word: str) -> str:
    place = chance.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _one_doubled(chance: random.Random, word: str) -> str:
    place = chance.randrange(len(word))
    return word[:place] + word[place] + word[place:]


def _two_swapped(chance: random.Random, word: str) -> str:
    place = chance.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _without_accents(_: random.Random, name: str) -> str:
    marked = unicodedata.normalize("NFD", name)
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def _surname_first(_: random.Random, name: str) -> str | None:
    """As on an identity card: "García López, José"."""
    first, *rest = name.split()
    return f"{' '.join(rest)} {first}" if rest else None


def _without_second_surname(_: random.Random, name: str) -> str | None:
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 2 and words[-2] not in PARTICLES else None


MISTAKES: dict[str, Mistake] = {
    "a letter wrong": _in_one_word(_one_wrong),
    "a letter missing": _in_one_word(_one_missing),
    "a letter doubled": _in_one_word(_one_doubled),
    "two letters swapped": _in_one_word(_two_swapped),
    "accents missing": _without_accents,
    "surname first": _surname_first,
    "second surname left out": _without_second_surname,
}
