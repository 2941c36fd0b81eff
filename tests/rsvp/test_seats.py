"""Seats are never oversold: not by many at once, not by any order of answers."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from eventapp.account.actions import Visitor
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.events.queries import event_at
from eventapp.model import Event, Rsvp
from eventapp.rsvp import actions
from eventapp.rsvp.actions import Answer
from tests.processes import app_on, patiently, processes
from tests.properties import HealthCheck, given, settings, st


def answer(
    slug: str, number: int, companions: int = 0, said: str = "going", form_id: str | None = None
) -> None:
    typed = Answer(f"Guest {number}", f"guest{number}@example.org", companions, answer=said)
    by = Visitor("en", "x")
    with transaction():
        actions.answer(event_at(slug), typed, at=clock.now(), by=by, form_id=form_id)


def race(url: str, slug: str, numbers: list[int]) -> None:
    """What one process of a race does: answers, one after the other."""
    app = app_on(url)
    with app.app_context():
        for number in numbers:
            patiently(partial(answer, slug, number, companions=number % 3))
        db.engine.dispose()


def taken_and_held() -> tuple[int, int]:
    held = db.session.scalar(
        select(func.coalesce(func.sum(1 + Rsvp.companions), 0)).where(Rsvp.status == "going")
    )
    return db.session.scalars(select(Event)).one().seats_taken, int(held or 0)


@pytest.mark.slow
def test_eight_processes_never_sell_a_seat_twice(app: Flask, make: Any) -> None:
    event = make.event(capacity=50)
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    work = [list(range(start, 80, 8)) for start in range(8)]
    with processes(8) as pool:
        list(pool.map(race, [url] * 8, [event.slug] * 8, work))
    with app.app_context():
        taken, held = taken_and_held()
        everybody = db.session.scalar(select(func.count()).select_from(Rsvp))
    assert taken == held <= 50
    assert taken >= 48  # only parties that did not fit wait
    assert everybody == 80


def tap(url: str, slug: str, form_ids: list[str]) -> None:
    """One of many taps on the same button: the same forms, sent by every process."""
    app = app_on(url)
    with app.app_context():
        for number, form_id in enumerate(form_ids):
            patiently(partial(answer, slug, number, form_id=form_id))
            db.session.remove()
        db.engine.dispose()


@pytest.mark.slow
def test_the_same_form_sent_at_the_same_moment_is_one_answer(app: Flask, make: Any) -> None:
    event = make.event()
    url, forms = app.config["SQLALCHEMY_DATABASE_URI"], [f"form-{n}" for n in range(30)]
    with processes(4) as pool:
        list(pool.map(tap, [url] * 4, [event.slug] * 4, [forms] * 4))
    assert len(make.rows(Rsvp)) == len(make.mails()) == 30


def test_the_database_refuses_one_seat_too_many(app: Flask, make: Any) -> None:
    event = make.event(capacity=1)
    make.rsvp(event)
    with app.app_context(), pytest.raises(IntegrityError), transaction():
        db.session.get_one(Event, event.id).seats_taken = 2


acts = st.lists(
    st.tuples(
        st.sampled_from(["answer", "cancel", "change", "say", "capacity"]),
        st.integers(0, 9),
        st.sampled_from(["going", "going", "maybe", "not_going"]),
    ),
    max_size=25,
)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=acts)
def test_whatever_happens_the_seats_add_up_and_nobody_waits_beside_a_seat_that_fits(
    app: Flask, make: Any, acts: list[tuple[str, int, str]]
) -> None:
    with app.app_context():
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        with transaction():
            pass
    event = make.event(capacity=6)
    with app.app_context():
        for verb, number, said in acts:
            _act(event.slug, verb, number, said)
            taken, held = taken_and_held()
            there = event_at(event.slug)
            assert taken == held
            assert there.capacity is None or taken <= there.capacity
            waiting = db.session.scalars(select(Rsvp).where(Rsvp.status == "waitlisted")).all()
            if verb != "answer":
                assert all(rsvp.party > (there.seats_left or 0) for rsvp in waiting)


def _act(slug: str, verb: str, number: int, said: str) -> None:
    if verb == "answer":
        return answer(slug, number, companions=number % 4, said=said)
    event = event_at(slug)
    try:
        with transaction():
            if verb == "capacity":
                actions.change_capacity(event, number + 1, at=clock.now())
            elif rsvp := db.session.scalar(select(Rsvp).where(Rsvp.name == f"Guest {number}")):
                if verb == "cancel":
                    actions.cancel(rsvp, at=clock.now())
                elif verb == "say":
                    actions.say(rsvp, said, at=clock.now())
                else:
                    typed = Answer(rsvp.name, "", companions=(number * 7) % 5, answer=said)
                    actions.change(rsvp, typed, at=clock.now())
    except Refusal:
        pass
    return None


def test_who_holds_the_seats_lets_others_write_what_refers_to_the_event(
    app: Flask, make: Any
) -> None:
    event = make.event()
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            pytest.skip("SQLite has one writer")
        as_a_foreign_key_does = select(Event.id).with_for_update(
            read=True, key_share=True, nowait=True
        )
        with transaction():
            actions.lock_seats(db.session.get_one(Event, event.id))
            with db.engine.connect() as other:
                assert other.scalar(as_a_foreign_key_does) == event.id
