"""What another door does between one's look at the list and one's hold of the event's row."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.door import check_in, log, scan
from eventapp.door.arrival import arrival_of, write_arrival
from eventapp.door.codes import holder
from eventapp.door.event import event_at_door
from eventapp.door.log import DoorAction
from eventapp.guests.approval import ask_for_approval
from eventapp.model import CheckIn, CheckOut, DoorConflict, DoorLog, Event, Rsvp
from eventapp.rsvp.actions import cancel
from tests.door.batches import entry, send_entries
from tests.door.helpers import at_door, post


@pytest.fixture
def event(make):
    return make.event(notes_leaving=True)


@pytest.fixture
def door(make, browser, event):
    return at_door(make, browser(), event, role="lead")


@pytest.fixture
def action():
    now = clock.now()
    return DoorAction(str(uuid4()), "Garden", "x", happened_at=now, heard_at=now)


def looked_before(app, monkeypatch, event, rsvp):
    """Have the doors of this process see the guest as they are now, whatever happens to them."""
    with app.app_context():
        seen = holder(event_at_door(event.slug), rsvp.ticket)
    monkeypatch.setattr(scan, "holder", lambda *_: seen)


@pytest.mark.parametrize("before", ["one is in", "all have left"])
def test_who_was_taken_back_meanwhile_is_let_in_anew(
    app, make, monkeypatch, door, event, action, before
):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=2)
    path = f"/e/{event.slug}/door/{rsvp.id}"
    post(door, f"{path}/check-in", people=1 if before == "one is in" else 3)
    if before == "all have left":
        post(door, f"{path}/leave")
    looked_before(app, monkeypatch, event, rsvp)
    post(door, f"{path}/undo")
    with app.app_context(), transaction():
        result = scan.scan(event_at_door(event.slug), rsvp.ticket, action)
    assert (result.outcome, result.first_at, result.first_door) == (
        "admitted",
        action.happened_at,
        "Garden",
    )
    assert make.row(CheckIn).people == result.party == make.row(Event).admitted == 3
    assert not make.rows(CheckOut)
    assert make.row(DoorLog, scan_id=action.scan_id).people == 3


def test_the_rest_of_a_party_that_left_meanwhile_comes_back_with_it(
    app, make, monkeypatch, door, event, action
):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=2)
    path = f"/e/{event.slug}/door/{rsvp.id}"
    post(door, f"{path}/check-in", people=1)
    looked_before(app, monkeypatch, event, rsvp)
    post(door, f"{path}/leave")
    later = replace(action, happened_at=clock.now(), heard_at=clock.now())
    with app.app_context(), transaction():
        assert scan.scan(event_at_door(event.slug), rsvp.ticket, later).outcome == "admitted"
    assert not make.rows(CheckOut)
    there = make.row(Event)
    assert make.row(CheckIn).people == there.admitted == 1
    assert there.people_left == 0
    post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket)
    assert make.row(CheckIn).people == make.row(Event).admitted == 3


@pytest.mark.parametrize("offline", [False, True])
def test_who_cancels_while_a_door_waits_is_not_let_in_as_if_they_came(
    app, make, event, action, offline
):
    rsvp = make.rsvp(event, "Ana Ruiz")
    with app.app_context():
        seen = holder(event_at_door(event.slug), rsvp.ticket)

    def scan_there():
        with app.app_context(), transaction():
            told = replace(action, offline=offline)
            return scan.scan(event_at_door(event.slug), rsvp.ticket, told, seen)

    with ThreadPoolExecutor(1) as door, app.app_context():
        with transaction():
            cancel(db.session.get_one(Rsvp, rsvp.id), at=clock.now())
            db.session.flush()
            waiting = door.submit(scan_there)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.7)
        result = waiting.result(timeout=20)
    assert (result.outcome, result.reason) == (
        ("admitted", None) if offline else ("denied", "cancelled")
    )
    assert [row.kind for row in make.rows(DoorConflict)] == (["cancelled"] if offline else [])
    assert make.row(Event).admitted == len(make.rows(CheckIn)) == int(offline)


@pytest.mark.parametrize("over_reason", ["", "One more fits"])
def test_a_maybe_is_not_let_in_once_the_event_asks_for_approval(app, make, action, over_reason):
    event = make.event(capacity=1)
    rsvp = make.rsvp(event, "Ana Ruiz", status="maybe", companions=1 if over_reason else 0)
    with app.app_context(), transaction():
        there = event_at_door(event.slug)
        seen = holder(there, rsvp.ticket)
        ask_for_approval(db.session.get_one(Event, event.id), at=clock.now())
        db.session.flush()
        told = replace(action, is_lead=True, over_reason=over_reason)
        result = scan.scan(there, rsvp.ticket, told, seen)
    assert (result.outcome, result.reason) == ("denied", "not_approved")
    assert (make.row(Rsvp).status, make.row(Rsvp).approved_at) == ("maybe", None)
    with app.app_context(), transaction():
        again = replace(told, scan_id=str(uuid4()), over_reason="I asked the hosts")
        assert scan.scan(event_at_door(event.slug), rsvp.ticket, again).outcome == "admitted"
    assert make.row(Rsvp).approved_at


def test_the_earliest_of_two_late_admissions_stays(app, make, monkeypatch, door, event, action):
    rsvp = make.rsvp(event, "Ana Ruiz")
    post(door, f"/e/{event.slug}/door/{rsvp.id}/check-in")
    count_people, first = log.count_people, action.happened_at - timedelta(minutes=20)

    def another_door_was_first(*args, **more):
        there = arrival_of(rsvp.id)
        assert there is not None
        write_arrival(there._replace(at=first, door="Terrace"))
        count_people(*args, **more)

    monkeypatch.setattr(check_in, "count_people", another_door_was_first)
    late = replace(action, happened_at=action.happened_at - timedelta(minutes=5), offline=True)
    with app.app_context(), transaction():
        result = scan.scan(event_at_door(event.slug), rsvp.ticket, late)
    assert (result.outcome, result.first_at, result.first_door) == ("already", first, "Terrace")
    assert make.row(CheckIn).at == first


def test_an_undo_of_some_that_is_told_late_leaves_the_others(make, browser, door, event):
    rsvp, other = make.rsvp(event, "Ana Ruiz", companions=2), at_door(make, browser(), event, "B")
    before = clock.now() - timedelta(minutes=30)
    one = entry("scan", code=rsvp.ticket, people=1, happened_at=before.isoformat())
    undo = entry("undo", rsvp_id=rsvp.id, happened_at=(before + timedelta(seconds=20)).isoformat())
    send_entries(door, event, one)
    post(other, f"/e/{event.slug}/door/scan", code=rsvp.ticket)
    assert make.row(Event).admitted == 3
    send_entries(door, event, undo)
    there = make.row(CheckIn)
    assert (there.people, there.door) == (2, "B")
    assert make.row(Event).admitted == 2
