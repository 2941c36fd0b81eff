"""What a door lead may do that a helper may not: admit over a no, undo at any time."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.model import CheckIn, DoorLog, Event, Rsvp
from tests.door.helpers import at_door, post


@pytest.fixture
def event(make):
    return make.event(capacity=1)


@pytest.fixture
def helper(make, browser, event):
    return at_door(make, browser(), event)


@pytest.fixture
def lead(make, browser, event):
    return at_door(make, browser(), event, "Lead", role="lead")


def let_in(door, event, rsvp, **fields):
    return post(door, f"/e/{event.slug}/door/{rsvp.id}/check-in", **fields).json


@pytest.mark.parametrize(
    ("status", "reason"),
    [("waitlisted", "waitlisted"), ("cancelled", "cancelled"), ("pending", "not_approved")],
)
def test_a_lead_admits_over_a_no_and_says_why(make, lead, event, status, reason):
    rsvp = make.rsvp(event, "Ana Ruiz", status=status)
    assert let_in(lead, event, rsvp)["reason"] == reason
    assert let_in(lead, event, rsvp, over_reason="Speaks tonight")["outcome"] == "admitted"
    assert make.row(DoorLog, outcome="admitted").over_reason == "Speaks tonight"
    assert make.row(Rsvp).status == "going"
    assert make.row(Event, id=event.id).seats_taken == 1


def test_over_a_full_house_the_seats_still_add_up(make, lead, event):
    make.rsvp(event, "Beto")
    rsvp = make.rsvp(event, "Ana Ruiz", status="waitlisted", companions=1)
    assert let_in(lead, event, rsvp, over_reason="My mistake")["outcome"] == "admitted"
    row = make.row(Event, id=event.id)
    assert (row.seats_taken, row.seats_over, row.admitted) == (3, 2, 2)


def test_a_helpers_reason_opens_nothing(make, helper, event):
    rsvp = make.rsvp(event, "Ana Ruiz", status="waitlisted")
    answer = let_in(helper, event, rsvp, over_reason="I like her")
    assert (answer["outcome"], answer["reason"]) == ("denied", "waitlisted")
    assert not make.rows(CheckIn)


def test_the_page_offers_it_to_a_lead_alone(make, browser, event, htmx):
    rsvp = make.rsvp(event, "Ana Ruiz", status="cancelled")
    helper = at_door(make, browser(htmx=htmx), event)
    helper.press("Let in", code=rsvp.ticket)
    assert not helper.page.select_one("[name=over_reason]")
    lead = at_door(make, browser(htmx=htmx), event, "Lead", role="lead")
    lead.press("Let in", code=rsvp.ticket)
    lead.press("Let in all the same", over_reason="She has changed her mind")
    assert lead.one("#verdict")["data-outcome"] == "admitted"


def test_before_the_door_opens_a_lead_may_let_in(make, browser):
    event = make.event(starts_at=clock.now() + timedelta(days=1))
    lead = at_door(make, browser(), event, role="lead")
    rsvp = make.rsvp(event, "Ana Ruiz")
    assert let_in(lead, event, rsvp)["reason"] == "too_early"
    assert let_in(lead, event, rsvp, over_reason="Sets up the bar")["outcome"] == "admitted"


def test_before_the_door_opens_a_lead_adds_somebody_and_says_why(make, browser, htmx):
    event = make.event(starts_at=clock.now() + timedelta(days=1))
    lead = at_door(make, browser(htmx=htmx), event, role="lead")
    lead.press("Add and let in", name="Zoë")
    assert lead.one("#verdict")["data-reason"] == "too_early"
    assert lead.sees("Say below why they come in all the same")
    lead.press("Add and let in", name="Zoë", over_reason="she brings the wine")
    assert lead.one("#verdict")["data-outcome"] == "admitted"
    assert make.row(DoorLog, outcome="admitted").over_reason == "she brings the wine"


def test_anyone_undoes_within_a_minute_and_only_a_lead_later(make, helper, lead, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    undo = f"/e/{event.slug}/door/{rsvp.id}/undo"
    let_in(helper, event, rsvp)
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        answer = post(helper, undo).json
        assert (answer["outcome"], answer["reason"]) == ("denied", "undo_too_late")
        assert make.row(CheckIn)
        assert post(lead, undo).json["outcome"] == "undone"
    assert not make.rows(CheckIn)


def test_a_minute_after_it_was_let_in_again_counts_anew(make, helper, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    undo = f"/e/{event.slug}/door/{rsvp.id}/undo"
    let_in(helper, event, rsvp)
    post(helper, undo)
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        let_in(helper, event, rsvp)
        assert post(helper, undo).json["outcome"] == "undone"


def test_an_undo_that_waited_on_a_phone_is_measured_by_its_clock(make, helper, event):
    rsvp, at = make.rsvp(event, "Ana Ruiz"), clock.now()
    with time_machine.travel(at + timedelta(minutes=10)):
        let_in(helper, event, rsvp, happened_at=at.isoformat(), offline="1")
        undone_at = (at + timedelta(seconds=30)).isoformat()
        answer = post(
            helper,
            f"/e/{event.slug}/door/{rsvp.id}/undo",
            happened_at=undone_at,
            offline="1",
        )
    assert answer.json["outcome"] == "undone"
