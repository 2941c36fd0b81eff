"""A rehearsal has a copy of the event's list, with tickets of its own and no addresses."""

from __future__ import annotations

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import digest
from eventapp.model import Event, NameWord, Rsvp, Talk
from eventapp.rsvp.actions import enter_all
from tests.door.helpers import at_door, post
from tests.door.rehearsal.copies import rehearse, wipe


def test_the_copy_has_the_same_guests_and_nobodys_address(make, event):
    copy = rehearse(make, event)
    said = ("name", "status", "companions", "short_code", "answers", "waitlisted_at", "language")
    originals, copies = (make.rows(Rsvp, event_id=one.id) for one in (event, copy))
    assert [[getattr(one, name) for name in said] for one in copies] == [
        [getattr(one, name) for name in said] for one in originals
    ]
    assert [one.source_ref for one in copies] == [f"rehearsal:{one.id}" for one in originals]
    for one in copies:
        assert (one.person_id, one.listing, one.confirmed_at, one.source) == (
            None, None, None, "import",
        )  # fmt: skip
    secrets = {s for one in [*originals, *copies] for s in (one.key, one.ticket, one.badge)}
    assert len(secrets) == 3 * 8
    assert sorted(row.word for row in make.rows(NameWord, event_id=copy.id)) == sorted(
        row.word for row in make.rows(NameWord, event_id=event.id)
    )
    assert [talk.title for talk in make.rows(Talk, event_id=copy.id)] == ["Yeast"]


def test_a_phone_without_network_knows_the_tickets_that_guests_have(make, browser, event):
    copy = rehearse(make, event)
    answer = at_door(make, browser(), copy).client.get(f"/e/{copy.slug}/door/roster").json
    known = [dict(zip(answer["fields"], row, strict=True))["ticket"] for row in answer["guests"]]
    assert known == [digest(one.ticket.lower())[:16] for one in make.rows(Rsvp, event_id=event.id)]


def test_the_copy_counts_seats_as_the_event_does_and_nobody_is_in(make, browser, event):
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.admitted, there.door_revision = 2, 5
    copy = rehearse(make, event)
    row = make.row(Event, id=copy.id)
    assert (row.capacity, row.seats_taken, row.seats_over) == (6, 3, 0)
    assert (row.admitted, row.door_revision, row.door_answers) == (0, 0, ["Shirt"])


def test_who_was_not_approved_is_turned_away_there_too(make, browser, community):
    event = make.event(community, needs_approval=True)
    make.rsvp(event, "Ana Ruiz", status="maybe", approved_at=None)
    make.rsvp(event, "Bo Ek", status="maybe")
    copy = rehearse(make, event)
    door = at_door(make, browser(), copy)
    ana, bo = (make.row(Rsvp, event_id=copy.id, name=name) for name in ("Ana Ruiz", "Bo Ek"))
    answers = [post(door, f"/e/{copy.slug}/door/{one.id}/check-in").json for one in (ana, bo)]
    assert [answer["reason"] for answer in answers] == ["not_approved", None]


def test_its_door_is_open_at_any_hour(make, browser, event):
    copy = rehearse(make, event)
    door = at_door(make, browser(), copy)
    (ana,) = make.rows(Rsvp, event_id=copy.id, name="Ana Ruiz")
    answer = post(door, f"/e/{copy.slug}/door/{ana.id}/check-in")
    assert answer.json["outcome"] == "admitted"


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_its_address_reads_like_the_events(make, event, taken):
    endings = ["-rehearsal", "-rehearsal-2", "-rehearsal-3"]
    for ending in endings[:taken]:
        make.event(slug=event.slug + ending)
    assert rehearse(make, event).slug == event.slug + endings[taken]


def test_a_long_address_is_cut(make, community):
    event = make.event(community, slug="x" * 60)
    make.event(slug="x" * 50 + "-rehearsal")
    slug = rehearse(make, event).slug
    assert slug == "x" * 48 + "-rehearsal-2"
    assert len(slug) == 60


def test_there_is_one_rehearsal_at_a_time(make, event):
    assert rehearse(make, event).id == rehearse(make, event).id
    assert len(make.rows(Event)) == 2


# Where it is not


# The organiser's pages


@pytest.mark.slow
def test_a_big_list_is_copied_without_asking_for_each_guest(make, count_queries):
    event = make.event()
    with make.act():
        there = db.session.get_one(Event, event.id)
        guests = [{"name": f"Ana Ruiz {number}", "status": "going"} for number in range(1500)]
        enter_all(there, guests, at=clock.now())
        there.seats_taken = 1500
    with count_queries() as queries:
        copy = rehearse(make, event)
    assert len([one for one in queries if not one.startswith("INSERT INTO rsvp")]) < 20
    assert len(make.rows(Rsvp, event_id=copy.id)) == 1500
    with count_queries() as queries:
        wipe(make, event)
    assert len(queries) < 10
