"""A name stands beside a question only where its asker wants it and whoever looks may see them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventapp.conduct.actions import block
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Community, Event, Person, Rsvp
from tests.browser import Browser
from tests.floor.evening import ask, going_on, guest, opened
from tests.make import Make

Browsers = Callable[..., Browser]


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    return going_on(make, community=community)


def names(page: Browser) -> list[str]:
    return [tag.get_text() for tag in page.page.select("[data-asker]")]


def on_wall(make: Make, browser: Browsers, event: Event) -> list[str]:
    return names(browser().open(f"/floor/{opened(make, event).wall}"))


def to_guest(make: Make, browser: Browsers, rsvp: Rsvp) -> list[str]:
    page = make.signed_in(browser(), rsvp.person)
    return names(page.open(f"/e/{rsvp.event.slug}/questions"))


def to_host(make: Make, browser: Browsers, event: Event, host: Person) -> list[str]:
    return names(make.signed_in(browser(), host).open(f"/o/e/{event.slug}/floor"))


def rows_to_host(make: Make, browser: Browsers, event: Event, host: Person) -> set[str]:
    """How the questions look that have the same words and no votes."""
    page = make.signed_in(browser(), host).open(f"/o/e/{event.slug}/floor")
    return {tag.get_text(" ", strip=True) for tag in page.page.select("[data-question]")}


def blocks(make: Make, blocker: Person, blocked: Rsvp) -> None:
    with make.act():
        there = db.session.get_one(Rsvp, blocked.id)
        block(db.session.get_one(Person, blocker.id), there, at=clock.now())


def test_of_whom_attendees_may_see(
    make: Make, browser: Browsers, community: Community, event: Event
) -> None:
    opened(make, event)
    said = {"Ana": "attendees", "Bea": "everyone", "Noel": "nobody", "Una": None}
    for name, listing in said.items():
        ask(make, guest(make, event, name, listing=listing), "Who asks?")
    ask(make, guest(make, event, "Xavi", listing="everyone"), "Whose?", anonymous=True)
    assert sorted(on_wall(make, browser, event)) == ["Ana", "Bea"]
    assert sorted(to_guest(make, browser, guest(make, event, "Eva"))) == ["Ana", "Bea"]
    host = make.organiser(community)
    assert sorted(to_host(make, browser, event, host)) == ["Ana", "Bea", "Noel", "Una"]


def test_between_two_who_are_apart_is_none(
    make: Make, browser: Browsers, community: Community, event: Event
) -> None:
    opened(make, event)
    ana, bea, eva = (guest(make, event, name) for name in ("Ana", "Bea", "Eva"))
    ask(make, ana, "By Ana?"), ask(make, bea, "By Bea?")
    blocks(make, ana.person, bea)
    assert to_guest(make, browser, ana) == to_guest(make, browser, bea) == []
    assert sorted(to_guest(make, browser, eva)) == ["Ana", "Bea"]
    assert on_wall(make, browser, event) == ["Bea"], "the blocked is told by nothing"


def test_a_host_who_is_apart_reads_it_without_the_name(
    make: Make, browser: Browsers, community: Community, event: Event
) -> None:
    opened(make, event)
    host, second = make.organiser(community), make.organiser(community)
    host_rsvp, ana = make.rsvp(event, "Olga", person=host), guest(make, event, "Ana")
    ask(make, ana)
    ask(make, ana, anonymous=True)
    blocks(make, ana.person, host_rsvp)
    assert to_host(make, browser, event, host) == []
    assert len(rows_to_host(make, browser, event, host)) == 1, "it looks like an anonymous one"
    assert to_guest(make, browser, host_rsvp) == []
    assert to_host(make, browser, event, second) == ["Ana"]


def test_whoever_stops_coming_is_named_to_no_guest(
    make: Make, browser: Browsers, event: Event
) -> None:
    opened(make, event)
    ana, eva = guest(make, event, "Ana"), guest(make, event, "Eva")
    ask(make, ana)
    with make.act():
        db.session.get_one(Rsvp, ana.id).listing = "nobody"
    assert to_guest(make, browser, eva) == on_wall(make, browser, event) == []
