"""Whatever a scanner reads is answered in words: any QR code in the world."""

from __future__ import annotations

import time

import pytest

from eventapp.model import DoorLog
from tests.door.helpers import at_door, post

NOT_OURS = {
    "a wifi code": "WIFI:T:WPA;S:bar;P:hunter2;;",
    "an address": "https://example.org/menu?table=4#wine",
    "another server's ticket": f"https://other.example.net/t/{'x' * 22}",
    "a vCard": "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Ruiz\r\nEND:VCARD\r\n",
    "binary": bytes(range(256)).decode("latin-1") * 16,
    "nothing but NUL": "\0" * 4096,
    "a NUL before an address": f"\0/t/{'x' * 22}",
    "a NUL in a ticket": "x" * 10 + "\0" + "x" * 11,
    "a NUL in a short code": "ABC\0DEF",
    "signs of control": "\x1b[2J\x07\x7f\x9b",
    "half an emoji": "\ud83d".encode("utf-8", "surrogatepass"),
    "text from right to left": "\u202eticket\u202c",
    "what looks like markup": "<script>alert(1)</script>",
    "what looks like SQL": "' OR 1=1 --",
    "many digits": "1" * 4096,
}
ALMOST_TICKETS = ("/t/" + "a" * 22 + "?") * 5_000 + "\nx"  # 130 kB


@pytest.fixture
def event(make):
    return make.event()


@pytest.mark.parametrize("code", NOT_OURS.values(), ids=NOT_OURS)
def test_a_code_that_is_no_ticket_of_ours_is_unknown(make, browser, event, code):
    door = at_door(make, browser(), event)
    answer = post(door, f"/e/{event.slug}/door/scan", code=code)
    assert (answer.status_code, answer.json["outcome"]) == (200, "denied")
    assert answer.json["reason"] == "unknown"
    assert make.row(DoorLog).reason == "unknown"


@pytest.mark.parametrize("code", NOT_OURS.values(), ids=NOT_OURS)
def test_a_person_is_told_in_words(make, browser, event, htmx, code):
    door = at_door(make, browser(htmx=htmx), event).press("Let in", code=code)
    assert door.status == 200
    assert door.one("#verdict")["data-reason"] == "unknown"
    assert "No ticket of ours" in door.one("#verdict").get_text()


@pytest.mark.parametrize("code", ["", "   ", "\r\n", "x" * 4097])
def test_what_cannot_be_a_code_at_all_is_said_too(make, browser, event, htmx, code):
    door = at_door(make, browser(htmx=htmx), event).press("Let in", code=code)
    assert door.status == 422
    assert door.codes()


def test_a_text_made_to_be_slow_to_read_is_refused_at_once(make, browser, event):
    door = at_door(make, browser(), event)
    began = time.process_time()
    assert post(door, f"/e/{event.slug}/door/scan", code=ALMOST_TICKETS).status_code == 400
    assert time.process_time() - began < 2


@pytest.mark.parametrize("form", ["{ticket}", "http://localhost/t/{ticket}", "{ticket}\n"])
def test_a_ticket_typed_into_the_search_finds_its_holder(make, browser, event, htmx, form):
    rsvp = make.rsvp(event, "Ana Ruiz")
    door = at_door(make, browser(htmx=htmx), event)
    assert door.search(form.format(ticket=rsvp.ticket)).guests() == ["Ana Ruiz"]


def test_a_ticket_for_another_event_finds_nobody(make, browser, event):
    elsewhere = make.rsvp(make.event(), "Ana Ruiz")
    door = at_door(make, browser(), event)
    assert door.search(elsewhere.ticket).guests() == []
