"""A scan lets in at once, or shows who it is and asks."""

from __future__ import annotations

import pytest

from eventapp.model import CheckIn, DoorLog
from tests.door.helpers import at_door


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def door(make, browser, event, htmx):
    return at_door(make, browser(htmx=htmx), event)


def test_a_phone_that_asks_first_lets_nobody_in_by_a_scan(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    door.press("Ask first").press("Let in", code=rsvp.ticket)
    assert door.one("#verdict")["data-outcome"] == "needs_input"
    assert door.one("#verdict").find(string=lambda text: "Ana Ruiz" in text)
    assert not make.rows(CheckIn)
    door.press("Check in Ana Ruiz")
    assert door.one("#verdict")["data-outcome"] == "admitted"


def test_of_a_party_it_asks_how_many(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=2)
    door.press("Ask first").press("Let in", code=rsvp.ticket)
    door.press("Check in Ana Ruiz", people="2")
    assert make.row(CheckIn).people == 2


def test_who_may_not_come_in_is_denied_without_asking(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz", status="cancelled")
    door.press("Ask first").press("Let in", code=rsvp.ticket)
    assert door.one("#verdict")["data-reason"] == "cancelled"
    assert make.row(DoorLog).outcome == "denied"


def test_the_phone_goes_back_to_express(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    door.press("Ask first").press("Let in at once").press("Let in", code=rsvp.ticket)
    assert door.one("#verdict")["data-outcome"] == "admitted"


def test_a_mode_that_there_is_not_lets_in_at_once(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    door.press("Let in", code=rsvp.ticket, mode="teleport")
    assert door.one("#verdict")["data-outcome"] == "admitted"
