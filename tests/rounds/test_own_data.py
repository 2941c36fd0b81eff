"""What is kept of who took part: in their own file, gone the day after and with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.mails.actions import move_address
from eventapp.me.actions import delete_person, forget_past_events
from eventapp.model import Person, Round, RoundSeat, RoundsTick, Rsvp
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


def test_ticks_go_the_day_after_and_seats_when_the_form_closes(make: Make) -> None:
    event = going_on(make, met_closes_days_after=10)
    announced(make, event)
    there(make, event, "Ana", "Bea")
    start(make, event)
    with time_machine.travel(event.ends_at + timedelta(hours=23)):
        assert not make.due(forget_seats, forget_ticks)
    with time_machine.travel(event.ends_at + timedelta(hours=25)):
        assert make.due(forget_seats, forget_ticks) == 2
    assert not make.rows(RoundsTick)
    with time_machine.travel(event.met_closes_at - timedelta(hours=1)):
        assert not make.due(forget_seats)
    with time_machine.travel(event.met_closes_at + timedelta(hours=1)):
        assert make.due(forget_seats) == 2
    assert not make.rows(RoundSeat)
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


def test_who_moves_to_an_address_that_nobody_proved_takes_part_no_more(
    make: Make, browser: Browsers
) -> None:
    event = going_on(make)
    announced(make, event)
    ana, bea = there(make, event, "Ana", "Bea")
    start(make, event)
    with make.act():
        move_address(db.session.get_one(Rsvp, bea.id), "other@example.org", at=clock.now())
    assert [row.rsvp_id for row in make.rows(RoundsTick)] == [ana.id]
    page = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}/rounds")
    assert page.sees("Nobody else is at this table any more")


def test_a_tick_alone_names_nobody_whose_address_is_unproven(make: Make, browser: Browsers) -> None:
    event = going_on(make)
    announced(make, event)
    ana, bea = there(make, event, "Ana", "Bea")
    start(make, event)
    with make.act():
        db.session.get_one(Rsvp, bea.id).confirmed_at = None
    page = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}/rounds")
    assert not page.page.select("[data-guest]")


def test_once_an_event_is_forgotten_nothing_of_it_is_left(make: Make) -> None:
    event = going_on(make)
    announced(make, event)
    there(make, event, "Ana", "Bea")
    start(make, event)
    with time_machine.travel(event.ends_at + timedelta(days=400)):
        assert make.due(forget_past_events) == 2
    assert not make.rows(RoundSeat) + make.rows(RoundsTick)
