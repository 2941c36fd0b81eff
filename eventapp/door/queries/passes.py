"""By which link a phone stands at a door; and whom it asks for, in the same statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, get_args

from sqlalchemy import ColumnElement, Select, bindparam, select

from eventapp.core.db import execute
from eventapp.door.queries import event as event_query
from eventapp.door.queries import guest as guest_query
from eventapp.door.queries.event import EventAtDoor
from eventapp.door.queries.guest import Guest
from eventapp.door.queries.guests import Key, Wanted
from eventapp.door.queries.hours import LinkHours, hours_around
from eventapp.model import DoorLink, DoorPass, Event, Rsvp


class Pass(NamedTuple):
    """By which link a phone stands at a door of which event. `guest`: whom it asks for, as they
    were then; None where it asks for nobody, or for nobody on the list of this event.
    """

    pass_id: int
    last_seen_at: datetime
    link_id: int
    door: str
    role: str
    hours: LinkHours
    event: EventAtDoor
    guest: Guest | None = None


_PASSES = (
    select(
        DoorPass.id,
        DoorPass.last_seen_at,
        DoorLink.id,
        DoorLink.name,
        DoorLink.role,
        DoorLink.opens_hours_before,
        DoorLink.closes_hours_after,
        *event_query.COLUMNS,
    )
    .select_from(Event)
    .join(DoorLink, DoorLink.event_id == Event.id)
    .join(DoorPass, DoorPass.door_link_id == DoorLink.id)
    .where(
        Event.slug == bindparam("slug"),
        DoorPass.phone_digest == bindparam("phone_digest"),
        DoorLink.withdrawn_at.is_(None),
    )
    .order_by(DoorPass.opened_at.desc(), DoorPass.id.desc())
)


def _with_guest(known_by: ColumnElement[Any]) -> Select[Any]:
    columns = guest_query.columns(Event.community_id, Event.starts_at)
    wanted = (Rsvp.event_id == Event.id) & (known_by == bindparam("wanted"))
    return guest_query.with_arrival(_PASSES.add_columns(*columns).outerjoin(Rsvp, wanted))


_WITH_GUEST = {key: _with_guest(getattr(Rsvp, key)) for key in get_args(Key)}


def pass_of_phone(
    slug: str, phone_digest: str, at: datetime, wanted: Wanted | None = None
) -> Pass | None:
    """The link by which this phone came to this event last, unless it was withdrawn.

    One that is good at this hour comes first; where none is, the caller sees by its `hours`.
    """
    statement = _WITH_GUEST[wanted.key] if wanted else _PASSES
    values = {"slug": slug, "phone_digest": phone_digest, "wanted": wanted and wanted.value}
    passes = [_read(row) for row in execute(statement, values)]
    good = (one for one in passes if one.hours.hold(at))
    return next(good, passes[0] if passes else None)


def _read(row: Sequence[Any]) -> Pass:
    pass_id, last_seen_at, link_id, door, role, before, after, *rest = row
    event = EventAtDoor(*rest[: len(event_query.COLUMNS)])
    guest_id, *_ = guest_columns = rest[len(event_query.COLUMNS) :] or [None]
    return Pass(
        pass_id,
        last_seen_at,
        link_id,
        door,
        role,
        hours_around(event, before, after),
        event,
        Guest._make(guest_columns) if guest_id else None,
    )
