"""A kiosk is left with the PIN, and not by trying PINs."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.kiosk.actions.leave import LOCKED_FOR, TRIES_MOST
from eventapp.model import DoorLink, DoorPass, WrongPins
from tests.kiosk.helpers import PIN, at_kiosk


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def tablet(make, browser, event, htmx):
    return at_kiosk(make, browser(htmx=htmx), event)


@pytest.mark.parametrize("typed", [PIN, f" {PIN[:2]} {PIN[2:]} "])
def test_the_pin_makes_it_a_plain_browser(make, tablet, event, typed):
    tablet.press("Leave", pin=typed)
    assert (tablet.url, tablet.status) == ("/", 200)
    assert tablet.sees("This tablet is a kiosk no longer.")
    assert not make.rows(DoorPass)
    assert tablet.open(f"/e/{event.slug}/kiosk").status == 403


@pytest.mark.parametrize(
    ("typed", "code"), [("", "required"), ("0000", "wrong_pin"), (PIN + "0", "wrong_pin")]
)
def test_anything_else_does_not(make, tablet, event, typed, code):
    tablet.press("Leave", pin=typed)
    assert (tablet.status, tablet.codes()) == (422, [code])
    assert tablet.one("#leave").has_attr("open")
    assert make.row(DoorPass)
    assert tablet.open(f"/e/{event.slug}/kiosk").status == 200


def test_after_five_wrong_ones_it_is_locked_for_a_minute(make, tablet, event):
    for _ in range(TRIES_MOST):
        tablet.press("Leave", pin="0000")
    tablet.press("Leave", pin=PIN)
    assert (tablet.status, tablet.codes()) == (409, ["pins_locked"])
    assert make.row(DoorPass)
    with time_machine.travel(clock.now() + LOCKED_FOR + timedelta(seconds=1)):
        assert tablet.press("Leave", pin=PIN).url == "/"


def test_many_tablets_get_no_more_tries_than_one(make, browser, event):
    one = at_kiosk(make, browser(), event)
    secret = make.row(DoorLink).secret
    two = browser().open(f"/door/{secret}").press("Start the kiosk")
    for number in range(TRIES_MOST):
        (one, two)[number % 2].press("Leave", pin="0000")
    for tablet in (one, two):
        assert tablet.press("Leave", pin=PIN).codes() == ["pins_locked"]


def test_the_right_one_forgets_the_wrong_ones(make, browser, event):
    tablet = at_kiosk(make, browser(), event)
    secret = make.row(DoorLink).secret
    for _ in range(3):
        for _ in range(TRIES_MOST - 1):
            tablet.press("Leave", pin="0000")
        tablet.press("Leave", pin=PIN)
        tablet.open(f"/door/{secret}").press("Start the kiosk")
    assert make.row(WrongPins).tries == 0


def test_without_a_pin_only_withdrawing_the_link_ends_it(make, browser, event):
    link = make.door_link(event, "Tablet", role="kiosk")
    tablet = browser().open(f"/door/{link.secret}").press("Start the kiosk")
    assert tablet.press("Leave", pin="0000").codes() == ["wrong_pin"]
    assert make.row(DoorPass)


def test_the_pin_of_another_kiosk_is_wrong(make, browser, event):
    at_kiosk(make, browser(), event, pin="1234")
    tablet = at_kiosk(make, browser(), event)
    assert tablet.press("Leave", pin="1234").codes() == ["wrong_pin"]
