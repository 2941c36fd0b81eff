"""A phone's pass for a door, and its hours. The guest of the request is read in the same query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, get_args

from sqlalchemy import ColumnElement, Select, bindparam, select, update

from eventapp.core.db import execute
from eventapp.door.event import EVENT_COLUMNS, EventAtDoor
from eventapp.door.guests import Guest, Key, Wanted, guest_columns, with_arrival
from eventapp.model import DoorLink, DoorPass, Event, Rsvp
from eventapp.model.event import EventFacts


class LinkHours(NamedTuple):
    """When a door link may be used; None: no limit of its own. The event's door keeps its hours."""

    opens_at: datetime | None
    closes_at: datetime | None

    def is_early(self, at: datetime) -> bool:
        return self.opens_at is not None and at < self.opens_at

    def hold(self, at: datetime) -> bool:
        return not self.is_early(at) and (self.closes_at is None or at < self.closes_at)


def hours_around(event: EventFacts, before: int | None, after: int | None) -> LinkHours:
    """From `before` hours before the event starts to `after` hours after it ends."""
    return LinkHours(
        None if before is None else event.starts_at - timedelta(hours=before),
        None if after is None else event.ends_at + timedelta(hours=after),
    )


class Pass(NamedTuple):
    """A phone's access to a door of an event, and the link that gave it. `guest` is the guest of
    the request as read then; None if it is about none, or about nobody on this event's list.
    """

    pass_id: int
    last_seen_at: datetime
    link_id: int
    door: str
    role: str
    opens_hours_before: int | None
    closes_hours_after: int | None
    event: EventAtDoor
    guest: Guest | None = None

    @property
    def hours(self) -> LinkHours:
        return hours_around(self.event, self.opens_hours_before, self.closes_hours_after)


_PASSES = (
    select(
        DoorPass.id,
        DoorPass.last_seen_at,
        DoorLink.id,
        DoorLink.name,
        DoorLink.role,
        DoorLink.opens_hours_before,
        DoorLink.closes_hours_after,
        *EVENT_COLUMNS,
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
    columns = guest_columns(Event.community_id, Event.starts_at)
    wanted = (Rsvp.event_id == Event.id) & (known_by == bindparam("wanted"))
    return with_arrival(_PASSES.add_columns(*columns).outerjoin(Rsvp, wanted))


_EVENT_FROM = Pass._fields.index("event")
_GUEST_FROM = _EVENT_FROM + len(EVENT_COLUMNS)
_WITH_GUEST = {key: _with_guest(getattr(Rsvp, key)) for key in get_args(Key)}


def pass_of_phone(
    slug: str, phone_digest: str, at: datetime, wanted: Wanted | None = None
) -> Pass | None:
    """The phone's pass for this event, if any: the one opened last whose hours include `at`, else
    the one opened last. The caller checks its `hours`.
    """
    statement = _WITH_GUEST[wanted.key] if wanted else _PASSES
    values = {"slug": slug, "phone_digest": phone_digest, "wanted": wanted and wanted.value}
    passes = [_read(row) for row in execute(statement, values)]
    good = (one for one in passes if one.hours.hold(at))
    return next(good, passes[0] if passes else None)


def _read(row: Sequence[Any]) -> Pass:
    link, event, guest = row[:_EVENT_FROM], row[_EVENT_FROM:_GUEST_FROM], row[_GUEST_FROM:]
    is_there = guest and guest[0] is not None
    return Pass._make((*link, EventAtDoor(*event), Guest._make(guest) if is_there else None))


_SEE = (
    update(DoorPass)
    .where(DoorPass.id == bindparam("pass_id"), DoorPass.last_seen_at < bindparam("minute"))
    .values(last_seen_at=bindparam("minute"))
)


def see_phone(pass_id: int, *, at: datetime) -> None:
    """Record when the phone was last seen, to the minute. Idempotent within that minute.

    To be called last in a transaction: actions lock the event's row before the phone's pass;
    otherwise two could deadlock.
    """
    execute(_SEE, {"pass_id": pass_id, "minute": at.replace(second=0, microsecond=0)})
