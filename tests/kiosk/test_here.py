"""The poster's code: guests check themselves in on their own phones, within the door's hours."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import update

from eventapp.core.db import db
from eventapp.core.i18n import force_locale, gettext
from eventapp.core.links import new_secret
from eventapp.kiosk.access import WRONG_PER_NETWORK, WRONG_PER_PHONE
from eventapp.model import CheckIn, DoorLog, WrongTries
from tests.kiosk.helpers import answer, say


@pytest.fixture
def event(make):
    return make.event(make.community(language="es"), poster_secret=new_secret())


@pytest.fixture
def ana(make, event):
    return make.rsvp(event, "Ana López", person=make.person("ana.lopez@example.org"))


@pytest.fixture
def phone(browser, event, htmx):
    return browser(htmx=htmx).open(f"/here/{event.poster_secret}")


def test_name_and_letters_check_in(make, phone, ana):
    say(phone, "ana lopez", "opez")
    assert answer(phone) == ("admitted", None)
    assert phone.sees("Welcome, Ana!")
    row = make.row(CheckIn)
    assert (row.rsvp_id, row.by) == (ana.id, "self")


def test_the_log_names_the_poster_in_the_communitys_language(app, make, phone, ana):
    say(phone, "ana lopez", "opez")
    with app.test_request_context(), force_locale("es"):
        assert make.row(CheckIn).door == gettext("Poster")


def test_who_is_signed_in_presses_one_button(make, phone, event, ana):
    make.signed_in(phone, ana.person)
    phone.open(f"/here/{event.poster_secret}")
    assert phone.sees("Ana López")
    assert not phone.page.select("[name=letters]")
    phone.press("I'm here")
    assert answer(phone) == ("admitted", None)
    assert make.row(CheckIn).rsvp_id == ana.id


def test_who_is_signed_in_without_an_answer_says_who_they_are(make, phone, event, ana):
    make.signed_in(phone, make.person())
    phone.open(f"/here/{event.poster_secret}")
    assert not phone.sees("López")
    say(phone, "ana lopez", "opez")
    assert answer(phone) == ("admitted", None)


def test_looking_changes_nothing(make, phone, event, ana):
    make.signed_in(phone, ana.person).open(f"/here/{event.poster_secret}")
    assert not make.rows(CheckIn)
    assert not make.rows(DoorLog)


def test_who_is_in_is_told_so(make, phone, event, ana):
    for _ in range(2):
        say(phone.open(f"/here/{event.poster_secret}"), "ana lopez", "opez")
    assert answer(phone) == ("already", None)
    assert len(make.rows(CheckIn)) == 1


def test_a_double_tap_is_one_guest(make, phone, event, ana):
    token = phone.page.find(attrs={"name": "csrf_token"})["value"]
    data = {"csrf_token": token, "scan_id": str(uuid4()), "name": "Ana L", "letters": "opez"}
    pages = [phone.client.post(f"/here/{event.poster_secret}", data=data).text for _ in range(2)]
    assert all('data-outcome="admitted"' in page for page in pages)
    assert len(make.rows(DoorLog)) == 1


@pytest.mark.parametrize("is_signed_in", [True, False])
@pytest.mark.parametrize("status", ["waitlisted", "cancelled", "not_going", "pending"])
def test_who_has_no_place_asks_at_the_door(make, phone, event, status, is_signed_in):
    person = make.person("zoe.gil@example.org")
    make.rsvp(event, "Zoë Gil", status=status, person=person)
    if is_signed_in:
        make.signed_in(phone, person).open(f"/here/{event.poster_secret}").press("I'm here")
    else:
        say(phone, "Zoë Gil", "e.gil")
    assert phone.one("#answer h2").get_text() == "Please ask at the door"
    assert not make.rows(CheckIn)


def test_letters_are_not_found_by_trying(make, phone, ana):
    for number in range(WRONG_PER_PHONE):
        say(phone, "Ana López", f"{number:04d}")
        assert answer(phone) == ("denied", "unknown")
        assert not phone.sees("López")
    say(phone, "Ana López", "opez")
    assert (phone.status, phone.codes()) == (409, ["too_many_wrong_letters"])
    assert phone.sees("Show your ticket at the door")
    assert not make.rows(CheckIn)


def test_who_has_the_poster_keeps_nobody_else_out(make, browser, event, ana):
    """Eleven wrong tries for a guest, and each from a phone that forgets its cookies."""
    poster = f"/here/{event.poster_secret}"
    mischief = browser().open(poster)
    for _ in range(WRONG_PER_PHONE + 1):
        say(mischief, "Ana López", "nope")
    for _ in range(WRONG_PER_PHONE + 1):
        say(browser().open(poster), "Ana López", "nope")
    assert answer(say(browser().open(poster), "Ana López", "opez")) == ("admitted", None)


def test_who_is_signed_in_is_not_slowed_down_by_others(make, browser, event, ana):
    poster = f"/here/{event.poster_secret}"
    say(browser().open(poster), "Ana López", "nope")
    with make.act():
        db.session.execute(update(WrongTries).values(tries=WRONG_PER_NETWORK))
    stranger = say(browser().open(poster), "Ana López", "opez")
    assert stranger.codes() == ["too_many_wrong_letters"]
    phone = make.signed_in(browser(), ana.person).open(poster).press("I'm here")
    assert answer(phone) == ("admitted", None)


@pytest.mark.parametrize("is_signed_in", [True, False])
@pytest.mark.parametrize(("when", "words"), [("before", "opens at"), ("after", "closed at")])
def test_outside_the_hours_it_says_when(make, browser, event, ana, when, words, is_signed_in):
    at = event.door_opens_at if when == "before" else event.door_closes_at
    phone = browser()
    if is_signed_in:
        make.signed_in(phone, ana.person)
    with time_machine.travel(at + timedelta(minutes=-1 if when == "before" else 1)):
        phone.open(f"/here/{event.poster_secret}")
        assert phone.sees(words)
        assert not phone.page.select("main form")
        token = phone.page.find(attrs={"name": "csrf_token"})["value"]
        data = {"csrf_token": token, "scan_id": str(uuid4()), "name": "Ana", "letters": "opez"}
        page = phone.client.post(f"/here/{event.poster_secret}", data=data).text
    assert f'data-reason="too_{"early" if when == "before" else "late"}"' in page
    assert not make.rows(CheckIn)


def test_what_is_wrong_is_said(make, phone, ana):
    say(phone, "", "abc")
    assert (phone.status, phone.codes()) == (422, ["required", "too_short"])
    assert not make.rows(DoorLog)


@pytest.mark.parametrize("secret", ["x" * 22, "None", "x"])
def test_a_code_that_is_none_leads_nowhere(make, browser, secret):
    make.event()  # has no poster
    assert browser().open(f"/here/{secret}").status == 404
