"""What was said of introductions at an evening, kept beside the rows, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from eventapp.model import (
    Person,
    Rsvp,
)
from tests.attendees.rows import NOW

NAMES = ("Quilana", "Wexbert", "Zorcarla", "Jymdora", "Vopeva")
MAKERS, OTHERS = (0, 3), (1, 2, 4)  # who met everybody, and who met nobody else


@dataclass
class Told:
    """What was said of one introduction, kept by the test itself."""

    by: int
    two: tuple[int, int]
    at: datetime
    yes: set[int] = field(default_factory=set)
    is_joined: bool = False
    is_withdrawn: bool = False


@dataclass
class Handed:
    """What was said of one contact that is passed on to somebody outside."""

    by: int
    whom: int
    ends_at: datetime
    has_agreed: bool = False
    is_over: bool = False


@dataclass
class Evening:
    rsvps: list[Rsvp]
    people: list[Person]
    at: datetime = NOW
    told: dict[int, Told] = field(default_factory=dict)  # by the id of its row
    blocks: set[tuple[int, int]] = field(default_factory=set)
    ticked: set[int] = field(default_factory=lambda: set(range(len(NAMES))))
    taken_back: set[tuple[int, int]] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    suggestible: set[int] = field(default_factory=set)
    quiet: set[int] = field(default_factory=set)
    passed: dict[int, Handed] = field(default_factory=dict)  # by the id of its row

    def are_apart(self, one: int, other: int) -> bool:
        return (one, other) in self.blocks or (other, one) in self.blocks

    def met(self, one: int, other: int) -> bool:
        return one in MAKERS or other in MAKERS

    def crosses(self, owner: int, holder: int) -> bool:
        """Whether the owner's card does."""
        pair = {owner, holder}
        joined = any(one.is_joined and set(one.two) == pair for one in self.told.values())
        agreed = self.met(owner, holder) or joined
        is_shared = owner in self.ticked and (owner, holder) not in self.taken_back
        return agreed and is_shared and not self.are_apart(owner, holder)
