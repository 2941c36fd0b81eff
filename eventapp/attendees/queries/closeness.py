"""Which of the names that were found comes first: the one that is nearest to what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from eventapp.core import fuzzy

NOT_THERE = 6  # as far as two words that are hardly alike, or nearly


class Closeness(NamedTuple):
    """How far a name is from what was typed; the smallest comes first."""

    apart: int  # of the typed words, each from the word of the name that is nearest to it
    left_out: int  # words of the name that were not typed
    disorder: int  # typed words that stand further ahead in the name than those before them


class Typed:
    """The words that were typed, beside names by the hundred that share many of theirs."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._nearness: dict[tuple[str, str], int | None] = {}

    def closeness(self, name_key: str) -> Closeness:
        apart, places = 0, []
        words = name_key.split()
        for typed in self._words:
            near = [
                (nearness, place in places, place)
                for place, word in enumerate(words)
                if (nearness := self._near(typed, word)) is not None
            ]
            nearness, _, place = min(near, default=(NOT_THERE, False, None))
            apart += nearness
            if place is not None:
                places.append(place)
        disorder = sum(place < before for before, place in pairwise(places))
        return Closeness(apart, len(words) - len(set(places)), disorder)

    def _near(self, typed: str, word: str) -> int | None:
        pair = typed, word
        if pair not in self._nearness:
            self._nearness[pair] = fuzzy.nearness(typed, word)
        return self._nearness[pair]


def nearest_first(typed: Sequence[str], names: Mapping[int, str]) -> list[int]:
    """The ids of these names (id → folded name), the nearest to the typed words first."""
    beside = Typed(typed)
    return sorted(names, key=lambda id_: (beside.closeness(names[id_]), names[id_], id_))
