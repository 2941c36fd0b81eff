"""Somebody is deleted while others act on what is theirs: all are answered, nothing stays."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.me.actions import NOBODY
from eventapp.model import Encounter, Event, Rsvp
from tests.make import Make
from tests.racing import Tap, deadlocks, race, session_of

PEOPLE = 10


@pytest.fixture
def events(make: Make) -> list[Event]:
    """Two that go on, so that people answer and meet; the one that ends first was made last."""
    began = clock.now() - timedelta(hours=1)
    return [
        make.event(starts_at=began, ends_at=clock.now() + timedelta(hours=hours))
        for hours in (2, 1)
    ]


@pytest.mark.slow
def test_what_is_done_with_who_is_being_deleted(
    app: Flask, make: Make, events: list[Event]
) -> None:
    people = [make.person(name=f"Guest {number}") for number in range(PEOPLE)]
    firsts, lasts = (
        [make.rsvp(event, each.name, person=each, listing="attendees") for each in people]
        for event in events
    )
    bea = make.rsvp(events[0], "Bea Gil", listing="attendees")
    own, beas = [session_of(make, each) for each in people], session_of(make, bea.person)
    met, rsvp = f"/e/{events[0].slug}/met", f"/e/{events[1].slug}/rsvp"
    before = deadlocks(app)
    answers = race(
        app,
        [Tap("/me/delete", each) for each in own],
        [Tap("/me/delete", each) for each in own],  # a thumb that slips
        [Tap("/me", each, {"name": "Renamed", "language": "es"}) for each in own],
        [Tap(f"{met}/{bea.id}", each) for each in own],
        [Tap(f"{met}/{each.id}", beas, {"note": "hello"}) for each in firsts],
        [Tap(f"/r/{each.key}/cancel") for each in lasts],
        [Tap(f"/r/{each.key}/confirm") for each in lasts],
        [Tap(rsvp, None, {"name": "Somebody", "email": each.email}) for each in people],
    )
    assert max(chain(*answers)) < 500, answers
    assert deadlocks(app) == before
    theirs = {each.id for each in (*firsts, *lasts)}
    left = [each for each in make.rows(Rsvp) if each.id in theirs]
    assert {(each.name, each.person_id) for each in left} == {(NOBODY, None)}
    assert make.rows(Encounter) == []
    for event in make.rows(Event):
        held = [each.party for each in make.rows(Rsvp, event_id=event.id) if each.holds_a_seat]
        assert event.seats_taken == sum(held)
