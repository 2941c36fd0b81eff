"""Find where two texts differ, to mark it in both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

CONTEXT_WORDS = 24  # shown around what differs; a word and the space after it count as two


class Marked(NamedTuple):
    """A text with the part that differs from another; long unchanged parts around it are cut."""

    before: str
    changed: str
    after: str

    @property
    def is_empty(self) -> bool:
        return not any(self)


def mark_difference(one: str, other: str) -> tuple[Marked, Marked]:
    """Both texts, each with everything marked between its first and its last word that the other
    lacks. Takes linear time, whatever the texts.
    """
    words, other_words = re.findall(r"\s+|\S+", one), re.findall(r"\s+|\S+", other)
    start = _common(words, other_words)
    end = _common(words[start:][::-1], other_words[start:][::-1])
    return _mark(words, start, len(words) - end), _mark(other_words, start, len(other_words) - end)


def _common(words: Sequence[str], other_words: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = zip(words, other_words, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _mark(words: list[str], start: int, end: int) -> Marked:
    before, after = words[:start], words[end:]
    changed = "".join(words[start:end])
    visible = changed.strip()
    space, _, space_after = changed.partition(visible) if visible else ("", "", changed)
    return Marked(
        ("…" if len(before) > CONTEXT_WORDS else "") + "".join(before[-CONTEXT_WORDS:]) + space,
        visible,
        space_after + "".join(after[:CONTEXT_WORDS]) + ("…" if len(after) > CONTEXT_WORDS else ""),
    )
