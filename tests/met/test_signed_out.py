"""Whoever opens a page of an event's guests signed out reads what it is, and how to go on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.model import Event, Rsvp
from tests.browser import Browser
from tests.floor.evening import going_on, guest, opened
from tests.make import Make

Browsers = Callable[..., Browser]
SAY = {
    "questions": ("Questions on the talks", "Here guests ask about the talks"),
    "met": ("Who did you meet?", "Here guests note whom they met"),
    "rounds": ("Rounds at small tables", "Here guests see at which table they sit"),
    "conduct": ("Block or report", "Here guests block somebody"),
}


@pytest.fixture
def event(make: Make) -> Event:
    event = going_on(make, title="Fail night")
    opened(make, event)
    return event


@pytest.fixture
def ana(make: Make, event: Event) -> Rsvp:
    return guest(make, event, "Ana Ruiz")


@pytest.mark.parametrize("place", SAY)
def test_the_page_to_sign_in_says_what_for(browser: Browsers, event: Event, place: str) -> None:
    title, words = SAY[place]
    page = browser().open(f"/e/{event.slug}/{place}")
    assert page.url.startswith("/sign-in?next=")
    assert page.one("h1").get_text() == title
    assert page.sees(words)
    assert page.sees("Open your ticket from its email and go on from there, or sign in")
    assert page.follow("Fail night").url == f"/e/{event.slug}"


def test_signing_in_leads_back(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, htmx: bool
) -> None:
    page = browser(htmx=htmx).open(f"/e/{event.slug}/questions?talk=1")
    page.press("Email me a link", email=ana.person.email)
    page.press("Sign in", digits=make.mails(ana.person.email)[0][0].values["digits"])
    assert page.url == f"/e/{event.slug}/questions?talk=1"
    assert page.one("#ask textarea")


def test_it_says_so_beside_a_mistyped_address_too(browser: Browsers, event: Event) -> None:
    page = browser().open(f"/e/{event.slug}/questions").press("Email me a link", email="ana")
    assert page.status == 422
    assert page.one("h1").get_text() == "Questions on the talks"


def test_whoever_keeps_their_pass_here_goes_on_by_it(
    browser: Browsers, event: Event, ana: Rsvp
) -> None:
    phone = browser().open(f"/r/{ana.key}").press("Keep on this device")
    page = phone.open(f"/e/{event.slug}/questions").follow("Go on as Ana Ruiz")
    assert page.url == f"/r/{ana.key}/questions"
    assert page.one("#ask textarea")


def test_a_pass_of_another_event_leads_nowhere(make: Make, browser: Browsers, event: Event) -> None:
    other = make.rsvp(make.event(starts_at=clock.now() - timedelta(hours=1)), "Ana Ruiz")
    phone = browser().open(f"/r/{other.key}").press("Keep on this device")
    assert not phone.open(f"/e/{event.slug}/questions").sees("Go on as")


@pytest.mark.parametrize(
    "go_to", ["/me", "/e/nowhere/questions", "//example.org/e/x/questions", "/e/%2e/questions", ""]
)
def test_any_other_way_leads_to_the_bare_page(browser: Browsers, event: Event, go_to: str) -> None:
    page = browser().open(f"/sign-in?next={go_to}")
    assert page.one("h1").get_text() == "Sign in"


def test_of_a_draft_nothing_is_said(make: Make, browser: Browsers) -> None:
    draft = make.event(title="Not yet", published_at=None)
    page = browser().open(f"/sign-in?next=/e/{draft.slug}/questions")
    assert page.one("h1").get_text() == "Sign in"
    assert not page.sees("Not yet")
