"""What phones, walls and hosts ask for all the time reads no whole table."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Rounds, Rsvp
from eventapp.rounds import queries
from eventapp.rounds.queries import Standing
from tests.make import Make
from tests.plans import asked, plan_of
from tests.rounds.evening import announced, going_on, start, there

Asks = Callable[[Standing, Rsvp], object]
WHOLE = re.compile(r"SCAN (rsvp|round_seat|rounds_tick|round|block|check_in)\b|Seq Scan")


def own_seat(standing: Standing, rsvp: Rsvp) -> object:
    assert standing.last
    return queries.seat_of(rsvp, standing.last)


def wall(standing: Standing, _: Rsvp) -> object:
    assert standing.last
    return queries.wall_tables(standing.rounds.event, standing.last)


def counts(standing: Standing, _: Rsvp) -> object:
    return queries.taking_part(standing.rounds)


def people(standing: Standing, _: Rsvp) -> object:
    return queries.people_to_seat(standing.rounds)


def history(standing: Standing, _: Rsvp) -> object:
    return queries.how_often_together(standing.rounds)


@pytest.mark.parametrize("asks", [own_seat, wall, counts, people, history])
def test_rows_are_found_by_an_index(app: Flask, make: Make, asks: Asks) -> None:
    event = going_on(make)
    rounds = announced(make, event)
    ana, *_ = there(make, event, "Ana", "Bea", listing="attendees")
    make.crowd(make.rsvp(going_on(make), "Elsewhere"), 300)
    start(make, event)
    with app.app_context():
        standing = queries.standing_of(db.session.get_one(Rounds, rounds.id), clock.now())
        rsvp = db.session.get_one(Rsvp, ana.id)
        with asked() as statements:
            assert asks(standing, rsvp)
        plans = [plan_of(*statement) for statement in statements]
    assert plans
    assert not [plan for plan in plans if WHOLE.search(plan)]
