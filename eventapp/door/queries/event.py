"""The event as its doors know it, and who may stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from werkzeug.exceptions import NotFound

from eventapp.core.db import db, execute
from eventapp.model import DoorLink, DoorPass, Event, Rsvp
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


_COLUMNS = [getattr(Event, column.name) for column in fields(EventAtDoor)]
_EVENT = select(*_COLUMNS).where(Event.slug == bindparam("slug"))
_PASS = (
    select(DoorLink.id, DoorLink.name, DoorLink.role, *_COLUMNS)
    .join(DoorLink, DoorLink.event_id == Event.id)
    .join(DoorPass, DoorPass.door_link_id == DoorLink.id)
    .where(
        Event.slug == bindparam("slug"),
        DoorPass.phone_digest == bindparam("phone_digest"),
        DoorLink.withdrawn_at.is_(None),
    )
    .order_by(DoorPass.id.desc())
    .limit(1)
)


def event_at_door(slug: str) -> EventAtDoor:
    """The event with this address. Raises NotFound."""
    row: Sequence[Any] | None = execute(_EVENT, {"slug": slug}).first()
    if row is None:
        raise NotFound
    return EventAtDoor(*row)


def answers_given(event: Event) -> list[str]:
    """What guests of the event were asked elsewhere, in the order in which it was met first."""
    answers = db.session.scalars(select(Rsvp.answers).where(Rsvp.event_id == event.id))
    return list(dict.fromkeys(asked for each in answers for asked in each))


class Pass(NamedTuple):
    """By which link a phone stands at a door of which event."""

    link_id: int
    door: str
    role: str
    event: EventAtDoor


def pass_of_phone(slug: str, phone_digest: str) -> Pass | None:
    """The link by which this phone came to this event last, unless it was withdrawn."""
    row: Sequence[Any] | None = execute(_PASS, {"slug": slug, "phone_digest": phone_digest}).first()
    return Pass(row[0], row[1], row[2], EventAtDoor(*row[3:])) if row else None
