"""Make one guest of two, in tests."""

from __future__ import annotations

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests.merge import merge_guests, two_of
from eventapp.model import Rsvp
from tests.make import Make


def merge(make: Make, one: Rsvp, other: Rsvp) -> Rsvp:
    """Returns who is left."""
    with make.act():
        two = two_of(db.session.get_one(Rsvp, one.id), db.session.get_one(Rsvp, other.id))
        merge_guests(two, seen=two.seen, at=clock.now())
    [left] = [row for row in make.rows(Rsvp) if row.id in (one.id, other.id)]
    return left
