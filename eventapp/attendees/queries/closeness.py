"""Rank names by how close they are to what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from eventapp.core import fuzzy

NOT_THERE = 6  # the distance of a typed word without a counterpart: about that of unlike words


class Closeness(NamedTuple):
    """How far a name is from what was typed; compared field by field, smaller is closer."""

    apart: int  # sum over the typed words of the distance to the nearest word of the name
    left_out: int  # words of the name that were not typed
    disorder: int  # typed words that stand in another order in the name


class Typed:
    """The typed words, with a cache of distances, as hundreds of names share many words."""

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
    """The ids of these names (id → folded name), closest to the typed words first."""
    beside = Typed(typed)
    return sorted(names, key=lambda id_: (beside.closeness(names[id_]), names[id_], id_))
