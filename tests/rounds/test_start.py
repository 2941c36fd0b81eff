"""Hosts start rounds, hold them up and stop them; the worker goes on by itself."""

from __future__ import annotations

import time
from datetime import timedelta
from itertools import combinations
from threading import Barrier

import pytest
import time_machine
from flask import Flask
from sqlalchemy import insert

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.model import (
    Block,
    CheckIn,
    CheckOut,
    Event,
    Round,
    Rounds,
    RoundSeat,
    RoundsTick,
    Rsvp,
    Status,
)
from eventapp.rounds import actions, queries
from eventapp.rounds.actions import NotNow, Settings, TooFew, start_rounds_due
from eventapp.rounds.actions.start import TooMany
from eventapp.rsvp.actions import set_status
from tests.make import Make
from tests.processes import app_on, context, processes
from tests.rounds.evening import (
    TEN_MINUTES,
    announced,
    going_on,
    start,
    tables,
    there,
    tick,
    untick,
)

NAMES = ["Ana", "Bea", "Cleo", "Dan", "Eva", "Fran", "Gil", "Hal"]


def block(make: Make, one: Rsvp, other: Rsvp) -> None:
    pair = {"blocker_id": one.person_id, "blocked_id": other.person_id}
    with make.act():
        db.session.add(Block(**pair, name=other.name, since=clock.now()))


def pairs(make: Make, number: int) -> set[frozenset[int]]:
    return {frozenset(pair) for table in tables(make, number) for pair in combinations(table, 2)}


def later(minutes: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(minutes=minutes))


def test_everybody_who_takes_part_and_is_in_has_a_seat(make: Make) -> None:
    event = going_on(make)
    announced(make, event)
    seated = there(make, event, *NAMES)
    tick(make, make.rsvp(event, "Not here yet"))
    left, cancelled = there(make, event, "Left", "Cancelled")
    with make.act():
        arrival = db.session.query(CheckIn).filter_by(rsvp_id=left.id).one()
        db.session.add(CheckOut(check_in_id=arrival.id, at=clock.now(), door="d", by="b"))
        row = db.session.get_one(Rsvp, cancelled.id)
        set_status(row, Status.CANCELLED, at=clock.now())
    unticked = there(make, event, "Not any more")
    untick(make, *unticked)
    assert start(make, event)
    assert sorted(map(len, tables(make))) == [4, 4]
    assert set().union(*tables(make)) == {rsvp.id for rsvp in seated}
    begun = make.row(Round)
    assert (begun.number, begun.people, begun.tables) == (1, 8, 2)
    assert begun.ends_at - begun.starts_at == timedelta(minutes=10)


def test_the_next_round_seats_others_and_whoever_came_late(make: Make) -> None:
    event = going_on(make)
    announced(make, event, Settings(minutes=5, table_size=2, count=3, pause_minutes=0))
    first, *_ = there(make, event, *NAMES)
    start(make, event)
    untick(make, first)
    (late,) = there(make, event, "Late")
    start(make, event)
    assert not pairs(make, 1) & pairs(make, 2)
    seated = set().union(*tables(make, 2))
    assert late.id in seated
    assert first.id not in seated


def test_two_who_are_apart_share_no_table_from_the_next_round_on(make: Make) -> None:
    event = going_on(make)
    announced(make, event, Settings(minutes=5, table_size=6, count=5, pause_minutes=0))
    rsvps = there(make, event, *NAMES[:6])
    start(make, event)
    assert len(tables(make, 1)) == 1
    block(make, rsvps[0], rsvps[1])
    block(make, rsvps[3], rsvps[2])
    apart = {frozenset((rsvps[0].id, rsvps[1].id)), frozenset((rsvps[2].id, rsvps[3].id))}
    for number in (2, 3):
        start(make, event)
        assert not apart & pairs(make, number)
        assert sum(map(len, tables(make, number))) == 6


def test_who_left_or_blocked_somebody_while_it_was_planned_is_parted(make: Make) -> None:
    event = going_on(make)
    rounds = announced(make, event)
    ana, bea, cleo, dan = there(make, event, *NAMES[:4])
    with make.app.app_context():
        plan = actions.plan_next(db.session.merge(rounds), 1)
    assert len(plan.tables) == 1
    untick(make, dan)
    block(make, ana, bea)
    with make.act():
        assert actions.start_round(db.session.get_one(Rounds, rounds.id), plan, at=clock.now())
    (table,) = tables(make)
    assert dan.id not in table
    assert len(table & {ana.id, bea.id}) == 1
    assert cleo.id in table


def test_fewer_than_two_do_not_begin(make: Make) -> None:
    event = going_on(make)
    announced(make, event)
    with pytest.raises(TooFew):
        start(make, event)
    ana, bea = there(make, event, "Ana", "Bea")
    block(make, ana, bea)
    with pytest.raises(TooFew):
        start(make, event)
    assert not make.rows(Round)


def test_there_is_a_last_one(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventapp.rounds.actions.start.ROUNDS_MOST", 2)
    event = going_on(make)
    announced(make, event, Settings(minutes=5, table_size=2, count=1, pause_minutes=0))
    there(make, event, "Ana", "Bea")
    assert start(make, event)
    assert start(make, event)
    with pytest.raises(TooMany):
        start(make, event)


def test_none_begins_where_nobody_may_be_in(make: Make) -> None:
    off = going_on(make)
    announced(make, off)
    there(make, off, "Ana", "Bea")
    with make.act():
        db.session.get_one(Event, off.id).called_off_at = clock.now()
    tomorrow = make.event(starts_at=clock.now() + timedelta(days=1))
    announced(make, tomorrow)
    there(make, tomorrow, "Ana", "Bea")
    for event in (off, tomorrow):
        with pytest.raises(NotNow):
            start(make, event)


def test_the_next_ends_the_one_that_runs(make: Make) -> None:
    event = going_on(make)
    announced(make, event)
    there(make, event, *NAMES)
    start(make, event)
    with later(3):
        start(make, event)
    one, two = make.rows(Round)
    assert one.ends_at == two.starts_at
    assert one.ends_at - one.starts_at < timedelta(minutes=4)


def test_the_worker_goes_on_after_the_pause_until_all_have_been(make: Make) -> None:
    event = going_on(make)
    announced(make, event)
    there(make, event, *NAMES)
    assert not make.due(start_rounds_due), "hosts start the first"
    start(make, event)
    with later(11):
        assert not make.due(start_rounds_due), "a pause of two minutes"
    for number in (2, 3):
        with later(12.1 * (number - 1)):
            assert make.due(start_rounds_due) == 1
            assert make.due(start_rounds_due) == 0
            assert len(make.rows(Round)) == number
    assert make.row(Rounds).next_at is None


def test_held_up_or_stopped_it_waits_for_hosts(make: Make) -> None:
    event = going_on(make)
    rounds = announced(make, event)
    there(make, event, *NAMES)
    start(make, event)
    with make.act():
        assert actions.wait_for_latecomers(db.session.get_one(Rounds, rounds.id))
    with later(13):
        assert not make.due(start_rounds_due)
        assert start(make, event)
    with later(15), make.act():
        there_ = db.session.get_one(Rounds, rounds.id)
        assert not actions.stop_round(there_, 1, at=clock.now()), "it's over"
        assert actions.stop_round(there_, 2, at=clock.now())
    with later(30):
        assert not make.due(start_rounds_due)
        with make.app.app_context():
            standing = queries.standing_of(db.session.get_one(Rounds, rounds.id), clock.now())
            assert standing.phase == queries.Phase.PAUSE


def test_where_nobody_is_left_the_worker_waits_for_hosts(make: Make) -> None:
    event = going_on(make)
    announced(make, event)
    rsvps = there(make, event, *NAMES)
    start(make, event)
    untick(make, *rsvps[1:])
    with later(13):
        assert make.due(start_rounds_due) == 1
        assert make.due(start_rounds_due) == 0
    assert len(make.rows(Round)) == 1


def test_switched_off_nothing_goes_on(make: Make) -> None:
    event = going_on(make)
    rounds = announced(make, event)
    there(make, event, *NAMES)
    start(make, event)
    with later(2), make.act():
        assert actions.end_rounds(db.session.get_one(Rounds, rounds.id), at=clock.now())
        assert not actions.end_rounds(db.session.get_one(Rounds, rounds.id), at=clock.now())
    begun = make.row(Round)
    assert begun.ends_at - begun.starts_at < timedelta(minutes=3)
    with later(20):
        assert not make.due(start_rounds_due)
        with pytest.raises(NotNow):
            start(make, event)
        announced(make, event, TEN_MINUTES)
        assert start(make, event)


def test_switched_off_before_any_it_is_as_if_it_never_was(make: Make) -> None:
    event = going_on(make)
    rounds = announced(make, event)
    there(make, event, *NAMES)
    with make.act():
        actions.end_rounds(db.session.get_one(Rounds, rounds.id), at=clock.now())
    assert not make.rows(Rounds)


def start_one(url: str, rounds_id: int) -> bool:
    """What one host's press does, begun together with another's."""
    app = app_on(url)
    with app.app_context():
        rounds = db.session.get_one(Rounds, rounds_id)
        plan = actions.plan_next(rounds, 1)
        _together.wait(60)
        with transaction():
            has_begun = actions.start_round(rounds, plan, at=clock.now())
        db.engine.dispose()
    return has_begun


_together: Barrier


def _meet(barrier: Barrier) -> None:
    global _together
    _together = barrier


def test_two_hosts_at_once_start_one_round(app: Flask, make: Make) -> None:
    event = going_on(make)
    rounds = announced(make, event)
    there(make, event, *NAMES)
    asked = [(app.config["SQLALCHEMY_DATABASE_URI"], rounds.id)] * 2
    with processes(2, begin=_meet, with_args=(context.Barrier(2),)) as pool:
        assert sorted(pool.map(start_one, *zip(*asked, strict=True))) == [False, True]
    assert len(make.rows(Round)) == 1
    assert len(make.rows(RoundSeat)) == 8


def test_six_hundred_are_seated_in_two_seconds(make: Make) -> None:
    event = going_on(make)
    rounds = announced(make, event, Settings(minutes=10, table_size=5, count=4, pause_minutes=2))
    (ana,) = there(make, event, "Ana", ask_me_about="Pricing", want_to_learn="Sourdough")
    ids = make.crowd(ana, 599)
    with make.act():
        arrival = {"event_id": event.id, "people": 1, "at": clock.now(), "door": "d", "by": "b"}
        db.session.execute(insert(CheckIn), [{**arrival, "rsvp_id": id_} for id_ in ids])
        tick_ = {"rounds_id": rounds.id, "since": clock.now()}
        db.session.execute(insert(RoundsTick), [{**tick_, "rsvp_id": id_} for id_ in ids])
    for _ in range(2):
        begun = time.process_time()
        assert start(make, event)
        assert time.process_time() - begun < 2
    for number in (1, 2):
        assert sum(map(len, tables(make, number))) == 600
    assert not pairs(make, 1) & pairs(make, 2)
