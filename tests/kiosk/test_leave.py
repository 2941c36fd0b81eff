"""A kiosk is left with the PIN, and not by trying PINs."""

from __future__ import annotations

import pytest
import time_machine
from sqlalchemy import update

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.kiosk.access import (
    LINK_WAITS,
    TABLET_WAITS,
    WRONG_PINS_PER_LINK,
    WRONG_PINS_PER_TABLET,
)
from eventapp.model import DoorLink, DoorPass, WrongTries
from tests.kiosk.helpers import PIN, at_kiosk


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def tablet(make, browser, event, htmx):
    return at_kiosk(make, browser(htmx=htmx), event)


def tablets(make, browser, event, number):
    """So many kiosks, all by one link."""
    first = at_kiosk(make, browser(), event)
    door = f"/door/{make.row(DoorLink).secret}"
    return [first, *(browser().open(door).press("Start the kiosk") for _ in range(number - 1))]


def guess(tablet, times):
    """What the tablet is told of so many wrong PINs."""
    return [code for _ in range(times) for code in tablet.press("Leave", pin="0000").codes()]


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


def test_after_five_wrong_ones_it_is_locked_for_five_minutes(make, tablet, event):
    guess(tablet, WRONG_PINS_PER_TABLET)
    tablet.press("Leave", pin=PIN)
    assert (tablet.status, tablet.codes()) == (409, ["pins_locked"])
    assert make.row(DoorPass)
    with time_machine.travel(clock.now() + TABLET_WAITS):
        assert tablet.press("Leave", pin=PIN).url == "/"


def test_whoever_guesses_at_one_tablet_locks_no_other(make, browser, event):
    one, two = tablets(make, browser, event, 2)
    for _ in range(3):
        guess(one, WRONG_PINS_PER_TABLET)
        assert one.press("Leave", pin=PIN).codes() == ["pins_locked"]
    assert two.press("Leave", pin=PIN).url == "/"


def test_however_many_tablets_guess_the_link_has_an_end_of_tries(make, browser, event):
    many = tablets(make, browser, event, WRONG_PINS_PER_LINK // WRONG_PINS_PER_TABLET + 1)
    tried = [code for tablet in many for code in guess(tablet, WRONG_PINS_PER_TABLET)]
    assert tried.count("wrong_pin") == WRONG_PINS_PER_LINK
    assert many[-1].press("Leave", pin=PIN).codes() == ["pins_locked"]
    with time_machine.travel(clock.now() + LINK_WAITS):
        assert many[-1].press("Leave", pin=PIN).url == "/"


def test_the_links_of_an_event_are_counted_apart(make, browser, event):
    guess(at_kiosk(make, browser(), event), WRONG_PINS_PER_TABLET)
    with make.act():
        db.session.execute(update(WrongTries).values(tries=WRONG_PINS_PER_LINK))
    assert at_kiosk(make, browser(), event).press("Leave", pin=PIN).url == "/"


def test_one_tablet_cannot_use_up_what_all_have():
    """Even where it guesses as its minutes end and begin."""
    within = LINK_WAITS // TABLET_WAITS + 1
    assert within * WRONG_PINS_PER_TABLET < WRONG_PINS_PER_LINK


def test_the_right_one_forgets_the_wrong_ones(make, browser, event):
    tablet = at_kiosk(make, browser(), event)
    secret = make.row(DoorLink).secret
    for _ in range(WRONG_PINS_PER_LINK):
        guess(tablet, 1)
        tablet.press("Leave", pin=PIN)
        tablet.open(f"/door/{secret}").press("Start the kiosk")
    assert {count.tries for count in make.rows(WrongTries)} == {0}


def test_without_a_pin_only_withdrawing_the_link_ends_it(make, browser, event):
    link = make.door_link(event, "Tablet", role="kiosk")
    tablet = browser().open(f"/door/{link.secret}").press("Start the kiosk")
    assert tablet.press("Leave", pin="0000").codes() == ["wrong_pin"]
    assert make.row(DoorPass)


def test_the_pin_of_another_kiosk_is_wrong(make, browser, event):
    at_kiosk(make, browser(), event, pin="1234")
    tablet = at_kiosk(make, browser(), event)
    assert tablet.press("Leave", pin="1234").codes() == ["wrong_pin"]
