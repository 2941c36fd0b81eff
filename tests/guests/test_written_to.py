"""Who may be written to: the database says it of many, Python of one, and both the same."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests.writing import MAY_BE_WRITTEN_TO, may_be_written_to
from eventapp.model import Rsvp, Status
from tests.make import Make

REACHED = {Status.GOING, Status.MAYBE, Status.WAITLISTED, Status.PENDING}
ADDRESSES: dict[str, tuple[dict[str, Any], bool]] = {
    "confirmed": ({}, True),
    "typed": ({"confirmed_at": None}, False),
    "brought": ({"confirmed_at": None, "source": "import"}, True),
    "none": ({"person": None}, False),
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_both_say_the_same(make: Make, address: str) -> None:
    more, is_reached = ADDRESSES[address]
    event, now = make.event(), clock.now()
    for status in Status:
        make.rsvp(event, status, status=status, **more)
    make.rsvp(event, "removed", status=Status.CANCELLED, removed_at=now, **more)
    expected = REACHED if is_reached else set()
    with make.app.app_context():
        guests = db.session.scalars(select(Rsvp)).all()
        assert len(guests) == len(Status) + 1
        told = {*db.session.scalars(select(Rsvp.name).where(MAY_BE_WRITTEN_TO))}
        assert told == {one.name for one in guests if may_be_written_to(one, now)} == expected
        over = guests[0].event.ends_at
        assert not any(may_be_written_to(one, over) for one in guests)
