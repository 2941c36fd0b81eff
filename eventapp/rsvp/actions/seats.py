"""Seats: people, companions included. Who takes or frees one holds the event's row meanwhile.

Whoever locks several rows locks them in one order, or two would wait for each other: events, then
RSVPs, then mailed codes, then people, then notices, then mails; and those of one table by their
ids.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from eventapp.core.database_errors import Vanished
from eventapp.core.db import db, execute, lock
from eventapp.model import Event, Person, Rsvp


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


def take_seats(event: Event, people: int, *, is_in: bool = False) -> bool:
    """Take seats of a locked event for a whole party, or none of them; for who `is_in` the room
    already, fit or not. Returns whether they were taken.
    """
    if event.has_room_for(people):
        event.seats_taken += people
    elif is_in:
        take_seats_over_capacity(event, people)
    else:
        return False
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


def free_seats(event: Event, people: int) -> None:
    """Give seats of a locked event back. Whoever waits for them is let in by `promote`."""
    event.seats_taken -= people
    _count_over(event)


def _count_over(event: Event) -> None:
    event.seats_over = max(0, event.seats_taken - (event.capacity or event.seats_taken))
