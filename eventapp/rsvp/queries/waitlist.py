"""Who waits for a place, in what order, and who would fit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select, tuple_
from sqlalchemy.orm import joinedload

from eventapp.core.db import UtcDateTime, db
from eventapp.model import Event, Rsvp, Status


def first_who_fit(event: Event, most: int = 100) -> Sequence[Rsvp]:
    """The waitlist's parties for which there are places, in order of arrival."""
    values = {"event_id": event.id, "most": most, "left": event.seats_left}
    return db.session.scalars(_WAITS if event.seats_left is None else _FITS, values).all()


def _waits_for(event: Event) -> list[ColumnElement[bool]]:
    return [Rsvp.event_id == event.id, Rsvp.status == Status.WAITLISTED]


_FIRST_COME = (Rsvp.waitlisted_at, Rsvp.id)
_WAITS = (  # made once: every answer asks who fits now
    select(Rsvp)
    .where(Rsvp.event_id == bindparam("event_id"), Rsvp.status == Status.WAITLISTED)
    .options(joinedload(Rsvp.person))
    .order_by(*_FIRST_COME)
    .limit(bindparam("most"))
)
_FITS = _WAITS.where(1 + Rsvp.companions <= bindparam("left"))


def waitlist_position(rsvp: Rsvp) -> int | None:
    """1 for the first on the waitlist. Returns None if they are not on it."""
    return count_waiting_before(rsvp) + 1 if rsvp.status == Status.WAITLISTED else None


_WAITING_BEFORE = (
    select(func.count())
    .select_from(Rsvp)
    .where(
        Rsvp.event_id == bindparam("event_id"),
        Rsvp.status == Status.WAITLISTED,
        tuple_(*_FIRST_COME) < tuple_(bindparam("since", type_=UtcDateTime), bindparam("id")),
    )
)


def count_waiting_before(rsvp: Rsvp) -> int:
    """How many parties are on the waitlist before this one; 0 if it is not on it."""
    values = {"event_id": rsvp.event_id, "since": rsvp.waitlisted_at, "id": rsvp.id}
    return db.session.scalar(_WAITING_BEFORE, values) or 0


def fitting(parties: Iterable[Any], left: int | None) -> Iterator[Any]:
    """Those of these who get a place, one after the other: who does not fit is passed over."""
    for one in parties:
        if left is None or one.party <= left:
            yield one
            left = None if left is None else left - one.party


def who_would_fit(event: Event, *, freed: int = 0, gone: Collection[int] = ()) -> list[Row[Any]]:
    """The parties of the waitlist for which there are places, or would be with so many seats more;
    `gone` left out. In order of arrival.
    """
    party = (1 + Rsvp.companions).label("party")
    parties = select(Rsvp.id, Rsvp.name, Rsvp.person_id, party).where(*_waits_for(event))
    line = db.session.execute(parties.order_by(*_FIRST_COME)).all()
    return list(fitting((row for row in line if row.id not in gone), event.seats_left_once(freed)))


def count_people_waiting(event: Event) -> int:
    """How many people are on the waitlist, companions included."""
    people = select(func.sum(1 + Rsvp.companions)).where(*_waits_for(event))
    return db.session.scalar(people) or 0
