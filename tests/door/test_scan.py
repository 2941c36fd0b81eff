"""A scanned or typed code lets its guest in, once, and no other code does."""

from __future__ import annotations

from uuid import uuid4

import pytest

from eventapp.core import clock
from eventapp.model import DoorLog
from tests.door.helpers import at_door, post


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def door(make, browser, event, htmx):
    return at_door(make, browser(htmx=htmx), event)


def test_the_same_scan_id_gets_the_same_answer_and_changes_nothing(make, door, event):
    rsvp, scan_id = make.rsvp(event, "Ana Ruiz"), str(uuid4())
    address = f"/e/{event.slug}/door/scan"
    first = post(door, address, code=rsvp.ticket, scan_id=scan_id).json
    again = post(door, address, code=rsvp.ticket, scan_id=scan_id).json
    assert first["outcome"] == "admitted"
    assert again == first
    assert len(make.rows(DoorLog)) == 1


def test_a_ticket_of_another_event_says_so_and_not_whose(make, door, event):
    rsvp = make.rsvp(make.event(), "Ana Ruiz")
    answer = post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket).json
    assert (answer["outcome"], answer["reason"]) == ("denied", "other_event")
    assert answer["guest"] is None


@pytest.mark.parametrize(
    "code", ["nonsense", "https://example.org/x", "WIFI:T:WPA;S:bar;P:pass;;", "é" * 3000, "x" * 22]
)
def test_any_other_code_is_unknown(door, event, code):
    answer = post(door, f"/e/{event.slug}/door/scan", code=code)
    assert (answer.status_code, answer.json["reason"]) == (200, "unknown")


@pytest.mark.parametrize("between", ["", " ", "-"])
def test_a_short_code_is_read_in_groups_too(make, door, event, between):
    rsvp = make.rsvp(event, "Ana Ruiz")
    code = rsvp.short_code[:3] + between + rsvp.short_code[3:].lower()
    assert door.search(code).guests() == ["Ana Ruiz"]
    assert post(door, f"/e/{event.slug}/door/scan", code=code).json["outcome"] == "admitted"


@pytest.mark.parametrize("form", ["{ticket}", "http://localhost/t/{ticket}", " {ticket}\r\n"])
def test_a_ticket_is_read_as_code_or_as_its_address(make, door, event, form):
    rsvp = make.rsvp(event, "Ana Ruiz")
    code = form.format(ticket=rsvp.ticket)
    assert post(door, f"/e/{event.slug}/door/scan", code=code).json["outcome"] == "admitted"


@pytest.mark.parametrize("secret", ["key", "badge"])
def test_only_the_ticket_opens_the_door(make, door, event, secret):
    rsvp = make.rsvp(event, "Ana Ruiz")
    answer = post(door, f"/e/{event.slug}/door/scan", code=getattr(rsvp, secret)).json
    assert answer["reason"] == "unknown"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"scan_id": "not-a-uuid"}, "scan_id"),
        ({"scan_id": None}, "scan_id"),
        ({"code": None}, "required"),
        ({"code": ""}, "required"),
        ({"code": "x" * 5000}, "too_long"),
        ({"happened_at": "yesterday"}, "happened_at"),
        ({"happened_at": "2026-12-01T19:00:00"}, "happened_at"),
        ({"sent_at": "soon"}, "sent_at"),
    ],
)
def test_a_call_that_is_wrong_gets_a_code(door, event, fields, code):
    answer = post(door, f"/e/{event.slug}/door/scan", **{"code": "x" * 22, **fields})
    assert (answer.status_code, answer.json["error"]) == (400, code)


def test_one_guest_after_another_is_scanned_on_the_same_page(make, door, event):
    for name in ("Ana Ruiz", "Beto Gil"):
        rsvp = make.rsvp(event, name)
        door.press("Let in", code=rsvp.ticket)
        assert door.one("#verdict").find("strong").get_text() == name
    assert door.one("#headcount")["data-admitted"] == "2"


@pytest.mark.parametrize("when", ["0001-01-01T00:00+10:00", "9999-12-31T23:59-10:00"])
@pytest.mark.parametrize("field", ["happened_at", "sent_at"])
def test_an_instant_beyond_reckoning_is_a_wrong_call(make, browser, event, when, field):
    door = at_door(make, browser(), event)
    ticket = make.rsvp(event).ticket
    sent = {"happened_at": clock.now().isoformat(), field: when}
    answer = post(door, f"/e/{event.slug}/door/scan", code=ticket, **sent)
    assert (answer.status_code, answer.json["error"]) == (400, field)
