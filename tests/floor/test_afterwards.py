"""What guests, hosts and the wall are told once it's over; and whoever lost their place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Community, Event, FloorQuestion, Rsvp
from eventapp.rsvp.actions import cancel
from tests.browser import Browser
from tests.floor.evening import WORDS, ask, going_on, guest, opened
from tests.make import Make

Browsers = Callable[..., Browser]


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    event = going_on(make, community=community)
    opened(make, event)
    return event


@pytest.fixture
def ana(make: Make, event: Event) -> Rsvp:
    return guest(make, event, "Ana")


def cancelled(make: Make, rsvp: Rsvp) -> None:
    with make.act():
        cancel(db.session.get_one(Rsvp, rsvp.id), at=clock.now())


@pytest.mark.parametrize("way", ["key", "session"])
def test_whoever_lost_their_place_still_withdraws(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, htmx: bool, way: str
) -> None:
    ask(make, ana), ask(make, ana, "Another?", talk="Yeast")
    ask(make, guest(make, event, "Bea"), "By Bea?")
    cancelled(make, ana)
    page = browser(htmx=htmx)
    if way == "session":
        make.signed_in(page, ana.person).open(f"/e/{event.slug}/questions")
    else:
        page.open(f"/r/{ana.key}").follow("Questions")
    shown = [tag.get_text() for tag in page.page.select("[data-question] .asked")]
    assert sorted(shown) == ["Another?", WORDS], "no more than their own"
    assert not page.page.select("#ask, button.vote, [href$='#ask']")
    page.press(f"Withdraw: {WORDS}").press("Withdraw: Another?")
    assert page.url.startswith(f"/r/{ana.key}")
    assert [row.words for row in make.rows(FloorQuestion)] == ["By Bea?"]
    assert not page.open(f"/r/{ana.key}").sees("What you asked")
    assert page.open(f"/r/{ana.key}/questions").status == 403


def test_what_was_asked_is_found_as_long_as_it_is_there(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    ask(make, ana)
    bea = guest(make, event, "Bea")
    with time_machine.travel(event.ends_at + timedelta(days=3)):
        page = browser().open(f"/r/{ana.key}").follow("Questions")
        page.press(f"Withdraw: {WORDS}")
        assert not browser().open(f"/r/{bea.key}").sees("Questions on the talks")
    assert not make.rows(FloorQuestion)


@pytest.mark.parametrize("what", ["over", "called off", "closed"])
def test_nobody_is_told_that_they_can_ask_some_day(
    make: Make, browser: Browsers, community: Community, event: Event, ana: Rsvp, what: str
) -> None:
    floor = opened(make, event)
    at = clock.now() + timedelta(days=3 if what == "over" else 0)
    with make.act():
        if what == "called off":
            db.session.get_one(Event, event.id).called_off_at = at
        elif what == "closed":
            db.session.merge(floor).closed_at = at
    host = make.organiser(community)
    with time_machine.travel(at, tick=False):
        assert browser().open(f"/floor/{floor.wall}").sees("Thank you for your questions")
        page = make.signed_in(browser(), host).open(f"/o/e/{event.slug}/floor")
        assert page.sees("Guests can't ask or vote any more")
        page = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}/questions")
        assert page.sees("The hosts take no more questions")
