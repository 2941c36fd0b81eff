"""Organisers add guests and give places by hand, all at the same moment."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.model import Event, Rsvp
from tests.guests.test_races import seats_add_up
from tests.make import Make
from tests.racing import Tap, race, session_of

TAPS = 5


@pytest.mark.slow
def test_nobody_gets_a_place_that_is_not_there(app: Flask, make: Make) -> None:
    community = make.community()
    event = make.event(community, capacity=4, starts_at=clock.now() + timedelta(days=1))
    make.rsvp(event, "There", companions=1)
    waiting = [make.rsvp(event, f"May {n}", status="maybe") for n in range(TAPS)]
    organisers = [session_of(make, make.organiser(community)) for _ in range(3)]
    guests, answers = f"/o/e/{event.slug}/guests", {"answer": "going"}
    answered = race(
        app,
        [Tap(f"{guests}/{each.id}/place", organisers[0]) for each in waiting],
        [Tap(f"{guests}/{each.id}", organisers[1], answers) for each in waiting],
        [Tap(f"{guests}/new", organisers[2], {"name": "Zoe", **answers}) for _ in waiting],
    )
    assert set(chain(*answered)) <= {303, 409}, answered
    assert make.row(Event).seats_taken == 4
    assert sum(row.name == "Zoe" for row in make.rows(Rsvp)) <= 1, "asked about the second"
    seats_add_up(make)
