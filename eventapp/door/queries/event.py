"""The event as its doors know it, and who may stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from werkzeug.exceptions import NotFound

from eventapp.core.db import execute
from eventapp.door.queries.hours import LinkHours, hours_around
from eventapp.model import DoorLink, DoorPass, Event
from eventapp.model.event import EventFacts


@dataclass
class EventAtDoor(EventFacts):
    """What a door reads of its event at every act, past the session: loading the row as an
    object costs as much as all that is asked besides. `count_people` keeps the numbers.
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


_COLUMNS = [getattr(Event, column.name) for column in fields(EventAtDoor)]
_EVENT = select(*_COLUMNS).where(Event.slug == bindparam("slug"))
_PASSES = (
    select(
        DoorPass.id,
        DoorPass.last_seen_at,
        DoorLink.id,
        DoorLink.name,
        DoorLink.role,
        DoorLink.opens_hours_before,
        DoorLink.closes_hours_after,
        *_COLUMNS,
    )
    .join(DoorLink, DoorLink.event_id == Event.id)
    .join(DoorPass, DoorPass.door_link_id == DoorLink.id)
    .where(
        Event.slug == bindparam("slug"),
        DoorPass.phone_digest == bindparam("phone_digest"),
        DoorLink.withdrawn_at.is_(None),
    )
    .order_by(DoorPass.opened_at.desc(), DoorPass.id.desc())
)


def event_at_door(slug: str) -> EventAtDoor:
    """The event with this address. Raises NotFound."""
    row: Sequence[Any] | None = execute(_EVENT, {"slug": slug}).first()
    if row is None:
        raise NotFound
    return EventAtDoor(*row)


class Pass(NamedTuple):
    """By which link a phone stands at a door of which event."""

    pass_id: int
    last_seen_at: datetime
    link_id: int
    door: str
    role: str
    hours: LinkHours
    event: EventAtDoor


def pass_of_phone(slug: str, phone_digest: str, at: datetime) -> Pass | None:
    """The link by which this phone came to this event last, unless it was withdrawn.

    One that is good at this hour comes first; where none is, the caller sees by its `hours`.
    """
    rows: Sequence[Any] = execute(_PASSES, {"slug": slug, "phone_digest": phone_digest}).all()
    passes = [_read(row) for row in rows]
    good = (one for one in passes if one.hours.hold(at))
    return next(good, passes[0] if passes else None)


def _read(row: Sequence[Any]) -> Pass:
    pass_id, last_seen_at, link_id, door, role, before, after, *columns = row
    event = EventAtDoor(*columns)
    hours = hours_around(event, before, after)
    return Pass(pass_id, last_seen_at, link_id, door, role, hours, event)
