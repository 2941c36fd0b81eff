"""Two guests who are one human: seats, arrivals, consent and tickets of both."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door.check_in import check_in
from eventapp.door.codes import holder
from eventapp.door.event import event_at_door
from eventapp.door.leave import leave
from eventapp.door.log import DoorAction
from eventapp.door.ticket_codes import codes_of_guests
from eventapp.guests.by_hand import give_place
from eventapp.guests.importer import dry_run_import
from eventapp.model import (
    CheckIn,
    CheckOut,
    DoorLog,
    Event,
    MergedRef,
    NameWord,
    Notice,
    OutboxMail,
    Rsvp,
    TicketCode,
)
from eventapp.rsvp.actions import notify
from eventapp.rsvp.queries import rsvp_by_badge
from tests.badges.reading import badges_of
from tests.door.batches import entry, send_entries
from tests.door.helpers import at_door
from tests.guests.bringing import bring
from tests.guests.merging import merge

NOW = clock.now()


@pytest.fixture
def event(make):
    return make.event(capacity=6, starts_at=NOW - timedelta(hours=1), notes_leaving=True)


def seats_add_up(make):
    event = make.row(Event)
    rsvps, arrivals = make.rows(Rsvp), make.rows(CheckIn)
    left = {out.check_in_id for out in make.rows(CheckOut)}
    assert event.seats_taken == sum(row.party for row in rsvps if row.holds_a_seat)
    assert event.admitted == sum(row.people for row in arrivals)
    assert event.people_left == sum(row.people for row in arrivals if row.id in left)
    assert event.seats_over == max(0, event.seats_taken - (event.capacity or event.seats_taken))


# Who is kept


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ({}, {}, 0),
        ({"confirmed_at": None}, {}, 1),
        ({"person": None}, {"confirmed_at": None}, 1),
        ({"person": None}, {"person": None}, 0),
        ({"confirmed_at": None}, {"confirmed_at": None, "source": "import"}, 1),
    ],
)
def test_whose_address_is_proven_is_kept(make, event, one, other, kept):
    two = make.rsvp(event, "Ana", **one), make.rsvp(event, "Ana", **other)
    assert merge(make, *two).id == two[kept].id


# Seats

G, W, P, M, N, C = "going", "waitlisted", "pending", "maybe", "not_going", "cancelled"


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        ((G, 0), (G, 0), (G, 1)),
        ((G, 2), (G, 0), (G, 3)),
        ((G, 0), (G, 2), (G, 3)),
        ((G, 0), (W, 2), (G, 1)),
        ((W, 2), (G, 0), (G, 1)),
        ((C, 0), (G, 2), (G, 3)),
        ((W, 0), (W, 4), (W, 5)),
        ((W, 0), (P, 0), (W, 1)),
        ((P, 1), (M, 0), (P, 2)),
        ((M, 0), (N, 0), (M, 1)),
        ((N, 0), (C, 0), (N, 1)),
        ((C, 0), (C, 1), (C, 2)),
    ],
)
def test_the_better_answer_stays_with_its_party(make, event, one, other, left):
    make.rsvp(event, "Full", companions=5 - sum(1 + n for s, n in (one, other) if s == G))
    two = [make.rsvp(event, "Ana", status=s, companions=n) for s, n in (one, other)]
    row = merge(make, *two)
    assert (row.status, row.party) == left
    seats_add_up(make)


def test_the_earlier_position_on_the_waitlist_stays(make, event):
    make.rsvp(event, "Full", companions=5)
    ana = make.rsvp(event, "Ana", status=W, person=None, created_at=NOW - timedelta(days=2))
    make.rsvp(event, "Beto", status=W, created_at=NOW - timedelta(days=1))
    again = make.rsvp(event, "Ana", status=W)
    row = merge(make, ana, again)
    assert (row.id, row.waitlisted_at) == (again.id, ana.waitlisted_at)


def test_freed_seats_go_to_who_waits_and_never_past_the_capacity(make):
    event = make.event(capacity=4)
    two = [make.rsvp(event, "Ana", companions=1) for _ in range(2)]
    first = make.rsvp(event, "Too many", status=W, companions=2)
    second = make.rsvp(event, "Beto", status=W, companions=1)
    merge(make, *two)
    assert make.row(Rsvp, id=first.id).status == W
    assert make.row(Rsvp, id=second.id).status == G
    assert [row.about_id for row in make.rows(OutboxMail)] == [second.id]
    seats_add_up(make)


def test_over_capacity_it_stays_over_and_takes_nobody_elses(make):
    event = make.event(capacity=4)
    make.rsvp(event, "Beto", companions=3)
    ana, again = (make.rsvp(event, "Ana", companions=n, status=W) for n in (1, 0))
    with make.act():
        give_place(db.session.get_one(Rsvp, ana.id), at=NOW, over_capacity=True)
    row = merge(make, again, ana)
    assert (row.status, row.party, make.row(Event).seats_over) == (G, 2, 2)
    seats_add_up(make)


def test_companions_by_name_are_those_of_both(make, event):
    one = make.rsvp(event, "Ana", companions=1, companion_names=["Bea"])
    two = make.rsvp(event, "Ana", companions=2, companion_names=["béa", "Carla"])
    row = merge(make, one, two)
    assert (row.companion_names, row.companions) == (["béa", "Carla"], 2)
    seats_add_up(make)


def test_a_yes_of_the_hosts_stays(make):
    event = make.event(needs_approval=True)
    one = make.rsvp(event, "Ana", status=P, person=None)
    two = make.rsvp(event, "Ana", status=G)
    row = merge(make, one, two)
    assert (row.status, bool(row.approved_at)) == (G, True)


# Arrivals


def action(**more):
    return DoorAction(**{"scan_id": str(uuid4()), "door": "Main", "by": "link:1", **more})


def came(make, event, rsvp, minutes, *, door="Main", people=None):
    with make.act():
        at = NOW - timedelta(minutes=minutes)
        act = action(door=door, happened_at=at, heard_at=at, people=people)
        check_in(event_at_door(event.slug), rsvp.id, act)


def left(make, event, rsvp, minutes):
    with make.act():
        at = NOW - timedelta(minutes=minutes)
        leave(event_at_door(event.slug), rsvp.id, action(happened_at=at, heard_at=at))


def test_the_earliest_arrival_stays_and_counts_once(make, event):
    ana, again = make.rsvp(event, "Ana", companions=1), make.rsvp(event, "Ana", person=None)
    came(make, event, ana, 10, people=1)
    came(make, event, again, 20, door="Garden")
    assert make.row(Event).admitted == 2
    row = merge(make, ana, again)
    arrival = make.row(CheckIn)
    assert (arrival.rsvp_id, arrival.people, arrival.door) == (row.id, 1, "Garden")
    assert arrival.at == NOW - timedelta(minutes=20)
    assert {line.rsvp_id for line in make.rows(DoorLog)} == {row.id}
    seats_add_up(make)


def test_the_arrival_of_who_goes_is_theirs(make, event):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Ana", person=None, companions=1)
    came(make, event, again, 20)
    row = merge(make, ana, again)
    assert (make.row(CheckIn).rsvp_id, make.row(CheckIn).people, row.party) == (ana.id, 2, 2)
    seats_add_up(make)


@pytest.mark.parametrize(("who_left", "has_left"), [((0,), False), ((1,), False), ((0, 1), True)])
def test_nobody_has_left_while_one_of_the_two_is_in(make, event, who_left, has_left):
    two = [make.rsvp(event, "Ana"), make.rsvp(event, "Ana", person=None)]
    for number, rsvp in enumerate(two):
        came(make, event, rsvp, 20 + number)
    for number in who_left:
        left(make, event, two[number], 10 - number)
    merge(make, *two)
    assert [out.at for out in make.rows(CheckOut)] == [NOW - timedelta(minutes=9)] * has_left
    seats_add_up(make)


# Tickets, and what else finds them


def test_the_tickets_of_both_open_the_door(make, event):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Ana", person=None)
    with make.act():
        code = {"event_id": event.id, "rsvp_id": again.id}
        db.session.add(TicketCode(key="LUMA-1", code="LUMA-1", **code))
    row = merge(make, ana, again)
    codes = (ana.ticket, again.ticket, f"https://here.example/t/{again.ticket}")
    with make.act():
        door = event_at_door(event.slug)
        for said in (*codes, ana.short_code, again.short_code.lower(), "LUMA-1"):
            found = holder(door, said)
            assert found, said
            assert found.id == row.id
        assert codes_of_guests(event.id) == {row.id: ["LUMA-1"]}, "no export has our tickets"


def test_the_name_is_found_once_and_the_key_of_who_goes_opens_nothing(make, event, browser):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Anna", confirmed_at=None)
    merge(make, ana, again)
    assert {word.rsvp_id for word in make.rows(NameWord)} == {ana.id}
    assert browser().open(f"/r/{again.key}").status == 404
    assert browser().open(f"/r/{ana.key}").status == 200


def test_mails_that_wait_are_of_who_is_kept_and_what_was_told_is_told_once(make, event):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Ana", confirmed_at=None)
    with make.act():
        for rsvp in (ana, again):
            notify.ticket(db.session.merge(rsvp), at=NOW)
        for kind, rsvp in (("day_before", ana), ("day_before", again), ("ticket", again)):
            told = {"kind": kind, "person_id": ana.person_id, "rsvp_id": rsvp.id, "at": NOW}
            db.session.add(Notice(**told))
    merge(make, ana, again)
    assert [row.about_id for row in make.rows(OutboxMail)] == [ana.id]
    notices = [(row.kind, row.rsvp_id) for row in make.rows(Notice)]
    assert sorted(notices) == [("day_before", ana.id), ("ticket", ana.id)]


@pytest.mark.parametrize("proven", [True, False])
def test_their_list_imported_again_brings_nobody_back(app, make, event, proven):
    data = b"name,email,id\nAna Ruiz,,7\nBeto,beto@example.org,8\n"
    bring(app, event, data)
    [ana] = make.rows(Rsvp, name="Ana Ruiz")
    row = merge(make, make.rsvp(event, "Ana", confirmed_at=NOW if proven else None), ana)
    report = bring(app, event, data)
    assert (report["added"], len(make.rows(Rsvp))) == (0, 2)
    assert bring(app, event, data, dry_run_import)["added"] == 0
    again = merge(make, row, make.rsvp(event, "Ana", created_at=NOW))
    assert bring(app, event, data)["added"] == 0
    assert make.row(MergedRef).rsvp_id == again.id


def test_what_a_phone_did_alone_for_who_goes_is_done_for_who_is_kept(make, event, browser):
    door = at_door(make, browser(), event)
    ana = make.rsvp(event, "Ana")
    gone = [make.rsvp(event, "Ana", person=None) for _ in range(2)]
    make.rsvp(event, "Beto")
    for one in gone:
        merge(make, ana, one)
    for one in gone:
        did = [entry(verb, rsvp_id=one.id) for verb in ("check_in", "undo", "check_in")]
        answers = send_entries(door, event, *did)
        assert [told["outcome"] for told in answers] == ["admitted", "undone", "admitted"]
        assert {told["rsvp_id"] for told in answers} == {ana.id}
        assert make.row(CheckIn).rsvp_id == ana.id
        send_entries(door, event, entry("undo", rsvp_id=ana.id))
    assert {row.rsvp_id for row in make.rows(DoorLog)} == {ana.id}


def test_an_id_of_who_goes_is_never_of_a_guest_who_comes_later(make, event, browser):
    door = at_door(make, browser(), event)
    ana, gone = make.rsvp(event, "Ana"), make.rsvp(event, "Ana", person=None)
    merge(make, ana, gone)
    later = make.rsvp(event, "Beto")
    assert later.id > gone.id
    [told] = send_entries(door, event, entry("check_in", rsvp_id=gone.id))
    assert (told["outcome"], told["rsvp_id"]) == ("admitted", ana.id)


def test_who_was_known_by_an_id_of_another_event_is_nobody_here(make, event, browser):
    elsewhere = make.event(starts_at=event.starts_at)
    gone = make.rsvp(elsewhere, "Ana", person=None)
    merge(make, make.rsvp(elsewhere, "Ana"), gone)
    door = at_door(make, browser(), event)
    assert send_entries(door, event, entry("check_in", rsvp_id=gone.id))[0]["error"] == "guest"


def test_the_badge_that_is_worn_is_of_who_is_kept(app, make, event):
    again, third = (make.rsvp(event, "Ana", person=None) for _ in range(2))
    ana = make.rsvp(event, "Ana")
    merge(make, again, third)
    merge(make, ana, again)
    with app.app_context():
        for badge in (ana.badge, again.badge, third.badge):
            assert rsvp_by_badge(badge).id == ana.id
        assert rsvp_by_badge("another") is None


# Consent


@pytest.mark.parametrize(
    ("kept", "gone", "left"),
    [
        ("everyone", "everyone", "everyone"),
        ("everyone", "attendees", "attendees"),
        ("attendees", "everyone", "attendees"),
        ("everyone", "nobody", "nobody"),
        ("nobody", "everyone", "nobody"),
        ("attendees", None, "attendees"),
        (None, "everyone", None),
        (None, None, None),
    ],
)
def test_the_stricter_consent_stays(make, event, kept, gone, left):
    ana = make.rsvp(event, "Ana", listing=kept)
    again = make.rsvp(event, "Ana", person=None, listing=gone, ask_me_about="bread")
    row = merge(make, ana, again)
    assert (row.listing, row.ask_me_about) == (left, "" if kept else "bread")


def test_no_words_that_a_stranger_may_have_typed_come_onto_a_badge(make, event):
    ana = make.rsvp(event, "Ana", listing=None)
    words = {"ask_me_about": "my shop", "want_to_learn": "buy"}
    again = make.rsvp(event, "Ana", confirmed_at=None, listing="everyone", **words)
    row = merge(make, ana, again)
    assert (row.id, row.ask_me_about, row.want_to_learn) == (ana.id, "", "")
    with make.act():
        there = db.session.get_one(Event, event.id)
        [badge] = badges_of(there)
        assert badge.ask == ""


def test_answers_of_both_stay_and_where_they_differ_beside_each_other(make, event):
    ana = make.rsvp(event, "Ana", answers={"Diet": "Vegan", "Size": "", "Bus": "yes"})
    again = make.rsvp(
        event, "Ana", person=None, answers={"Diet": "Halal", "Size": "M", "Bus": "yes"}
    )
    row = merge(make, ana, again)
    assert row.answers == {"Diet": "Vegan", "Size": "M", "Bus": "yes", "Diet (2)": "Halal"}
