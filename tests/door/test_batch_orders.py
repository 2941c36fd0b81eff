"""Whatever order three phones are heard in, however often, and whatever another door does
meanwhile: nothing is lost or doubled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest
from sqlalchemy import func, select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CheckIn, CheckOut, DoorLog, Event, Rsvp
from tests.door.batches import entry, send_entries
from tests.door.helpers import at_door, post
from tests.properties import HealthCheck, given, settings, st

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]

PHONES, GUESTS = 3, 4
SOME_GUEST = st.integers(0, GUESTS - 1)
ACTS = st.tuples(st.sampled_from(["scan", "scan", "check_in", "walk_in"]), SOME_GUEST)
ONE_OF_TWO = st.integers(0, 1)  # few, so that the doors meet at them
ACTS_AND_UNDOS = st.tuples(st.sampled_from(["scan", "one_of_them", "check_in", "undo"]), ONE_OF_TWO)
ONLINE_ACTS = st.tuples(st.sampled_from(["check-in", "leave", "undo"]), ONE_OF_TWO)
# Which phone sends, and how much of its queue from the start: an answer that was lost on the way
# is the same acts once more.
DELIVERIES = st.tuples(st.integers(0, PHONES - 1), st.integers(1, 6))
EVERYTHING = [(phone, 50) for phone in range(PHONES)]

SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
some_orders = settings(max_examples=10, suppress_health_check=SUPPRESSED)
many_orders = settings(max_examples=200, suppress_health_check=SUPPRESSED)


def queues_of(acts: st.SearchStrategy[tuple[str, int]]) -> st.SearchStrategy[Any]:
    return st.lists(st.lists(acts, max_size=6), min_size=PHONES, max_size=PHONES)


def written(acts: list[tuple[str, int]], guests: list[Rsvp], minute: int) -> list[dict[str, Any]]:
    """A phone's queue: an act every three minutes, and none at the minute of another phone."""
    began = clock.now() - timedelta(hours=1, minutes=minute)
    entries = []
    for number, (verb, guest) in enumerate(acts):
        acts_meant: dict[str, dict[str, Any]] = {
            "scan": {"code": guests[guest].ticket},
            "one_of_them": {"code": guests[guest].ticket, "people": 1},
            "check_in": {"rsvp_id": guests[guest].id},
            "undo": {"rsvp_id": guests[guest].id},
            "walk_in": {"name": f"Walker {minute} {number}"},
        }
        happened = began + timedelta(minutes=3 * number)
        meant = acts_meant[verb]
        verb = "scan" if verb == "one_of_them" else verb
        entries.append(entry(verb, happened_at=happened.isoformat(), **meant))
    return entries


class Outcome(NamedTuple):
    """What stands in the database in the end."""

    event: Event
    logged: Sequence[DoorLog]
    there: dict[int, CheckIn]


def outcome_of(app, event) -> Outcome:
    """What stands there, once it agrees with itself."""
    with app.app_context():
        logged = db.session.scalars(select(DoorLog).where(DoorLog.event_id == event.id)).all()
        there = db.session.scalars(select(CheckIn).where(CheckIn.event_id == event.id)).all()
        seats = select(func.sum(1 + Rsvp.companions)).where(Rsvp.event_id == event.id)
        left = select(func.sum(CheckIn.people)).join(CheckOut).where(CheckIn.event_id == event.id)
        counted = db.session.get_one(Event, event.id)
        assert counted.seats_taken == db.session.scalar(seats)
        assert counted.people_left == (db.session.scalar(left) or 0)
    assert counted.admitted == sum(row.people for row in there)
    assert len({row.rsvp_id for row in there}) == len(there)
    return Outcome(counted, logged, {row.rsvp_id: row for row in there})


def first_admission(logged: Sequence[DoorLog], rsvp_id: int) -> datetime:
    return min(one.happened_at for one in logged if one.rsvp_id == rsvp_id)


ACTS_ALONE = given(queues=queues_of(ACTS), deliveries=st.lists(DELIVERIES, max_size=8))


@some_orders
@ACTS_ALONE
def test_every_act_is_in_the_log_once_and_every_guest_in_once(
    app, make, browser, queues, deliveries
):
    deliver(app, make, browser, queues, deliveries)


@pytest.mark.long
@many_orders
@ACTS_ALONE
def test_so_it_is_in_hundreds_of_orders(app, make, browser, queues, deliveries):
    deliver(app, make, browser, queues, deliveries)


def deliver(app, make, browser, queues, deliveries) -> None:
    event = make.event()
    guests = [make.rsvp(event, f"Guest {n}", person=None, companions=n) for n in range(GUESTS)]
    doors = [at_door(make, browser(), event, f"Door {n}") for n in range(PHONES)]
    entries = [written(acts, guests, minute) for minute, acts in enumerate(queues)]
    answers: dict[str, Any] = {}
    for phone, most in [*deliveries, *EVERYTHING]:
        for answer in send_entries(doors[phone], event, *entries[phone][:most]):
            assert answers.setdefault(answer["scan_id"], answer) == answer
    sent = [one for queue in entries for one in queue]
    _, logged, there = outcome_of(app, event)
    assert Counter(row.scan_id for row in logged) == Counter(one["scan_id"] for one in sent)
    shown = {one["code"] for one in sent if one["verb"] == "scan"}
    held = {one.id for one in guests if one.ticket in shown}
    held |= {one["rsvp_id"] for one in sent if one["verb"] == "check_in"}
    walked_in = [one for one in sent if one["verb"] == "walk_in"]
    assert len(there) == len(held) + len(walked_in)
    for rsvp_id, row in there.items():  # whichever of its admissions was heard first
        assert row.at == first_admission(logged, rsvp_id)


def last_acts(logged: Sequence[DoorLog]) -> dict[int, str]:
    """What happened last with each guest, by the doors' clocks."""
    in_order = sorted(logged, key=lambda one: one.happened_at)
    return {one.rsvp_id: one.verb for one in in_order}


AND_UNDOS = given(
    queues=queues_of(ACTS_AND_UNDOS),
    steps=st.lists(st.one_of(DELIVERIES, ONLINE_ACTS), max_size=16),
)


@some_orders
@AND_UNDOS
def test_what_is_taken_back_or_done_online_meanwhile_leaves_the_counts_true(
    app, make, browser, queues, steps
):
    take_back_meanwhile(app, make, browser, queues, steps)


@pytest.mark.long
@many_orders
@AND_UNDOS
def test_so_they_are_in_hundreds_of_orders(app, make, browser, queues, steps):
    take_back_meanwhile(app, make, browser, queues, steps)


def take_back_meanwhile(app, make, browser, queues, steps) -> None:
    event = make.event(notes_leaving=True)
    guests = [make.rsvp(event, f"Guest {n}", person=None, companions=2 * n) for n in range(2)]
    doors = [at_door(make, browser(), event, f"Door {n}", role="lead") for n in range(PHONES)]
    online = at_door(make, browser(), event, "Online", role="lead")
    entries = [written(acts, guests, minute) for minute, acts in enumerate(queues)]
    for who, what in [*steps, *EVERYTHING]:
        if isinstance(who, int):
            send_entries(doors[who], event, *entries[who][:what])
        else:
            assert post(online, f"/e/{event.slug}/door/{guests[what].id}/{who}").status_code == 200
    _, logged, there = outcome_of(app, event)
    done_online = [who for who, _ in steps if isinstance(who, str)]
    assert len({row.scan_id for row in logged}) == len(logged)
    assert len(logged) == sum(map(len, queues)) + len(done_online)
    for rsvp_id, row in there.items():
        assert row.at in {one.happened_at for one in logged if one.rsvp_id == rsvp_id}
    for rsvp_id, verb in last_acts(logged).items():
        heard_of_by = {one.door for one in logged if one.rsvp_id == rsvp_id}
        if verb == "admit":
            assert rsvp_id in there
        elif verb == "undo" and len(heard_of_by) == 1:  # else a door may know better
            assert rsvp_id not in there
