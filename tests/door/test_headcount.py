"""Every door's screen shows the same headcount, without anybody touching it."""

from __future__ import annotations

import pytest

from tests.chromium import Chromium, served
from tests.door.batches import entry, send_entries
from tests.door.helpers import at_door, by_link, post


@pytest.fixture
def event(make):
    return make.event()


def poll(door):
    """What a screen is told that asks whether anything changed since it was drawn."""
    address = door.one("#headcount")["hx-get"]
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    return door.client.get(address, headers=headers)


def test_nothing_is_sent_while_nothing_changed(make, browser, event):
    door = at_door(make, browser(), event)
    answer = poll(door)
    assert (answer.status_code, answer.data) == (204, b"")


def test_a_screen_hears_of_a_guest_that_another_door_let_in(make, browser, event):
    rsvp = make.rsvp(event, companions=1)
    one, other = (at_door(make, browser(), event, name) for name in ("One", "Other"))
    post(one, f"/e/{event.slug}/door/scan", code=rsvp.ticket)
    answer = poll(other)
    assert answer.status_code == 200
    assert 'data-admitted="2"' in answer.text


def test_a_screen_hears_of_a_guest_who_answered(make, browser, event):
    door = at_door(make, browser(), event)
    make.rsvp(event, companions=2)
    assert 'data-expected="3"' in poll(door).text


@pytest.mark.parametrize("role", ["helper", "lead"])
def test_a_leads_screen_hears_of_conflicts(make, browser, event, role):
    rsvp = make.rsvp(event)
    screen, phone = at_door(make, browser(), event, role=role), at_door(make, browser(), event)
    post(phone, f"/e/{event.slug}/door/scan", code=rsvp.ticket)
    screen.open(f"/e/{event.slug}/door")
    send_entries(phone, event, entry("scan", code=rsvp.ticket))
    answer = poll(screen)
    assert ("One conflict to look at" in answer.text) == (role == "lead")


def test_who_stands_at_no_door_hears_nothing(make, browser, event):
    address = at_door(make, browser(), event).one("#headcount")["hx-get"]
    stranger = browser()
    assert stranger.client.get(address).status_code == 403
    headers = {"Accept": "application/json"}
    assert stranger.client.get(address, headers=headers).status_code == 401


@pytest.mark.browser
def test_the_number_on_the_screen_moves_by_itself(app, make, browser, event, chromium_engine):
    rsvp = make.rsvp(event)
    helper = at_door(make, browser(), event, "Other door")
    with served(app) as address:
        screen = by_link(make, Chromium(chromium_engine, address), event)
        assert screen.one("#headcount")["data-admitted"] == "0"
        post(helper, f"/e/{event.slug}/door/scan", code=rsvp.ticket)
        screen.tab.locator("#headcount[data-admitted='1']").wait_for()
        screen.close()
