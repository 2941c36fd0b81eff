"""How many guests there are of each kind, as the chips of a list say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from eventapp.guests.choice import Mark
from eventapp.model import Status


@dataclass(frozen=True)
class Counts:
    """How many guests a list would show if one more, or another, thing were chosen."""

    by_status: Mapping[Status, int]  # of those with the chosen marks, zeros included
    by_mark: Mapping[Mark, int]  # of those with the chosen status and marks
    removed: int  # with the chosen marks; they count as nothing else
    shown: int

    @property
    def all(self) -> int:
        return sum(self.by_status.values())


class Counted(NamedTuple):
    """Guests of a status, and how many of them have each mark."""

    guests: int
    by_mark: Mapping[Mark, int]

    @classmethod
    def of(cls, status: str, guests: int, by_mark: Mapping[Mark, int]) -> Counted:
        not_yet = guests - by_mark[Mark.CAME] if status == Status.GOING else 0
        return cls(guests, {**by_mark, Mark.NOT_YET: not_yet})


NONE = Counted(0, dict.fromkeys(Mark, 0))
