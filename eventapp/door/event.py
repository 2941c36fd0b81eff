"""The columns of an event that its doors need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from eventapp.core.db import execute
from eventapp.core.errors import NotFound
from eventapp.model import Event
from eventapp.model.event import EventFacts


@dataclass
class EventAtDoor(EventFacts):
    """What a door reads of its event, as plain values outside the ORM session. `count_people` keeps
    the counts current. Reading event, pass and guest as ORM objects instead added 0.7 ms to a
    scan's 6.6 ms: on PostgreSQL 2.4 times the bare ORM application instead of 2.1.
    `tests/door/test_reads.py` compares these values with the objects.
    """

    id: int
    community_id: int
    slug: str
    title: str
    tz: str
    starts_at: datetime
    ends_at: datetime
    called_off_at: datetime | None
    door_opens_hours_before: int
    door_closes_hours_after: int
    needs_approval: bool
    capacity: int | None
    seats_taken: int
    admitted: int
    people_left: int
    door_revision: int
    notes_leaving: bool
    door_answers: list[str]
    rehearsal_of_id: int | None


EVENT_COLUMNS = [getattr(Event, column.name) for column in fields(EventAtDoor)]
_EVENT = select(*EVENT_COLUMNS).where(Event.slug == bindparam("slug"))


def event_at_door(slug: str) -> EventAtDoor:
    """The event with this slug. Raises NotFound."""
    row: Sequence[Any] | None = execute(_EVENT, {"slug": slug}).first()
    if row is None:
        raise NotFound
    return EventAtDoor(*row)
