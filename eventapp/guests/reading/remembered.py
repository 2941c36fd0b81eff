"""What somebody said of an earlier list with the same titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from eventapp.core.links import digest
from eventapp.guests.reading.vocabulary import key


@dataclass(frozen=True)
class Said:
    """What columns mean, by their titles, and words in a status column."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)


Remembered = Mapping[str, Said]
"""By `titles_key`."""


def titles_key(titles: Iterable[str]) -> str:
    """Equal for lists with the same titles, in whatever order and spelling."""
    return digest("\n".join(sorted({key(title) for title in titles if title})))
