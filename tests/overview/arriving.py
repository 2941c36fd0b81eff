"""Guests who come to an event."""

from __future__ import annotations

from datetime import datetime

from eventapp.core.db import db
from eventapp.model import CheckIn, Event
from tests.make import Make


def come(make: Make, event: Event, at: datetime, people: int = 1) -> None:
    """A party that came in, as a door notes it."""
    rsvp = make.rsvp(event, companions=people - 1)
    row = {"event_id": event.id, "rsvp_id": rsvp.id, "people": people, "at": at}
    with make.act():
        db.session.add(CheckIn(**row, door="Main door", by="Main door"))
        there = db.session.get_one(Event, event.id)
        there.admitted += people
        there.door_revision += 1
