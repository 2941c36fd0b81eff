"""Somebody answers for somebody else: with an address that has an answer, they change nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from eventapp.core.db import db
from eventapp.model import Event, Rsvp
from tests.browser import Browser, form_data
from tests.make import Make

Browsers = Callable[..., Browser]
HERE = ["answered_here"]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


def answer(page: Browser, button: str, name: str, email: str) -> Browser:
    page.follow("Answer for somebody else")
    return page.press(button, name=name, email=email)


def rows(make: Make) -> list[tuple[str, str]]:
    return [(rsvp.name, rsvp.status) for rsvp in make.rows(Rsvp)]


@pytest.mark.parametrize("email", ["marta@example.org", "Marta+x@example.org"])
def test_with_ones_own_address_ones_ticket_keeps_its_name(
    make: Make, browser: Browsers, event: Event, htmx: bool, email: str
) -> None:
    own = make.rsvp(event, "Marta", person=make.person(email))
    marta = make.signed_in(browser(htmx=htmx), own.person).open(f"/e/{event.slug}")
    answer(marta, "I'm coming", "Luis Amigo", email.upper())
    assert (marta.status, marta.codes()) == (409, HERE)
    assert form_data(marta.one("#rsvp form"))["name"] == "Luis Amigo", "what was typed is kept"
    assert rows(make) == [("Marta", "going")]
    assert make.mails() == []
    marta.press("I'm coming", email="luis@example.org")
    assert rows(make) == [("Marta", "going"), ("Luis Amigo", "going")]


def test_the_refusal_leads_to_ones_own_page(make: Make, browser: Browsers, event: Event) -> None:
    own = make.rsvp(event, "Marta")
    marta = make.signed_in(browser(), own.person).open(f"/e/{event.slug}")
    answer(marta, "Maybe", "Luis", own.person.email)
    assert marta.follow("Your answer").url == f"/r/{own.key}"


def test_nor_with_the_address_that_this_browser_typed_before(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    make.rsvp(event, "Olga")
    with make.act():
        db.session.get_one(Event, event.id).capacity = 1
    rosa = browser(htmx=htmx).open(f"/e/{event.slug}")
    page = rosa.press("Put me on the waitlist", name="Rosa", email="rosa@example.org").url
    answer(rosa.open(f"/e/{event.slug}"), "Maybe", "Pepe", "rosa@example.org")
    assert (rosa.status, rosa.codes()) == (409, HERE)
    assert rosa.follow("Your answer").url == page
    assert rosa.sees("You're on the waitlist, Rosa")
    assert rows(make) == [("Olga", "going"), ("Rosa", "waitlisted")]
    assert len(make.mails()) == 1


def test_a_stranger_is_told_nothing_of_an_address(
    make: Make, browser: Browsers, event: Event
) -> None:
    known = make.rsvp(event, "Marta", person=make.person("marta@example.org"))
    for page in (browser(), make.signed_in(browser(), make.rsvp(event, "Olga").person)):
        page.open(f"/e/{event.slug}?another=1")
        page.press("I'm coming", name="Luis", email="marta@example.org")
        assert page.sees("See you there, Luis!")
    assert make.row(Rsvp, id=known.id).name == "Marta"


def test_a_double_tap_by_who_had_not_answered_is_one_answer(
    make: Make, browser: Browsers, event: Event
) -> None:
    gary = make.signed_in(browser(), make.person("gary@example.org"))
    form: Any = gary.open(f"/e/{event.slug}?another=1").one("#rsvp form")
    typed = {**form_data(form), "name": "Gary", "answer": "going"}
    own = gary.submit(form, typed).url
    assert gary.submit(form, typed).url == own
    assert rows(make) == [("Gary", "going")]


def test_who_answered_for_a_friend_alone_still_answers_for_themselves(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    gary = make.signed_in(browser(htmx=htmx), make.person("gary@example.org"))
    gary.open(f"/e/{event.slug}").press("I'm coming", name="Fay", email="fay@example.org")
    page = gary.url
    gary.open(f"/e/{event.slug}")
    assert gary.sees("You answered for Fay")
    assert gary.one(".answer-bar").get_text(strip=True) == "I'm going"
    assert form_data(gary.one("#rsvp form"))["email"] == "gary@example.org"
    assert gary.follow("Show that answer").url == page
    gary.open(f"/e/{event.slug}").press("I'm coming", name="Gary")
    assert gary.sees("See you there, Gary!")
    assert rows(make) == [("Fay", "going"), ("Gary", "going")]
