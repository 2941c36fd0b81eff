"""At an event that was called off the door says so, and lets nobody in: their tickets are void."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CheckIn, DoorConflict, Event
from tests.door.batches import entry, send_entries
from tests.door.helpers import at_door, post

MINUTE = timedelta(minutes=1)
SAYS_SO = "#called-off:not([hidden])"


@pytest.fixture
def event(make):
    return make.event(starts_at=clock.now() - 60 * MINUTE)


@pytest.fixture
def door(make, browser, event, htmx):
    return at_door(make, browser(htmx=htmx), event)


def call_off(make: Any, event: Event, at: Any = None) -> None:
    with make.act():
        db.session.get_one(Event, event.id).called_off_at = at or clock.now()


def test_its_page_says_so(make, door, event):
    assert not door.page.select(SAYS_SO)
    call_off(make, event)
    door.open(door.url)
    assert "This event is called off" in door.one(SAYS_SO).get_text()
    assert door.client.get(f"/e/{event.slug}/door/roster").json["called_off_at"]


def test_nobody_comes_in_by_ticket_name_or_as_a_walk_in(make, door, event):
    ana = make.rsvp(event, "Ana Ruiz")
    call_off(make, event)
    where = f"/e/{event.slug}/door"
    answers = [
        post(door, f"{where}/scan", code=ana.ticket),
        post(door, f"{where}/scan", code=ana.ticket, mode="confirm"),
        post(door, f"{where}/{ana.id}/check-in"),
        post(door, f"{where}/walk-in", name="Zoë"),
    ]
    assert {(one.json["outcome"], one.json["reason"]) for one in answers} == {
        ("denied", "cancelled")
    }
    assert not make.rows(CheckIn)
    door.open(f"{where}?q=ana").press("Check in Ana Ruiz")
    assert door.sees("The event is called off: nobody comes in.")


def test_a_lead_may_let_somebody_in_all_the_same(make, browser, event, htmx):
    ana = make.rsvp(event, "Ana Ruiz")
    call_off(make, event)
    lead = at_door(make, browser(htmx=htmx), event, role="lead")
    lead.open(f"/e/{event.slug}/door?q=ana").press("Check in Ana Ruiz")
    lead.press("Let in all the same", over_reason="She helps to clear up")
    assert make.row(CheckIn).rsvp_id == ana.id
    lead.press("Add and let in", name="Zoë").press(
        "Add and let in", name="Zoë", over_reason="She helps too"
    )
    assert lead.one("#verdict")["data-outcome"] == "admitted"


def test_who_came_before_is_in_and_can_be_undone(make, door, event):
    ana = make.rsvp(event, "Ana Ruiz")
    post(door, f"/e/{event.slug}/door/{ana.id}/check-in")
    call_off(make, event)
    where = f"/e/{event.slug}/door/{ana.id}"
    assert post(door, f"{where}/check-in").json["outcome"] == "already"
    assert post(door, f"{where}/undo").json["outcome"] == "undone"


def test_who_was_let_in_without_network_is_in_and_a_conflict_if_it_was_after(make, door, event):
    ana, bo = make.rsvp(event, "Ana Ruiz"), make.rsvp(event, "Bo Ek")
    call_off(make, event, clock.now() - 10 * MINUTE)
    came = {ana: clock.now() - 11 * MINUTE, bo: clock.now() - 9 * MINUTE}
    sent = [
        entry("check_in", rsvp_id=one.id, happened_at=at.isoformat()) for one, at in came.items()
    ]
    assert [one["outcome"] for one in send_entries(door, event, *sent)] == ["admitted"] * 2
    [conflict] = make.rows(DoorConflict)
    assert conflict.kind == "cancelled"
    lead = at_door(make, door, event, role="lead").open(f"/e/{event.slug}/door/conflicts")
    assert lead.sees("though the event is called off")


def test_once_it_takes_place_after_all_the_door_lets_in_again(make, door, event):
    ana = make.rsvp(event, "Ana Ruiz")
    call_off(make, event)
    with make.act():
        db.session.get_one(Event, event.id).called_off_at = None
    assert post(door, f"/e/{event.slug}/door/scan", code=ana.ticket).json["outcome"] == "admitted"
    assert not door.open(door.url).page.select(SAYS_SO)


def test_no_door_is_offered_at_a_glance(make, browser, htmx):
    community = make.community()
    event = make.event(community, starts_at=clock.now() - 60 * MINUTE)
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    assert olga.open(f"/o/e/{event.slug}").sees("Open the door")
    call_off(make, event)
    assert not olga.open(f"/o/e/{event.slug}").sees("Open the door")
