"""The hosts put many guests on the list at once."""

from __future__ import annotations

from typing import Any

from eventapp.core.db import db
from eventapp.model import Event, Person, Rsvp
from eventapp.rsvp.actions import enter_all, lock_seats
from tests.attendees.rows import NOW
from tests.make import Make


def test_each_gets_what_was_said_of_them_and_they_come_in_their_order(make: Make) -> None:
    """Whether or not they have an address, wait or come with anybody."""
    evening, people = make.event(), [make.person() for _ in range(3)]
    with make.act():
        here = db.session.get_one(Event, evening.id)
        lock_seats(here)
        known = [db.session.get_one(Person, person.id) for person in people]
        guests: list[dict[str, Any]] = [
            {
                "name": f"Guest {number}",
                "status": "waitlisted" if number % 2 else "not_going",
                "person": known[number // 500] if number % 500 == 1 else None,
                **({"companions": number % 4} if number % 3 else {}),
            }
            for number in range(1500)
        ]
        entered = [rsvp.id for rsvp in enter_all(here, guests, at=NOW)]
    assert entered == sorted(entered)
    rows = {row.id: row for row in make.rows(Rsvp, event_id=evening.id)}
    for rsvp_id, guest in zip(entered, guests, strict=True):
        row = rows[rsvp_id]
        assert (row.name, row.status) == (guest["name"], guest["status"])
        assert row.companions == guest.get("companions", 0)
        assert row.person_id == (guest["person"].id if guest["person"] else None)
        assert (row.waitlisted_at == NOW) == (guest["status"] == "waitlisted")
    assert len({row.ticket for row in rows.values()}) == 1500
