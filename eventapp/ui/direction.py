"""Which way each character of a line is written: the bidirectional algorithm, UAX 9.

python-bidi knows all of its rules but the one for brackets (N0), which is here: without it, a name
as محمد (Mo) would get one of them on the wrong side.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bidi import algorithm

TURNS = frozenset({"R", "AL", "AN", "RLE", "LRE", "RLO", "LRO"})
# To python-bidi. What Unicode added since Python's tables is taken for left to right.
UNKNOWN = {"": "L", "LRI": "BN", "RLI": "BN", "FSI": "BN", "PDI": "BN"}
STRONG = {"L": "L", "R": "R", "AL": "R", "AN": "R", "EN": "R"}  # numbers count as R, by N0
BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "「": "」", "【": "】"}


@lru_cache(20_000)
def levels(text: str, *, base: int) -> tuple[int, ...]:
    """The embedding level of each character: odd where it is written right to left. `base` is that
    of the line.
    """
    if not base and not any(unicodedata.bidirectional(char) in TURNS for char in text):
        return (0,) * len(text)
    storage = algorithm.get_empty_storage() | {"base_level": base, "base_dir": "LR"[base]}
    algorithm.get_embedding_levels(text, storage)
    whole = list(storage["chars"])  # the next step leaves characters out
    for char in whole:
        char["type"] = UNKNOWN.get(char["type"], char["type"])
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], base)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    return tuple(char["level"] for char in whole)


def is_rtl(text: str) -> bool:
    """Whether its first letter with a direction is written right to left (P2, P3)."""
    return bool(algorithm.get_base_level(text))


def _resolve_brackets(chars: list[dict[str, Any]], base: int) -> None:
    """N0, for a line without embeddings: a pair takes the direction of the line if something in it
    has that, or else that of what it holds, where the text before it has that too.
    """
    along, against = ("R", "L") if base else ("L", "R")
    for opens, closes in _pairs([char["ch"] for char in chars]):
        inside = {STRONG.get(char["type"]) for char in chars[opens + 1 : closes]}
        before = (STRONG.get(char["type"]) for char in reversed(chars[:opens]))
        if along in inside or against in inside:
            is_along = along in inside or next(filter(None, before), along) == along
            chars[opens]["type"] = chars[closes]["type"] = along if is_along else against


def _pairs(text: list[str]) -> Iterator[tuple[int, int]]:
    """The places of brackets that belong together, in the order in which they open."""
    found, waiting = [], list[tuple[str, int]]()
    for place, char in enumerate(text):
        if char in BRACKETS:
            waiting.append((BRACKETS[char], place))
        elif any(closing == char for closing, _ in waiting):
            while waiting:
                closing, opens = waiting.pop()
                if closing == char:
                    found.append((opens, place))
                    break
    yield from sorted(found)
