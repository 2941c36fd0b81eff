"""Who may come near an event's organising pages, and who may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventapp.model import Event, Person
from tests.browser import Browser
from tests.events.organising import TYPED, may_event, organiser_of
from tests.make import Make

Browsers = Callable[..., Browser]

READS = [
    "/o/beers",
    "/o/beers/events/new",
    "/o/e/may",
    "/o/e/may/edit",
    "/o/e/may/call-off",
    "/o/e/may/discard",
]
ACTS = [
    "/o/beers/events/new",
    "/o/e/may",
    "/o/e/may/edit",
    "/o/e/may/publish",
    "/o/e/may/unpublish",
    "/o/e/may/call-off",
    "/o/e/may/discard",
    "/o/e/may/copy",
]


@pytest.fixture
def event(make: Make) -> Event:
    return may_event(make, make.community(slug="beers"), slug="may", published_at=None)


def attendee(make: Make, event: Event) -> Person:
    person = make.person()
    make.rsvp(event, person=person)
    return person


def other_organiser(make: Make, event: Event) -> Person:
    return make.organiser(make.community())


@pytest.mark.parametrize("address", READS)
def test_stranger_is_asked_to_sign_in(browser: Browsers, event: Event, address: str) -> None:
    page = browser().open(address)
    assert page.url.startswith("/sign-in?next=")


@pytest.mark.parametrize("who", [attendee, other_organiser])
@pytest.mark.parametrize("address", READS)
def test_others_find_nothing(
    make: Make,
    browser: Browsers,
    event: Event,
    address: str,
    who: Callable[[Make, Event], Person],
) -> None:
    page = make.signed_in(browser(), who(make, event)).open(address)
    assert page.status == 404
    assert not page.sees("Beers and talks")


@pytest.mark.parametrize("address", ACTS)
def test_stranger_changes_nothing(
    make: Make, browser: Browsers, event: Event, address: str
) -> None:
    page = browser().open("/sign-in")
    token = str(page.one("#sign-in [name=csrf_token]")["value"])
    answer = page.client.post(address, data={**TYPED, "csrf_token": token})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert_unchanged(make, event)


@pytest.mark.parametrize("who", [attendee, other_organiser])
@pytest.mark.parametrize("address", ACTS)
def test_others_change_nothing(
    make: Make,
    browser: Browsers,
    event: Event,
    address: str,
    who: Callable[[Make, Event], Person],
) -> None:
    page = make.signed_in(browser(), who(make, event)).open("/me")
    token = str(page.page.select("[name=csrf_token]")[0]["value"])
    answer = page.client.post(address, data={**TYPED, "csrf_token": token})
    assert answer.status_code == 404
    assert_unchanged(make, event)


@pytest.mark.parametrize("address", ACTS)
def test_form_without_token_is_refused(
    make: Make, browser: Browsers, event: Event, address: str
) -> None:
    page = organiser_of(make, browser, event)
    assert page.client.post(address, data=TYPED).status_code == 400
    assert_unchanged(make, event)


@pytest.mark.parametrize("address", ["/o/nobody", "/o/nobody/events/new", "/o/e/nothing", "/o/e"])
def test_what_does_not_exist_is_not_found(make: Make, browser: Browsers, address: str) -> None:
    page = make.signed_in(browser(), make.organiser(make.community()))
    assert page.open(address).status == 404


def assert_unchanged(make: Make, event: Event) -> None:
    now = make.row(Event)
    assert (now.title, now.description, now.published_at) == (event.title, "", None)
    assert now.called_off_at is None
