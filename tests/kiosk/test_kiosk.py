"""A tablet at the entrance: guests check themselves in, and it tells nobody of anybody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.model import CheckIn, DoorLink, DoorLog
from tests.application import limits_for_a_while
from tests.browser import Browser
from tests.core.test_security import app_with
from tests.kiosk.helpers import a_scan, answer, at_kiosk, say


@pytest.fixture
def event(make):
    return make.event(title="Noche de datos")


@pytest.fixture
def ana(make, event):
    return make.rsvp(event, "Ana López", person=make.person("ana.lopez@example.org"), companions=1)


@pytest.fixture
def tablet(make, browser, event, htmx):
    return at_kiosk(make, browser(htmx=htmx), event)


def test_a_ticket_is_scanned(make, tablet, ana):
    tablet.press("Check me in", code=f"http://localhost/t/{ana.ticket}")
    assert answer(tablet) == ("admitted", None)
    assert tablet.sees("Welcome, Ana!")
    assert tablet.sees("All 2 of you")
    row = make.row(CheckIn)
    assert (row.rsvp_id, row.people, row.door) == (ana.id, 2, "Tablet")
    assert row.by == f"link:{make.row(DoorLink).id}"


def test_the_short_code_is_typed(make, tablet, ana):
    tablet.press("Check me in", code=ana.short_code.lower())
    assert answer(tablet) == ("admitted", None)


def test_name_and_letters_are_typed(tablet, ana):
    say(tablet, "ana lopez", "opez")
    assert answer(tablet) == ("admitted", None)
    assert tablet.sees("Welcome, Ana!")


def test_a_scanner_may_type_where_a_name_belongs(tablet, ana):
    say(tablet, f"http://localhost/t/{ana.ticket}", "")
    assert answer(tablet) == ("admitted", None)


def test_who_is_in_is_told_so(tablet, ana):
    say(tablet, "ana lopez", "opez")
    tablet.open(tablet.page.find("form", class_="stack")["action"].replace("/check-in", ""))
    tablet.press("Check me in", code=ana.ticket)
    assert answer(tablet) == ("already", None)
    assert tablet.sees("Ana, you are in already")


def test_one_guest_after_another(make, tablet, event, ana):
    beto = make.rsvp(event, "Beto Gil")
    tablet.press("Check me in", code=ana.ticket)
    tablet.press("Check me in", code=beto.ticket)
    assert tablet.sees("Welcome, Beto!")
    assert not tablet.sees("Welcome, Ana")
    assert len(make.rows(CheckIn)) == 2


@pytest.mark.parametrize("code", ["x" * 22, "WIFI:S:bar;T:WPA;P:secret;;", "\x00\xff\x1b", "hola"])
def test_any_other_code_is_sent_to_the_door(tablet, ana, code):
    tablet.press("Check me in", code=code)
    assert answer(tablet) == ("denied", "unknown")
    assert tablet.sees("Please ask at the door")


def test_a_ticket_for_elsewhere_is_sent_to_the_door(make, tablet):
    tablet.press("Check me in", code=make.rsvp(make.event(), "Zoë").ticket)
    assert answer(tablet) == ("denied", "other_event")
    assert not tablet.sees("Zoë")


def test_not_found_several_and_wrong_letters_are_one_answer(make, tablet, event, ana):
    for number in (1, 2):
        make.rsvp(event, "Eva Ruiz", person=make.person(f"eva{number}.ruiz@example.org"))
    make.rsvp(event, "Gil Walk", person=None)
    pages = set()
    for name, letters in (
        ("Nobody", "nobody"),
        ("Ana López", "nope"),
        ("Eva Ruiz", "ruiz"),
        ("Gil", "walk"),
    ):
        say(tablet, name, letters)
        assert answer(tablet) == ("denied", "unknown")
        pages.add(tablet.text)
        assert not any(found in tablet.page.decode() for found in (name, "López", "Ruiz", "Walk"))
    assert len(pages) == 1
    assert tablet.sees("We couldn't find you")
    assert "retry" in tablet.one("#kiosk")["class"]


@pytest.mark.parametrize("status", ["waitlisted", "cancelled", "pending"])
def test_who_has_no_place_is_sent_to_the_door_without_more_words(make, tablet, event, status):
    rsvp = make.rsvp(event, "Zoë Gil", status=status)
    tablet.press("Check me in", code=rsvp.ticket)
    assert tablet.one("#answer h2").get_text() == "Please ask at the door"
    assert not tablet.sees("Zoë")
    assert not make.rows(CheckIn)


def test_it_says_nothing_of_anybody(make, tablet, event, ana):
    assert tablet.guests() == []
    for path in ("", "?q=ana", "?name=ana"):
        assert "Ana" not in tablet.open(f"/e/{event.slug}/kiosk{path}").page.decode()
    assert not tablet.page.select("nav, #headcount, [role=search]")
    assert {link["href"] for link in tablet.page.select("body a")} == {"#main"}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"name": "", "letters": ""}, ["required", "required"]),
        ({"name": "Ana", "letters": "opz"}, ["too_short"]),
        ({"name": "Ana", "letters": "@example.org"}, ["too_short"]),
        ({"name": "x" * 121, "letters": "opez"}, ["too_long"]),
        ({"code": ""}, ["required"]),
        ({"code": "x" * 5000}, ["too_long"]),
    ],
)
def test_what_is_wrong_is_said_and_counts_as_no_try(make, tablet, ana, fields, codes):
    tablet.press("Check me in" if "code" in fields else "I'm here", **fields)
    assert (tablet.status, tablet.codes()) == (422, codes)
    assert not make.rows(DoorLog)


def test_a_scan_id_that_is_none_is_refused(make, tablet, event, ana):
    data = {**a_scan(tablet, ana.ticket), "scan_id": "1"}
    assert tablet.client.post(f"/e/{event.slug}/kiosk/check-in", data=data).status_code == 422
    assert not make.rows(CheckIn)


def test_a_double_tap_is_one_guest(make, tablet, event, ana):
    path, data = f"/e/{event.slug}/kiosk/check-in", a_scan(tablet, ana.ticket)
    first, again = (tablet.client.post(path, data=data) for _ in range(2))
    assert 'data-outcome="admitted"' in first.text
    assert 'data-outcome="admitted"' in again.text
    assert len(make.rows(CheckIn)) == len(make.rows(DoorLog)) == 1


def test_the_back_button_tells_the_next_guest_nothing(tablet, event, ana):
    path, data = f"/e/{event.slug}/kiosk/check-in", a_scan(tablet, ana.ticket)
    tablet.client.post(path, data=data)
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        later = tablet.client.post(path, data=data)
    assert "Ana" not in later.text
    assert "Scan your ticket" in later.text


def test_without_javascript_it_returns_to_its_start(tablet, event, ana):
    assert "Refresh" not in tablet.response.headers
    tablet.press("Check me in", code=ana.ticket)
    assert tablet.response.headers["Refresh"] == f"8; url=/e/{event.slug}/kiosk"
    assert tablet.response.headers["Cache-Control"] == "no-store"


def test_it_says_when_the_door_opens_and_that_it_closed(make, browser):
    event = make.event(starts_at=clock.now() + timedelta(days=2))
    rsvp = make.rsvp(event, "Ana López", person=make.person("ana.lopez@example.org"))
    tablet = at_kiosk(make, browser(), event)
    assert tablet.sees("The door opens at")
    say(tablet, "Ana López", "opez")
    assert answer(tablet) == ("denied", "too_early")
    assert not tablet.page.select("#answer:-soup-contains(Ana)")
    with time_machine.travel(event.door_closes_at + timedelta(minutes=1)):
        assert tablet.open(tablet.url.removesuffix("/check-in")).sees("The door closed at")
        tablet.press("Check me in", code=rsvp.ticket)
        assert answer(tablet) == ("denied", "too_late")
    assert not make.rows(CheckIn)


def test_its_language_is_switched_without_leaving(tablet, event):
    tablet.press("Español")
    assert tablet.url == f"/e/{event.slug}/kiosk"
    assert tablet.page.find("html")["lang"] == "es"


def test_a_tablet_that_floods_waits_and_no_other(app, make, event):
    path = f"/e/{event.slug}/kiosk/check-in"
    with limits_for_a_while():
        limited = app_with(app, RATELIMIT_ENABLED=True, RATELIMIT_DEFAULT="3 per minute")
        tablets = [at_kiosk(make, Browser(limited.test_client()), event) for _ in range(2)]
        answers = [tablets[0].client.post(path, data=a_scan(tablets[0])) for _ in range(41)]
        other = tablets[1].client.post(path, data=a_scan(tablets[1]))
    assert [one.status_code for one in answers] == [200] * 40 + [429]
    assert other.status_code == 200
