"""Whom a form is about, as short a text as many numbers fit into.

"10-2 8" is 10, 11, 12 and 20: how far each is from the one before, and how many follow it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

MOST = 100_000  # guests, as many as one list brings


def written(ids: Iterable[int]) -> str:
    """The ids, whose order is lost."""
    return " ".join(_steps(sorted(ids)))


def read(text: str) -> list[int]:
    """The ids that `written` made a text of. Raises ValueError."""
    ids: list[int] = []
    last = 0
    for step in text.split():
        far, _, following = step.partition("-")
        first, more = last + int(far), int(following or 0)
        if first <= last or more < 0 or len(ids) + more >= MOST:
            raise ValueError(f"no step: {step[:40]}")
        ids.extend(range(first, first + more + 1))
        last = ids[-1]
    return ids


def _steps(ids: list[int]) -> Iterator[str]:
    last, at = 0, 0
    while at < len(ids):
        first, end = ids[at], at
        while end + 1 < len(ids) and ids[end + 1] == ids[end] + 1:
            end += 1
        yield f"{first - last}-{end - at}" if end > at else str(first - last)
        last, at = ids[end], end + 1
