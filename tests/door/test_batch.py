"""What a phone did alone is heard in its order, each once; a broken entry holds up nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CheckIn, DoorConflict, DoorLog, Event, Rsvp
from tests.door.batches import entry, send, send_entries
from tests.door.helpers import at_door, post

AN_HOUR = timedelta(hours=1)


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def door(make, browser, event):
    return at_door(make, browser(), event)


def test_every_verb_of_the_door_can_have_happened_alone(make, door, event):
    ana, luis = make.rsvp(event, "Ana"), make.rsvp(event, "Luis")
    answers = send_entries(
        door,
        event,
        entry("scan", code=ana.ticket),
        entry("check_in", rsvp_id=luis.id),
        entry("undo", rsvp_id=luis.id),
        entry("walk_in", name="Zoë Walker", email="zoe@example.org"),
    )
    assert [one["outcome"] for one in answers] == ["admitted", "admitted", "undone", "admitted"]
    assert [one["guest"] for one in answers] == ["Ana", "Luis", "Luis", "Zoë Walker"]
    assert {row.rsvp_id for row in make.rows(CheckIn)} == {ana.id, answers[3]["rsvp_id"]}
    assert [row.verb for row in make.rows(DoorLog)] == ["admit", "admit", "undo", "walk_in"]
    assert all(row.offline for row in make.rows(DoorLog))


def test_who_was_let_in_alone_after_an_already_that_came_too_late_is_a_conflict(
    make, browser, door, event
):
    ana, other = make.rsvp(event, "Ana"), at_door(make, browser(), event, "Garden")
    path = f"/e/{event.slug}/door/scan"
    post(other, path, code=ana.ticket)
    late = entry("scan", code=ana.ticket)
    post(door, path, code=ana.ticket, scan_id=late["scan_id"])
    for _ in range(2):
        assert send_entries(door, event, late)[0]["outcome"] == "already"
        assert [row.kind for row in make.rows(DoorConflict)] == ["twice"]
    assert [row.offline for row in make.rows(DoorLog)] == [False, False, True]


def test_a_walk_in_with_an_address_that_is_none_came_in_all_the_same(make, door, event):
    [answer] = send_entries(door, event, entry("walk_in", name="Zoë", email="zoe@gmail"))
    assert (answer["outcome"], answer["guest"]) == ("admitted", "Zoë")
    assert make.row(Rsvp).person_id is None


def test_it_tells_the_headcount_afterwards(make, door, event):
    ana = make.rsvp(event, "Ana", companions=2)
    answer = send(door, event, {"entries": [entry("scan", code=ana.ticket)]})
    assert answer.json["headcount"]["admitted"] == 3
    assert answer.json["headcount"]["expected"] == 3


def test_a_batch_heard_twice_changes_nothing_and_is_answered_as_before(make, door, event):
    ana = make.rsvp(event, "Ana")
    batch = [
        entry("scan", code=ana.ticket),
        entry("undo", rsvp_id=ana.id),
        entry("scan", code=ana.ticket),
        entry("walk_in", name="Zoë"),
        entry("scan", code="no ticket"),
    ]
    first = send_entries(door, event, *batch)
    assert send_entries(door, event, *batch) == first
    assert len(make.rows(DoorLog)) == 5
    assert len(make.rows(CheckIn)) == make.row(Event).admitted == 2


def test_a_scan_whose_answer_was_lost_is_answered_as_it_was(make, door, event):
    ana = make.rsvp(event, "Ana")
    scan_id = str(uuid4())
    lost = post(door, f"/e/{event.slug}/door/scan", code=ana.ticket, scan_id=scan_id).json
    (answer,) = send_entries(door, event, entry("scan", scan_id=scan_id, code=ana.ticket))
    assert {name: answer[name] for name in lost} == lost
    assert len(make.rows(DoorLog)) == 1


def test_who_was_let_in_because_the_no_came_too_late_is_in(make, door, event):
    """The server said no to a scan; its phone had waited long enough and let them in."""
    ana = make.rsvp(event, "Ana", status="waitlisted")
    scan_id = str(uuid4())
    late = post(door, f"/e/{event.slug}/door/scan", code=ana.ticket, scan_id=scan_id).json
    assert (late["outcome"], late["reason"]) == ("denied", "waitlisted")
    fact = entry("scan", scan_id=scan_id, code=ana.ticket)
    first = send_entries(door, event, fact)
    assert (first[0]["outcome"], first[0]["scan_id"]) == ("admitted", scan_id)
    assert send_entries(door, event, fact) == first
    assert [log.outcome for log in make.rows(DoorLog)] == ["denied", "admitted"]
    assert [one.kind for one in make.rows(DoorConflict)] == ["waitlisted"]
    assert make.row(CheckIn).rsvp_id == ana.id


def test_a_walk_in_into_a_full_house_is_in_and_can_be_undone(make, browser):
    event = make.event(capacity=1)
    make.rsvp(event, "Ana")
    door = at_door(make, browser(), event)
    scan_id = str(uuid4())
    late = post(door, f"/e/{event.slug}/door/walk-in", name="Zoë", scan_id=scan_id).json
    assert late["reason"] == "full"
    fact = entry("walk_in", scan_id=scan_id, name="Zoë")
    undo = entry("undo", added_by=scan_id)
    assert [one["outcome"] for one in send_entries(door, event, fact)] == ["admitted"]
    assert [one["outcome"] for one in send_entries(door, event, undo)] == ["undone"]


def test_an_undo_that_is_told_late_leaves_who_came_in_since(make, browser, door, event):
    ana, other = make.rsvp(event, "Ana"), at_door(make, browser(), event, "Garden")
    post(other, f"/e/{event.slug}/door/scan", code=ana.ticket)
    before = clock.now() - timedelta(minutes=30)
    let_in = entry("scan", code=ana.ticket, happened_at=before.isoformat())
    undo = entry("undo", rsvp_id=ana.id, happened_at=(before + timedelta(seconds=20)).isoformat())
    answers = send_entries(door, event, let_in, undo)
    assert [one["outcome"] for one in answers] == ["already", "undone"]
    assert make.row(CheckIn).door == "Garden"
    assert make.row(Event).admitted == 1


def test_a_scan_that_is_told_late_brings_nobody_back(make, browser, door, event):
    with make.act():
        db.session.get_one(Event, event.id).notes_leaving = True
    ana, other = make.rsvp(event, "Ana"), at_door(make, browser(), event, "Garden")
    post(other, f"/e/{event.slug}/door/scan", code=ana.ticket)
    post(other, f"/e/{event.slug}/door/{ana.id}/leave")
    before = (clock.now() - timedelta(minutes=10)).isoformat()
    (answer,) = send_entries(door, event, entry("scan", code=ana.ticket, happened_at=before))
    assert answer["outcome"] == "already"
    assert [one.kind for one in make.rows(DoorConflict)] == ["twice"]
    now = make.row(Event)
    assert (now.admitted, now.people_left) == (1, 1)


def test_a_scan_id_of_another_ticket_is_answered_as_what_it_was(make, door, event):
    ana, luis = make.rsvp(event, "Ana"), make.rsvp(event, "Luis")
    scan_id = str(uuid4())
    send_entries(door, event, entry("scan", scan_id=scan_id, code=ana.ticket))
    (answer,) = send_entries(door, event, entry("scan", scan_id=scan_id, code=luis.ticket))
    assert (answer["scan_id"], answer["guest"], answer["outcome"]) == (scan_id, "Ana", "admitted")
    assert make.row(CheckIn).rsvp_id == ana.id


def test_a_clock_that_is_hours_wrong_is_put_right(make, door, event):
    ana = make.rsvp(event, "Ana")
    fast = 5 * AN_HOUR
    happened = clock.now() - timedelta(minutes=20)
    send_entries(
        door,
        event,
        entry("scan", code=ana.ticket, happened_at=(happened + fast).isoformat()),
        sent_at=clock.now() + fast,
    )
    assert abs(make.row(CheckIn).at - happened) < timedelta(seconds=5)
    assert abs(make.row(DoorLog).happened_at - happened) < timedelta(seconds=5)


def test_the_earliest_admission_counts_in_whatever_order_it_is_heard(make, browser, door, event):
    ana = make.rsvp(event, "Ana")
    other = at_door(make, browser(), event, "Side door")
    early = clock.now() - timedelta(minutes=9)
    post(other, f"/e/{event.slug}/door/scan", code=ana.ticket)
    (answer,) = send_entries(
        door, event, entry("scan", code=ana.ticket, happened_at=early.isoformat())
    )
    assert answer["outcome"] == "already"
    assert answer["first_door"] == "Main door"
    assert datetime.fromisoformat(answer["first_at"]) == make.row(CheckIn).at
    assert abs(make.row(CheckIn).at - early) < timedelta(seconds=5)


def test_who_was_let_in_offline_and_had_cancelled_is_in(make, door, event):
    ana = make.rsvp(event, "Ana", status="cancelled")
    (answer,) = send_entries(door, event, entry("scan", code=ana.ticket))
    assert answer["outcome"] == "admitted"
    assert make.row(CheckIn).rsvp_id == ana.id


def test_what_a_phone_did_not_decide_goes_by_the_rules(make, door, event):
    ana = make.rsvp(event, "Ana", status="cancelled")
    (answer,) = send_entries(door, event, entry("scan", code=ana.ticket, offline=False))
    assert (answer["outcome"], answer["reason"]) == ("denied", "cancelled")


def test_a_walk_in_can_be_taken_back_by_who_does_not_know_its_number(make, door, event):
    added = entry("walk_in", name="Zoë")
    answers = send_entries(door, event, added, entry("undo", added_by=added["scan_id"]))
    assert [one.get("outcome") for one in answers] == ["admitted", "undone"]
    assert not make.rows(CheckIn)
    assert make.row(Event).admitted == 0


def test_a_guest_who_was_put_on_the_list_by_address_stays_one(make, door, event):
    ana = make.rsvp(event, "Ana Ruiz", person=make.person("ana@example.org"))
    (answer,) = send_entries(door, event, entry("walk_in", name="A", email="ANA@example.org"))
    assert answer["rsvp_id"] == ana.id
    assert len(make.rows(Rsvp)) == 1


def test_once_the_list_has_closed_a_batch_is_heard_and_names_nobody(make, browser):
    event = make.event(starts_at=clock.now() - timedelta(days=4))
    ana = make.rsvp(event, "Ana")
    with time_machine.travel(event.starts_at):
        door = at_door(make, browser(), event, closes_hours_after=24 * 7)
    at = event.starts_at.isoformat()
    let_in = entry("scan", code=ana.ticket, happened_at=at)
    asked = entry("check_in", rsvp_id=ana.id, offline=False)
    for answer in send_entries(door, event, let_in, asked):
        assert not any(answer[name] for name in ("guest", "rsvp_id", "first_at", "first_door"))
    assert make.row(CheckIn).rsvp_id == ana.id
