"""Whatever two guests were, and whoever else is there: once they are one, seats and headcount add
up, nobody waits beside a place that fits, nobody met anybody twice or themselves, and no consent is
wider than before.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door.check_in import check_in
from eventapp.door.event import event_at_door
from eventapp.door.log import DoorAction
from eventapp.guests.merge import merge_guests, two_of
from eventapp.model import CheckIn, Encounter, Event, Rsvp, Status
from eventapp.rsvp.actions import promote
from tests.make import Make
from tests.properties import HealthCheck, given, settings, st

NOW = clock.now()
GUESTS = 4
scans = count(1)
GUEST = st.fixed_dictionaries(
    {
        "status": st.sampled_from(list(Status)),
        "companions": st.integers(0, 2),
        "listing": st.sampled_from([None, "nobody", "attendees", "everyone"]),
        "has_person": st.booleans(),
        "came": st.integers(0, 3),  # minutes ago; 0: they did not
    }
)
SAID = st.tuples(
    st.integers(0, GUESTS - 1),
    st.integers(0, GUESTS - 1),
    st.integers(1, 9),
    st.sampled_from(["", "declined", "taken back"]),
)
WIDTH = {None: 0, "nobody": 0, "attendees": 1, "everyone": 2}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(GUEST, min_size=GUESTS, max_size=GUESTS), st.lists(SAID, max_size=8))
def test_two_become_one(app: Flask, make: Make, guests: list[Any], said: list[Any]) -> None:
    event = make.event(capacity=40, starts_at=NOW - timedelta(hours=1))
    rows = [guest_of(make, event, number, each) for number, each in enumerate(guests)]
    seats = sum(row.party for row in rows if row.status == Status.GOING)
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.capacity = max(1, seats)
        promote(there, at=NOW)
        note(event, rows, said)
    with make.act():
        two = two_of(*(db.session.get_one(Rsvp, row.id) for row in rows[:2]))
        widest = min(WIDTH[one.listing] for one in two if one.listing) if two.kept.listing else 0
        merge_guests(two, seen="", at=NOW)
        assert WIDTH[two.kept.listing] <= widest
    with app.app_context():
        holds_together(db.session.get_one(Event, event.id))


def guest_of(make: Make, event: Event, number: int, each: Any) -> Rsvp:
    more = {} if each["has_person"] else {"person": None}
    said = {name: each[name] for name in ("status", "companions", "listing")}
    rsvp = make.rsvp(event, f"Guest {number}", **said, **more)
    if each["came"] and each["status"] == Status.GOING:
        at = NOW - timedelta(minutes=each["came"])
        act: Any = {"door": "Main", "by": "link:1", "happened_at": at, "heard_at": at}
        with make.act():
            scan = f"scan-{next(scans)}"
            check_in(event_at_door(event.slug), rsvp.id, DoorAction(scan_id=scan, **act))
    return rsvp


def note(event: Event, rows: list[Rsvp], said: list[Any]) -> None:
    pairs = {}
    for noter, met, minutes, how in said:
        if noter != met:
            at = NOW - timedelta(minutes=minutes)
            declined = at + timedelta(minutes=1) if how else None
            taken_back = at + timedelta(minutes=2) if how == "taken back" else None
            times = {"noted_at": at, "declined_at": declined, "taken_back_at": taken_back}
            pairs[rows[noter].id, rows[met].id] = times
    for (noter, met), times in pairs.items():
        db.session.add(Encounter(event_id=event.id, noter_id=noter, met_id=met, **times))


def holds_together(event: Event) -> None:
    rsvps = db.session.scalars(select(Rsvp).filter_by(event_id=event.id)).all()
    assert event.seats_taken == sum(row.party for row in rsvps if row.holds_a_seat)
    assert event.seats_taken <= (event.capacity or 0)
    waiting = [row.party for row in rsvps if row.status == Status.WAITLISTED]
    assert all(party > (event.seats_left or 0) for party in waiting)
    arrivals = db.session.scalars(select(CheckIn).filter_by(event_id=event.id)).all()
    assert event.admitted == sum(one.people for one in arrivals)
    assert all(one.people <= one.rsvp.party for one in arrivals)
    met = db.session.scalars(select(Encounter).filter_by(event_id=event.id)).all()
    pairs = [(one.noter_id, one.met_id) for one in met]
    assert len(pairs) == len(set(pairs))
    assert {one for pair in pairs for one in pair} <= {row.id for row in rsvps}
    assert all(one.declined_at for one in met if one.taken_back_at)
