"""What a door sees of a guest beside the name: new here, host, speaker, chosen answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.actions import call_off_event
from eventapp.model import Event, Talk
from tests.door.helpers import at_door


@pytest.fixture
def community(make):
    return make.community()


@pytest.fixture
def event(make, community):
    return make.event(community)


@pytest.fixture
def let_in(make, browser, event, htmx):
    """Scans a ticket, and returns the words of the verdict."""

    def scan(rsvp):
        door = at_door(make, browser(htmx=htmx), event)
        door.press("Let in", code=rsvp.ticket)
        return door.one("#verdict").get_text(" ", strip=True)

    return scan


def test_who_comes_for_the_first_time_is_known_as_such(make, let_in, event):
    assert "first time here" in let_in(make.rsvp(event, "Ana Ruiz"))


def test_who_was_at_another_evening_of_the_community_is_not_new(
    make, browser, let_in, community, event
):
    earlier = event.starts_at - timedelta(minutes=1)
    ana, before = make.person(name="Ana Ruiz"), make.event(community, starts_at=earlier)
    at_door(make, browser(), before).press("Let in", code=make.rsvp(before, person=ana).ticket)
    assert "first time here" not in let_in(make.rsvp(event, "Ana Ruiz", person=ana))


def test_another_communitys_evening_does_not_count(make, browser, let_in, event):
    ana, elsewhere = make.person(name="Ana Ruiz"), make.event()
    door = at_door(make, browser(), elsewhere)
    door.press("Let in", code=make.rsvp(elsewhere, person=ana).ticket)
    assert "first time here" in let_in(make.rsvp(event, "Ana Ruiz", person=ana))


def test_an_evening_that_was_called_off_does_not_count(make, browser, let_in, community, event):
    earlier = event.starts_at - timedelta(minutes=1)
    ana, before = make.person(name="Ana Ruiz"), make.event(community, starts_at=earlier)
    at_door(make, browser(), before).press("Let in", code=make.rsvp(before, person=ana).ticket)
    with make.act():
        call_off_event(db.session.get_one(Event, before.id), at=clock.now())
    assert "first time here" in let_in(make.rsvp(event, "Ana Ruiz", person=ana))


def test_of_a_name_alone_nobody_says_that_it_is_new(make, let_in, event):
    assert "first time here" not in let_in(make.rsvp(event, "Ana Ruiz", person=None))


def test_a_host_and_a_speaker_are_recognised(make, let_in, event):
    with make.act():
        talk = {"title": "Beer", "speaker": "ANA RUÍZ", "speaker_key": "ana ruiz"}
        db.session.add(Talk(event_id=event.id, **talk))
    words = let_in(make.rsvp(event, "Ana Ruiz", hosts_since=clock.now()))
    assert "host" in words
    assert "speaker" in words


def test_only_the_answers_that_the_organiser_chose_are_shown(make, let_in, event):
    rsvp = make.rsvp(event, "Ana Ruiz", answers={"Company": "Acme", "Allergies": "Nuts"})
    with make.act():
        db.session.get_one(Event, event.id).door_answers = ["Company"]
    words = let_in(rsvp)
    assert "Acme" in words
    assert "Nuts" not in words


def test_an_organiser_chooses_them(make, browser, community, event, htmx):
    make.rsvp(event, "Ana Ruiz", answers={"Company": "Acme", "Allergies": "Nuts"})
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/doors/settings")
    olga.press("Save", door_answers=["Company"], notes_leaving="y")
    row = make.row(Event, id=event.id)
    assert (row.door_answers, row.notes_leaving) == (["Company"], True)


def test_nobody_else_sets_how_the_door_works(make, browser, event):
    address = f"/o/e/{event.slug}/doors/settings"
    stranger, helper = browser(), at_door(make, browser(), event)
    for one in (stranger, helper):
        assert one.open(address).url.startswith("/sign-in")
    elsewhere = make.signed_in(browser(), make.organiser(make.community()))
    assert elsewhere.open(address).status == 404
