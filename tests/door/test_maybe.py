"""Who said maybe comes: at the door they take a place, as a walk-in does, while there is one."""

from __future__ import annotations

import pytest

from eventapp.model import CheckIn, DoorConflict, Event, Rsvp
from tests.door.batches import entry, send_entries
from tests.door.helpers import at_door, post


@pytest.fixture
def event(make):
    return make.event(capacity=2)


def seats(make, event):
    row = make.row(Event, id=event.id)
    return row.seats_taken, row.seats_over


def test_a_maybe_takes_a_place_at_the_door(make, browser, event, htmx):
    rsvp = make.rsvp(event, "Ana Ruiz", status="maybe")
    door = at_door(make, browser(htmx=htmx), event)
    assert door.one("#headcount")["data-expected"] == "0"
    door.search("ana")
    assert door.sees("said maybe")
    door.press("Let in", code=rsvp.ticket)
    assert door.one("#verdict")["data-outcome"] == "admitted"
    assert door.one("#headcount")["data-expected"] == "1"
    assert make.row(Rsvp).status == "going"
    assert seats(make, event) == (1, 0)


def test_a_full_house_turns_a_maybe_away_as_it_does_a_walk_in(make, browser, event):
    make.rsvp(event, "Beto", companions=1)
    rsvp = make.rsvp(event, "Ana Ruiz", status="maybe")
    door = at_door(make, browser(), event)
    answer = post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket).json
    assert (answer["outcome"], answer["reason"]) == ("denied", "full")
    assert make.row(Rsvp, id=rsvp.id).status == "maybe"
    assert not make.rows(CheckIn)


def test_a_lead_admits_a_maybe_into_a_full_house(make, browser, event, htmx):
    make.rsvp(event, "Beto", companions=1)
    rsvp = make.rsvp(event, "Ana Ruiz", status="maybe")
    lead = at_door(make, browser(htmx=htmx), event, "Lead", role="lead")
    lead.press("Let in", code=rsvp.ticket)
    assert not lead.sees("Tick below")
    lead.press("Let in all the same", over_reason="One more fits")
    assert lead.one("#verdict")["data-outcome"] == "admitted"
    assert seats(make, event) == (3, 1)


def test_a_party_that_does_not_fit_whole_is_turned_away(make, browser, event):
    make.rsvp(event, "Beto")
    rsvp = make.rsvp(event, "Ana Ruiz", status="maybe", companions=1)
    door = at_door(make, browser(), event)
    answer = post(door, f"/e/{event.slug}/door/{rsvp.id}/check-in").json
    assert (answer["outcome"], answer["reason"]) == ("denied", "full")
    assert seats(make, event) == (1, 0)


@pytest.mark.parametrize(("taken", "kinds"), [(0, []), (2, ["full"])])
def test_a_phone_alone_lets_a_maybe_in_and_the_lead_hears_of_a_full_house(
    make, browser, event, taken, kinds
):
    for number in range(taken):
        make.rsvp(event, f"Guest {number}")
    rsvp = make.rsvp(event, "Ana Ruiz", status="maybe")
    door = at_door(make, browser(), event)
    for _ in range(2):
        [answer] = send_entries(door, event, entry("scan", code=rsvp.ticket))
        assert answer["outcome"] in ("admitted", "already")
    assert make.row(CheckIn).rsvp_id == rsvp.id
    assert "full" in [row.kind for row in make.rows(DoorConflict)] or not kinds
    assert seats(make, event) == (taken + 1, max(0, taken - 1))
