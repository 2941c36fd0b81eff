"""Many who ask to come, and organisers who decide about all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import insert

from eventapp.communities.actions import record
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.queries import event_at
from eventapp.guests.acts import APPROVE, Doing
from eventapp.guests.many import ManyGuests
from eventapp.guests.stop_asking import ids_waiting, stop_asking
from eventapp.model import Event, Person, Rsvp
from eventapp.rsvp.actions import enter_all
from tests.make import Make


def approve_everybody(event: Event, doing: Doing) -> int:
    """Who waits now."""
    return ManyGuests(event, APPROVE, doing).do(ids_waiting(event))


def ask_no_more(event: Event, doing: Doing) -> int:
    return stop_asking(event, doing, seen=None)


def decide_all(
    make: Make, event: Event, decide: Callable[[Event, Doing], int] = approve_everybody
) -> int:
    """Approve everybody who waits as they are now, or stop asking."""
    with make.app.app_context():
        at = clock.now()
        noted = partial(record, by=None, at=at)
        return decide(event_at(event.slug), Doing(at, noted))


def ask_to_come(make: Make, event: Event, size: int) -> Sequence[Rsvp]:
    """So many people who wait for a yes, every third with somebody, and their addresses proven."""
    at = clock.now()
    people = [
        {
            **dict.fromkeys(("email", "email_key"), f"asks{event.id}.{number}@example.org"),
            **{"name": f"Guest {number}", "language": "en", "created_at": at, "verified_at": at},
        }
        for number in range(size)
    ]
    with make.act():
        there = db.session.scalars(
            insert(Person).returning(Person, sort_by_parameter_order=True), people
        )
        rows = [
            {
                **{"name": person.name, "person": person, "companions": int(number % 3 == 0)},
                **{"status": "pending", "confirmed_at": at, "language": "en"},
            }
            for number, person in enumerate(there.all())
        ]
        return enter_all(db.session.get_one(Event, event.id), rows, at=at)
