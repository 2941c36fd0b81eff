"""Guests ask on the day of the event, and until noon of the day after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.floor import actions
from eventapp.model import Event, Floor, Rsvp
from tests.browser import Browser
from tests.floor.evening import WORDS, ask, opened, page_of
from tests.make import Make

Browsers = Callable[..., Browser]


def test_from_the_day_of_the_event_until_noon_of_the_day_after(
    make: Make, browser: Browsers
) -> None:
    event = make.event(starts_at=clock.now() + timedelta(days=3))
    floor = opened(make, event)
    page = page_of(make, browser, event)
    midnight = datetime.combine(event.starts_at.astimezone(event.zone), time(), event.zone)
    noon = datetime.combine(event.ends_at.astimezone(event.zone), time(12), event.zone)
    noon += timedelta(days=1)
    minute = timedelta(minutes=1)
    for at, may in (
        (midnight - minute, False),
        (midnight + minute, True),
        (noon - minute, True),
        (noon + minute, False),
    ):
        assert floor_of(make, event).takes_questions(at) is may, at
    assert floor.closed_at is None
    assert page.sees("You can ask and vote from")
    assert not page.page.select("#ask")


def floor_of(make: Make, event: Event) -> Floor:
    floor: Floor = make.row(Floor, event_id=event.id)
    floor.event = event
    return floor


def test_without_talks_there_is_a_way_to_ask_once_it_opens(make: Make, browser: Browsers) -> None:
    """On a page that was open before midnight, only the list is loaded anew."""
    event = make.event(starts_at=clock.now() + timedelta(days=2))
    opened(make, event)
    page = page_of(make, browser, event)
    poll = str(page.one("#questions")["hx-get"])
    with time_machine.travel(event.starts_at):
        answer = page.client.get(poll, headers={"HX-Request": "true"})
    assert "#ask" in answer.text


def test_the_way_there_is_on_their_own_page_while_it_is_on(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    own = browser().open(f"/r/{ana.key}").follow("I have a question")
    assert own.url == f"/r/{ana.key}/questions"
    assert own.press("Ask", words=WORDS).url == f"/r/{ana.key}/questions"
    met = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}/met")
    assert met.follow("I have a question").url == f"/e/{event.slug}/questions"
    with time_machine.travel(event.ends_at + timedelta(hours=36)):
        own = browser().open(f"/r/{ana.key}")
        assert not own.sees("I have a question")
        assert own.follow("Questions").sees(WORDS), "what they asked is still theirs to withdraw"


def test_once_hosts_take_no_more(
    make: Make, event: Event, ana: Rsvp, page: Browser, browser: Browsers
) -> None:
    ask(make, ana)
    with make.act():
        actions.close_floor(db.session.query(Floor).one(), at=clock.now())
    assert page.press("Ask", words="Late?").codes() == ["floor_closed"]
    bea = page_of(make, browser, event)
    assert bea.sees("The hosts take no more questions")
    assert bea.sees(WORDS)
    assert not bea.page.select("#ask, [data-question] button")
