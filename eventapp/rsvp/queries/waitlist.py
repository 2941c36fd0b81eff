"""Who waits for a place, in what order, and who would fit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, bindparam, func, select, tuple_
from sqlalchemy.orm import joinedload

from eventapp.core.db import UtcDateTime, db
from eventapp.model import Event, Rsvp, Status


def first_who_fit(event: Event, most: int = 100) -> Sequence[Rsvp]:
    """The waitlist's parties for which there are places, in order of arrival."""
    fits = [] if event.seats_left is None else [1 + Rsvp.companions <= event.seats_left]
    waiting = select(Rsvp).where(*_waits_for(event), *fits).options(joinedload(Rsvp.person))
    return db.session.scalars(waiting.order_by(*_FIRST_COME).limit(most)).all()


def _waits_for(event: Event) -> list[ColumnElement[bool]]:
    return [Rsvp.event_id == event.id, Rsvp.status == Status.WAITLISTED]


_FIRST_COME = (Rsvp.waitlisted_at, Rsvp.id)


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


def count_who_would_fit(event: Event) -> int:
    """How many parties of the waitlist there are places for, in order of arrival."""
    parties = select(1 + Rsvp.companions).where(*_waits_for(event)).order_by(*_FIRST_COME)
    left, count = event.seats_left, 0
    for party in db.session.scalars(parties):
        if left is None or party <= left:
            left = None if left is None else left - party
            count += 1
    return count


def count_people_waiting(event: Event) -> int:
    """How many people are on the waitlist, companions included."""
    people = select(func.sum(1 + Rsvp.companions)).where(*_waits_for(event))
    return db.session.scalar(people) or 0
