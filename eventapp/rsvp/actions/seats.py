"""Seats: people, companions included. Who takes or frees one holds the event's row meanwhile.

Whoever locks several rows locks them in one order, or two would wait for each other: events, then
RSVPs, then mailed codes, then people; and those of one table by their ids.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from eventapp.core.database_errors import Vanished
from eventapp.core.db import db, execute, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Event, Person, Rsvp
from eventapp.rsvp import queries
from eventapp.rsvp.actions import notify


class CapacityBelowTaken(Refusal):
    code = "capacity_below_taken"
    message = _l("%(taken)s places are taken already: the capacity cannot be less than that.")


def lock_seats(event: Event) -> None:
    """Read the event's row anew and hold it until the commit: seats change one at a time.

    The database refuses one seat too many all the same. Rows that only refer to the event, such
    as those of a door's log, are written meanwhile: with a lock against these too, PostgreSQL
    has the two wait for each other once in some ten thousand times.
    """
    lock(event)


def hold_list(event_id: int) -> None:
    """Hold the event's row until the commit, and have the phones at its doors ask for the list
    again: what it says of a guest changes.
    """
    again = update(Event).where(Event.id == event_id)
    execute(again.values(door_revision=Event.door_revision + 1))


def hold_rsvps(rsvp_ids: Collection[int]) -> None:
    """Hold several RSVPs until the commit, and read them as they are now."""
    in_order = select(Rsvp).where(Rsvp.id.in_(rsvp_ids)).order_by(Rsvp.id)
    held = in_order.with_for_update(of=Rsvp, key_share=True)
    db.session.scalars(held.execution_options(populate_existing=True)).all()


def hold_answers_of(person: Person) -> None:
    """Hold the events that somebody answered, and their RSVPs, until the commit."""
    answered = select(Rsvp.event_id).where(Rsvp.person_id == person.id)
    events = select(Event.id).where(Event.id.in_(answered)).order_by(Event.id)
    db.session.execute(events.with_for_update(key_share=True)).all()
    hold_rsvps(db.session.scalars(select(Rsvp.id).where(Rsvp.person_id == person.id)).all())


def lock_rsvp(rsvp: Rsvp) -> None:
    """Hold the seats of an RSVP's event, and read the RSVP as it is now."""
    lock_seats(rsvp.event)
    db.session.refresh(rsvp)


def lock_own_rsvp(rsvp: Rsvp, key: str) -> None:
    """Lock an RSVP for whoever has its key. Raises Vanished where the key was renewed since the
    RSVP was found, because it was given to another address.
    """
    lock_rsvp(rsvp)
    if rsvp.key != key:
        raise Vanished


def take_seats(event: Event, people: int) -> bool:
    """Take seats for a whole party of a locked event, or none of them."""
    if not event.has_room_for(people):
        return False
    event.seats_taken += people
    return True


def count_seats(event: Event, people: int) -> None:
    """Take seats of a locked event that there is room for; or none, by the same statement, so
    that how long it takes tells nobody which.
    """
    counted = update(Event).where(Event.id == event.id).returning(Event.seats_taken)
    taken = execute(counted.values(seats_taken=Event.seats_taken + people)).scalar_one()
    set_committed_value(event, "seats_taken", taken)


def take_seats_over_capacity(event: Event, people: int) -> None:
    """Take seats of a locked event for people who are in the room, fit or not."""
    event.seats_taken += people
    _count_over(event)


def give_place(rsvp: Rsvp) -> None:
    """Let somebody come whom the list had said no to, fit or not: a lead at the door decided."""
    lock_rsvp(rsvp)
    if not rsvp.holds_a_seat:
        take_seats_over_capacity(rsvp.event, rsvp.party)
        rsvp.status, rsvp.waitlisted_at = "going", None
        db.session.flush()


def free_seats(event: Event, people: int) -> None:
    """Give seats of a locked event back. Whoever waits for them is let in by `promote`."""
    event.seats_taken -= people
    _count_over(event)


def _count_over(event: Event) -> None:
    event.seats_over = max(0, event.seats_taken - (event.capacity or event.seats_taken))


def change_capacity(event: Event, capacity: int | None, *, at: datetime) -> None:
    """Set how many people fit (None: as many as come), and let in who fits now.

    Raises CapacityBelowTaken.
    """
    lock_seats(event)
    if capacity is not None and capacity < event.seats_taken:
        raise CapacityBelowTaken(taken=event.seats_taken)
    event.capacity = capacity
    event.seats_over = 0
    promote(event, at=at)


def promote(event: Event, *, at: datetime) -> None:
    """Let in whoever waits and fits, first come first, and mail them. The event is locked.

    A party that does not fit keeps its place and lets smaller ones pass.
    """
    if not event.takes_rsvps(at):
        return
    while waiting := queries.first_who_fit(event):
        for rsvp in waiting:
            if take_seats(event, rsvp.party):
                rsvp.status, rsvp.waitlisted_at = "going", None
                notify.promoted(rsvp, at=at)
