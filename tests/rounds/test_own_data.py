"""What is kept of who took part: in their own file, gone the day after and with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.me.actions import delete_person, forget_past_events
from eventapp.model import Person, Round, RoundSeat, RoundsTick
from eventapp.rounds.actions import forget_seats, forget_ticks
from tests.browser import Browser
from tests.make import Make
from tests.rounds.evening import announced, going_on, start, there

Browsers = Callable[..., Browser]


def test_their_file_says_where_they_sat_and_with_nobody(make: Make, browser: Browsers) -> None:
    event = going_on(make)
    announced(make, event)
    ana, *_ = there(make, event, "Ana", "Bea", listing="nobody")
    start(make, event)
    told = make.signed_in(browser(), ana.person).client.get("/me/export")
    (rsvp,) = told.get_json()["rsvps"]
    (seat,) = rsvp["rounds"]["tables"]
    assert (seat["round"], seat["table"]) == (1, 1)
    assert rsvp["rounds"]["takes_part_since"]
    assert "Bea" not in told.text


def test_the_day_after_only_counts_are_left(make: Make) -> None:
    event = going_on(make)
    announced(make, event)
    there(make, event, "Ana", "Bea")
    start(make, event)
    work = forget_seats, forget_ticks
    with time_machine.travel(event.ends_at + timedelta(hours=23)):
        assert not make.due(*work)
    with time_machine.travel(event.ends_at + timedelta(hours=25)):
        assert make.due(*work)
    assert not make.rows(RoundSeat)
    assert not make.rows(RoundsTick)
    assert (make.row(Round).people, make.row(Round).tables) == (2, 1)


def test_who_is_deleted_leaves_a_count(make: Make) -> None:
    event = going_on(make)
    announced(make, event)
    ana, bea = there(make, event, "Ana", "Bea")
    start(make, event)
    with make.act():
        delete_person(db.session.get_one(Person, ana.person_id), at=clock.now())
    assert [row.rsvp_id for row in make.rows(RoundSeat)] == [bea.id]
    assert [row.rsvp_id for row in make.rows(RoundsTick)] == [bea.id]
    assert make.row(Round).people == 2


def test_once_an_event_is_forgotten_nothing_of_it_is_left(make: Make) -> None:
    event = going_on(make)
    announced(make, event)
    there(make, event, "Ana", "Bea")
    start(make, event)
    with time_machine.travel(event.ends_at + timedelta(days=400)):
        assert make.due(forget_past_events) == 2
    assert not make.rows(RoundSeat) + make.rows(RoundsTick)
