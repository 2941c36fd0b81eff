"""Seats of an event: one for each person, companions included. To change them, lock the event.

To avoid deadlocks, rows are locked in a fixed order: events, RSVPs, mailed codes, people, notices,
mails; rows of one table by their ids.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm.attributes import set_committed_value

from eventapp.core.database_errors import Vanished
from eventapp.core.db import db, execute, lock
from eventapp.model import Event, Person, Rsvp


def lock_seats(event: Event) -> None:
    """Lock the event's row until the commit, and read it anew, so that seats change one at a time.

    A check constraint refuses one seat too many all the same. Rows that only refer to the event,
    such as the door log's, can be written meanwhile: a stronger lock deadlocks with these on
    PostgreSQL, once in some ten thousand times.
    """
    lock(event)


def lock_list(event_id: int) -> None:
    """Lock the event's row until the commit, and make the phones at its doors load the roster
    again, since a guest on it changes.
    """
    again = update(Event).where(Event.id == event_id)
    execute(again.values(door_revision=Event.door_revision + 1))


def lock_rsvps(rsvp_ids: Collection[int]) -> None:
    """Lock several RSVPs until the commit, and read them anew."""
    in_order = select(Rsvp).where(Rsvp.id.in_(rsvp_ids)).order_by(Rsvp.id)
    held = in_order.with_for_update(of=Rsvp, key_share=True)
    db.session.scalars(held.execution_options(populate_existing=True)).all()


def lock_rsvps_of(person: Person) -> None:
    """Lock the events that a person answered, and their RSVPs, until the commit."""
    answered = select(Rsvp.event_id).where(Rsvp.person_id == person.id)
    events = select(Event.id).where(Event.id.in_(answered)).order_by(Event.id)
    db.session.execute(events.with_for_update(key_share=True)).all()
    lock_rsvps(db.session.scalars(select(Rsvp.id).where(Rsvp.person_id == person.id)).all())


def lock_rsvp(rsvp: Rsvp) -> None:
    """Lock the seats of an RSVP's event, and read the RSVP anew. Raises Vanished if it is gone."""
    lock_seats(rsvp.event)
    try:
        db.session.refresh(rsvp)
    except InvalidRequestError as gone:  # another one took its place: two guests became one
        raise Vanished from gone


def lock_own_rsvp(rsvp: Rsvp, key: str) -> None:
    """Lock an RSVP for whoever has its key. Raises Vanished if the key was renewed after the RSVP
    was loaded, because it moved to another address.
    """
    lock_rsvp(rsvp)
    if rsvp.key != key:
        raise Vanished


def take_seats(event: Event, people: int, *, over_capacity: bool = False) -> bool:
    """Take seats of a locked event for the whole party, or none. A party that is in the room, or
    whom a host says so, gets them even `over_capacity`. Returns whether they were taken.
    """
    if event.has_room_for(people):
        event.seats_taken += people
    elif over_capacity:
        take_seats_over_capacity(event, people)
    else:
        return False
    return True


_COUNT = (
    update(Event)
    .where(Event.id == bindparam("event_id"))
    .values(seats_taken=Event.seats_taken + bindparam("people"))
    .returning(Event.seats_taken)
)


def count_seats(event: Event, people: int) -> None:
    """Take seats of a locked event that has room for them. For 0 people it runs the same statement,
    so that response times do not reveal which it was.
    """
    taken = execute(_COUNT, {"event_id": event.id, "people": people}).scalar_one()
    set_committed_value(event, "seats_taken", taken)


def take_seats_over_capacity(event: Event, people: int) -> None:
    """Take seats of a locked event for people who are in the room, even over its capacity."""
    event.seats_taken += people
    _count_over(event)


def free_seats(event: Event, people: int) -> None:
    """Free seats of a locked event. Call `promote` to give them to the waitlist."""
    event.seats_taken -= people
    _count_over(event)


def _count_over(event: Event) -> None:
    event.seats_over = max(0, event.seats_taken - (event.capacity or event.seats_taken))
