"""A crowd is approved by short transactions: others go on meanwhile, and nobody is let in unseen,
mailed twice or forgotten where it is cut short.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from statistics import median
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event as events

from eventapp import create_app
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.portions import short_portions
from eventapp.guests import approval
from eventapp.model import AuditEntry, Event, OutboxMail, Rsvp
from eventapp.rsvp import actions
from tests.application import SETTINGS
from tests.browser import form_data
from tests.events.organising import organiser_of
from tests.guests.approving import ask_no_more, ask_to_come, decide_all
from tests.guests.bringing import guests, seats
from tests.guests.test_import_portions import transactions_timed
from tests.guests.test_import_unavailable import out_of_reach
from tests.make import Make
from tests.processes import context


def told(make: Make) -> list[int | None]:
    return [mail.about_id for mail in make.rows(OutboxMail)]


@pytest.mark.slow
def test_a_crowd_is_let_in_by_short_transactions(app: Flask, make: Make, at_a_try: Any) -> None:
    """None takes a quarter of a second: see `test_a_door_goes_on_beside_an_import`."""

    def is_quick() -> bool:
        event = make.event(needs_approval=True, capacity=700)
        asked = ask_to_come(make, event, 1000)
        with transactions_timed(app) as times:
            assert decide_all(make, event) == 1000
        print(f"transactions (clock, processor): {times}")
        assert make.row(AuditEntry, event_id=event.id).count == 1000
        assert sorted(told(make)[-1000:]) == [rsvp.id for rsvp in asked]
        assert seats(make, event) == (700, 700)
        assert [name for name, status, _ in guests(make, event) if status == "waitlisted"] == [
            f"Guest {number}" for number in range(525, 1000)
        ]
        by_clock, by_processor = zip(*times, strict=True)
        return max(by_processor) < 0.25 and median(by_clock) < 0.25

    at_a_try(is_quick)


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(needs_approval=True, capacity=30)


def between_portions(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """What somebody else does while the first portion is in and the next one is not."""
    acts = iter([act])
    pause = "eventapp.core.portions.time.sleep"
    monkeypatch.setattr(pause, lambda _: next(acts, lambda: None)())


def test_who_changes_or_asks_meanwhile_is_not_let_in_unseen(
    make: Make, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask_to_come(make, event, 40)

    def others_act() -> None:
        with transaction():
            grown, no, gone = (db.session.get_one(Rsvp, one.id) for one in asked[-3:])
            actions.lock_rsvp(grown)
            assert actions.resize(grown, 5)
            assert approval.decline(no, at=clock.now())
            actions.cancel(gone, at=clock.now())
            there = db.session.get_one(Event, event.id)
            actions.enter(there, "Late", status="pending", at=clock.now(), person=None)

    between_portions(monkeypatch, others_act)
    assert decide_all(make, event) == 37
    now = {row.name: row.status for row in make.rows(Rsvp)}
    assert [now[f"Guest {number}"] for number in (37, 38, 39)] == [
        "pending",
        "not_going",
        "cancelled",
    ]
    assert now["Late"] == "pending"
    assert seats(make, event) == (30, 30)
    assert make.row(AuditEntry).count == 37


def test_who_asks_while_an_event_stops_asking_is_let_in_with_the_others(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make.event(needs_approval=True)
    ask_to_come(make, event, 30)

    def somebody_asks() -> None:
        with transaction():
            there = db.session.get_one(Event, event.id)
            actions.enter(there, "Late", status="pending", at=clock.now(), person=None)

    between_portions(monkeypatch, somebody_asks)
    assert decide_all(make, event, ask_no_more) == 31
    assert {row.status for row in make.rows(Rsvp)} == {"going"}
    assert not make.row(Event).needs_approval
    noted = [(row.verb, row.count) for row in make.rows(AuditEntry)]
    assert noted == [("guests_approved", 31), ("approval_stopped", None)]


def approve_and_die(settings: dict[str, Any], event: Event) -> None:
    """What a process does that is killed when the first portion is in."""
    app = create_app(settings)
    with app.app_context():
        events.listen(db.session, "after_commit", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    decide_all(Make(app), event)


@pytest.mark.slow
def test_what_is_killed_is_run_again_to_the_same_end(app: Flask, make: Make, event: Event) -> None:
    whole = make.event(needs_approval=True, capacity=30)
    asked = ask_to_come(make, event, 60)
    ask_to_come(make, whole, 60)
    decide_all(make, whole)
    url = {"SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"]}
    process = context.Process(target=approve_and_die, args=({**SETTINGS, **url}, event))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    there = make.row(AuditEntry, event_id=event.id).count
    assert 0 < there < 60
    assert decide_all(make, event) == 60 - there
    assert guests(make, event) == guests(make, whole)
    assert seats(make, event) == seats(make, whole) == (30, 30)
    assert sorted(told(make)[60:]) == [rsvp.id for rsvp in asked]


def form_to_decide(page: Any, address: str) -> tuple[Any, dict[str, Any]]:
    """The form that is sent again, as it was."""
    form = page.open(address).one("form:has([name=whom])")
    return form, form_data(form)


@pytest.mark.both_databases
def test_where_the_database_goes_away_it_says_after_how_many(
    app: Flask, make: Make, browser: Any, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventapp.core.connections.LOCK_WAIT_SECONDS", 0.2)
    page = organiser_of(make, browser, event)
    ask_to_come(make, event, 40)
    form = form_to_decide(page, f"/o/e/{event.slug}/approval/all")
    with app.app_context():
        url = db.engine.url
    with ExitStack() as away:
        between_portions(monkeypatch, lambda: away.enter_context(out_of_reach(url)))
        page.submit(*form)
    assert (page.status, page.codes()) == (503, ["stopped"])
    assert page.sees("It stopped after 25 guests")
    page.submit(*form)
    assert page.sees("15 guests are approved.")
    assert seats(make, event) == (30, 30)
    assert len(set(told(make))) == len(told(make)) == 40


@pytest.mark.both_databases
def test_where_it_goes_away_once_all_are_approved_the_event_still_asks(
    app: Flask, make: Make, browser: Any, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventapp.core.connections.LOCK_WAIT_SECONDS", 0.2)
    page = organiser_of(make, browser, event)
    ask_to_come(make, event, 3)
    form = form_to_decide(page, f"/o/e/{event.slug}/approval/stop")
    with app.app_context():
        url = db.engine.url
    with ExitStack() as away, monkeypatch.context() as patch:

        def all_portions_and_away(asked: Any) -> Iterator[Any]:
            yield from short_portions(asked)
            away.enter_context(out_of_reach(url))

        patch.setattr("eventapp.guests.many.short_portions", all_portions_and_away)
        page.submit(*form)
    assert (page.status, page.codes()) == (503, ["still_asks"])
    assert page.sees("3 guests are approved, but the database isn't answering")
    assert make.row(Event).needs_approval
    page.submit(*form)
    assert not make.row(Event).needs_approval
    assert len(told(make)) == 3


@pytest.mark.parametrize("what", ["all", "stop"])
def test_a_second_tap_meanwhile_goes_on_with_those_who_are_left(
    make: Make, browser: Any, event: Event, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    page = organiser_of(make, browser, event)
    ask_to_come(make, event, 40)
    form, data = form_to_decide(page, f"/o/e/{event.slug}/approval/{what}")
    second: list[int] = []
    address = str(form["action"])
    between_portions(
        monkeypatch, lambda: second.append(page.client.post(address, data=data).status_code)
    )
    page.submit(form, data)
    assert second == [303]
    assert (page.status, page.codes()) == (200, [])
    assert not make.rows(Rsvp, status="pending")
    assert len(set(told(make))) == len(told(make)) == 40
    assert sum(row.count or 0 for row in make.rows(AuditEntry)) == 40


def test_who_asks_before_the_second_tap_is_not_let_in_unseen(
    make: Make, browser: Any, event: Event
) -> None:
    page = organiser_of(make, browser, event)
    ask_to_come(make, event, 2)
    form = form_to_decide(page, f"/o/e/{event.slug}/approval/all")
    page.submit(*form)
    make.rsvp(event, "Late", status="pending")
    assert page.submit(*form).sees("It no longer applied to anybody.")
    assert make.row(Rsvp, name="Late").status == "pending"
