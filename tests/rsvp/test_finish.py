"""A walk-in is handed a QR code, and finishes their RSVP on their own phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.model import Rsvp
from eventapp.rsvp.queries import finish_address
from tests.door.helpers import at_door
from tests.make import Make

ZOE = {"name": "Zoë Ruiz", "email": "zoe@example.org"}


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def address(make: Make, browser, event):
    """What the QR code says that a door shows after a walk-in."""
    door = at_door(make, browser(), event)
    door.press("Add and let in", name="Zoë")
    assert door.one(".hand-over svg")
    with make.app.app_context():
        return finish_address(make.row(Rsvp).id)


def test_they_say_who_they_are_and_confirm_it(make, browser, address, htmx):
    phone = browser(htmx=htmx).open(address)
    phone.press("That's me", **ZOE, listing="attendees", ask_me_about="fermentation")
    assert phone.sees("Nice to meet you")
    phone.press("Show my ticket", digits=make.mails("zoe@example.org")[0][0].values["digits"])
    rsvp = make.row(Rsvp)
    assert (rsvp.name, rsvp.listing, rsvp.is_confirmed) == ("Zoë Ruiz", "attendees", True)
    assert phone.url == f"/r/{rsvp.key}"


def test_until_the_digits_nothing_of_it_is_confirmed(make, browser, address):
    browser().open(address).press("That's me", **ZOE, listing="everyone")
    assert not make.row(Rsvp).is_confirmed


def test_looking_at_it_changes_nothing(make, browser, address):
    browser().open(address)
    assert make.row(Rsvp).person_id is None


def test_the_second_who_scans_it_is_told_nothing_of_the_first(make, browser, address):
    one, other = browser().open(address), browser().open(address)
    one.press("That's me", **ZOE)
    other.press("That's me", name="Eve", email="eve@example.org")
    assert other.codes() == ["finished"]
    late = browser().open(address)
    for phone in (other, late):
        assert not phone.sees("zoe@example.org")
    assert not late.sees("Zoë")


def test_an_address_with_an_answer_of_its_own_keeps_it(make, browser, event, address):
    own = make.rsvp(event, "Zoë R.", person=make.person("zoe@example.org"))
    phone = browser().open(address).press("That's me", **ZOE)
    assert phone.sees("Nice to meet you")
    assert make.row(Rsvp, id=own.id).name == "Zoë R."
    assert make.row(Rsvp, name="Zoë").person_id is None
    assert "already" in make.mails("zoe@example.org")[0][0].template


def test_the_same_form_sent_twice_is_one_answer(make, browser, address):
    phone = browser().open(address)
    form = phone.page.find("form", action=lambda to: "finish" in to)
    data = {**ZOE, "form_id": form.find(attrs={"name": "form_id"})["value"]}
    data["csrf_token"] = form.find(attrs={"name": "csrf_token"})["value"]
    for _ in range(2):
        phone.submit(form, data)
        assert phone.sees("Nice to meet you")
    assert len(make.mails("zoe@example.org")) == 1


@pytest.mark.parametrize("spoil", [lambda it: it[:-2], lambda it: it + "x", lambda _: "/finish/1"])
def test_a_code_that_is_not_ours_is_not_found(browser, address, spoil):
    assert browser().open(spoil(address)).status == 404


def test_after_two_days_it_is_good_no_more(browser, address):
    with time_machine.travel(clock.now() + timedelta(days=2, minutes=1)):
        assert browser().open(address).status == 404


def test_who_gave_an_address_at_the_door_is_mailed_and_needs_no_code(make, browser, event):
    door = at_door(make, browser(), event)
    door.press("Add and let in", name="Zoë", email="zoe@example.org")
    assert not door.page.select(".hand-over")
