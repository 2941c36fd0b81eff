"""The event as its doors know it."""

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
    """What a door reads of its event, as plain values past the session. `count_people` keeps the
    numbers. Event, pass and guest read as objects instead cost 0.7 ms more of a scan's 6.6 ms, and
    took a scan from 2.1 times the bare ORM application to 2.4 on PostgreSQL.
    `tests/door/test_reads.py` compares them with the objects.
    """

    id: int
    community_id: int
    slug: str
    title: str
    tz: str
    starts_at: datetime
    ends_at: datetime
    door_opens_hours_before: int
    door_closes_hours_after: int
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
    """The event with this address. Raises NotFound."""
    row: Sequence[Any] | None = execute(_EVENT, {"slug": slug}).first()
    if row is None:
        raise NotFound
    return EventAtDoor(*row)
