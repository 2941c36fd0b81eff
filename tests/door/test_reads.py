"""What a door reads past the session is what the rows say."""

from __future__ import annotations

from dataclasses import fields

import pytest
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.caseless import caseless
from eventapp.core.db import db
from eventapp.door.codes import holder
from eventapp.door.event import EventAtDoor, event_at_door
from eventapp.door.guests import Guest, Wanted, guest_at
from eventapp.door.passes import pass_of_phone
from eventapp.door.search import find
from eventapp.model import CheckIn, CheckOut, DoorPass, Event, Rsvp, Talk
from tests.door.helpers import at_door, post

pytestmark = pytest.mark.both_databases


@pytest.fixture
def event(make):
    return make.event(notes_leaving=True, capacity=40, door_answers=["Diet"])


@pytest.fixture
def door(make, browser, event):
    return at_door(make, browser(), event, role="lead")


@pytest.fixture
def guests(make, door, event):
    """Not in, some of a party in, all of it in, left again; a host, a speaker."""
    parties = [make.rsvp(event, f"Ana {number}", companions=2) for number in range(4)]
    for rsvp, people in zip(parties[1:], (1, 3, 3), strict=True):
        post(door, f"/e/{event.slug}/door/{rsvp.id}/check-in", people=people)
    post(door, f"/e/{event.slug}/door/{parties[3].id}/leave")
    speaker = make.rsvp(event, "Zoë Núñez", answers={"Diet": "none"}, hosts_since=clock.now())
    with make.act():
        talk = {"title": "Why", "speaker": speaker.name, "speaker_key": speaker.name_key}
        db.session.add(Talk(event_id=event.id, **talk))
    return [*parties, speaker]


def as_rows_say(rsvp: Rsvp) -> Guest:
    """The same by one object after the other."""
    check_in = db.session.scalar(select(CheckIn).filter_by(rsvp_id=rsvp.id))
    check_out = check_in and db.session.get(CheckOut, check_in.id)
    return Guest(
        id=rsvp.id,
        event_id=rsvp.event_id,
        name=rsvp.name,
        status=rsvp.status,
        approved_at=rsvp.approved_at,
        companions=rsvp.companions,
        companion_names=rsvp.companion_names,
        short_code=rsvp.short_code,
        answers=rsvp.answers,
        hosts_since=rsvp.hosts_since,
        speaks=rsvp.name_key in [talk.speaker_key for talk in rsvp.event.talks],
        is_new=rsvp.person_id is not None,  # there is no other event
        arrived_at=check_in.at if check_in else None,
        arrived_door=check_in.door if check_in else None,
        came_in=check_in.people if check_in else None,
        left_at=check_out.at if check_out else None,
    )


def test_a_guest_is_read_alike_whoever_asks(app, event, guests):
    with app.app_context():
        at = event_at_door(event.slug)
        phone = db.session.scalars(select(DoorPass)).one().phone_digest
        for guest in guests:
            rsvp = db.session.get_one(Rsvp, guest.id)
            expected = as_rows_say(rsvp)
            assert guest_at(at, rsvp.id) == holder(at, rsvp.ticket) == expected
            assert expected in find(at, rsvp.name)
            by_ticket = Wanted("caseless_ticket", caseless(rsvp.ticket))
            for wanted in (Wanted("id", rsvp.id), by_ticket):
                found = pass_of_phone(event.slug, phone, clock.now(), wanted)
                assert found.guest == expected


def test_who_is_missing_follows_from_who_came_and_left(app, event, guests):
    with app.app_context():
        at = event_at_door(event.slug)
        assert [guest_at(at, one.id).missing for one in guests] == [3, 2, 0, 3, 1]


def test_the_event_is_read_as_it_is(app, event, guests):
    with app.app_context():
        row = db.session.get_one(Event, event.id)
        phone = db.session.scalars(select(DoorPass)).one().phone_digest
        found = pass_of_phone(event.slug, phone, clock.now())
        for read in (event_at_door(event.slug), found.event):
            assert {one.name: getattr(read, one.name) for one in fields(EventAtDoor)} == {
                one.name: getattr(row, one.name) for one in fields(EventAtDoor)
            }
            assert read.is_full == row.is_full
            assert read.headcount_revision == row.headcount_revision
