"""Hosts announce rounds for an event, and start, hold up and stop them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Community, Event, Round, Rounds
from tests.browser import Browser
from tests.make import Make
from tests.rounds.evening import announced, going_on, start, there, tick

Browsers = Callable[..., Browser]
TYPED = {"minutes": "10", "table_size": "4", "count": "3", "pause_minutes": "2"}


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    return going_on(make, community=community)


@pytest.fixture
def host(make: Make, browser: Browsers, community: Community, event: Event, htmx: bool) -> Browser:
    page: Browser = make.signed_in(browser(htmx=htmx), make.organiser(community))
    return page.open(f"/o/e/{event.slug}/rounds")


@pytest.fixture
def other(make: Make, browser: Browsers, community: Community) -> Browser:
    """Another host's browser."""
    page: Browser = make.signed_in(browser(), make.organiser(community))
    return page


def test_off_until_they_are_announced(make: Make, event: Event, other: Browser) -> None:
    page = other.open(f"/o/e/{event.slug}").follow("Rounds")
    assert page.sees("Off until you announce it")
    assert not page.page.select("[data-phase]")
    assert not make.rows(Rounds)
    page.press("Announce rounds").open(f"/o/e/{event.slug}").follow("Rounds")
    assert page.one("#rounds")


def test_until_the_door_opens_the_way_there_is_further_down(
    make: Make, community: Community, other: Browser
) -> None:
    event = make.event(community, starts_at=clock.now() + timedelta(days=2))
    page = other.open(f"/o/e/{event.slug}")
    assert not page.page.select("p.cluster a[href$='/rounds']")
    assert page.follow("Rounds at small tables").sees("Off until you announce it")
    page.press("Announce rounds").open(f"/o/e/{event.slug}")
    assert page.page.select("p.cluster a[href$='/rounds']")


def test_hosts_see_in_steps_of_five_how_many_take_part(
    make: Make, event: Event, host: Browser
) -> None:
    announced(make, event)
    there(make, event, "Ana", "Bea", "Cleo", "Dan")
    poll = str(host.open(host.url).one("#rounds")["hx-get"])
    assert host.sees("Fewer than 5 guests want to take part")
    assert host.sees("fewer than 5 of them are checked in")
    tick(make, make.rsvp(event, "Eva"))
    host.open(host.url)
    assert host.sees("5 guests or more want to take part")
    assert host.sees("fewer than 5 of them are checked in")
    assert host.client.get(poll).status_code == 200
    there(make, event, "Fay")
    assert host.open(host.url).sees("5 of them or more are checked in")
    said, poll = host.text, str(host.one("#rounds")["hx-get"])
    there(make, event, "Gus", "Hal", "Ida")
    assert host.client.get(poll).status_code == 204, "nor does a poll tell"
    assert host.open(host.url).text == said


def test_from_the_announcement_to_the_end(make: Make, event: Event, host: Browser) -> None:
    host.press("Announce rounds", **TYPED)
    assert host.one("#rounds")["data-phase"] == "announced"
    there(make, event, "Ana", "Bea", "Cleo")
    tick(make, make.rsvp(event, "Not here yet"))
    host.open(host.url)
    assert not any(name in host.text for name in ("Ana", "Bea", "Cleo", "Not here yet"))
    host.press("Start round 1")
    assert host.sees("Fewer than 5 people are seated, at 1 table")
    host.press("Wait for latecomers")
    assert host.sees("once the hosts say so")
    host.press("Start round 2")
    assert host.one("#rounds")["data-round"] == "2"
    host.press("Stop round 2")
    assert host.one("#rounds")["data-phase"] == "pause"
    host.press("Start round 3").press("Stop round 3")
    assert host.one("#rounds")["data-phase"] == "over"
    host.press("One more round")
    assert make.row(Rounds).count == 4
    host.press("Switch them off")
    assert host.sees("Announce rounds")
    assert host.page.select("main h2")[0].get_text() == "Rounds at small tables"
    assert make.row(Rounds).ended_at


def test_what_ends_a_round_for_everybody_asks_first(
    make: Make, event: Event, host: Browser
) -> None:
    announced(make, event)
    there(make, event, "Ana", "Bea", "Cleo")
    start(make, event)
    host.open(host.url)
    for way in ("start", "stop"):
        button = host.one(f"#rounds [action$='/rounds/{way}'] button")
        folded = button.find_parent("details")
        assert folded, way
        assert not folded.has_attr("open"), way
        assert folded.find("summary").text.strip() != button.text.strip()


def test_fewer_than_two_is_said_in_words(make: Make, event: Event, host: Browser) -> None:
    announced(make, event)
    there(make, event, "Ana")
    host.open(host.url)
    assert host.sees("A round needs two who take part")
    assert "quiet" in host.one("[action$='/rounds/start'] button")["class"]
    host.press("Start round 1")
    assert host.status == 409
    assert host.sees("Fewer than two people")
    assert not make.rows(Round)


def test_a_page_that_is_old_starts_nothing_twice(
    make: Make, event: Event, host: Browser, other: Browser
) -> None:
    announced(make, event)
    there(make, event, "Ana", "Bea")
    other.open(f"/o/e/{event.slug}/rounds")
    host.open(host.url).press("Start round 1")
    other.press("Start round 1")
    assert other.one("#rounds")["data-round"] == "1"
    assert len(make.rows(Round)) == 1


def test_what_is_typed_is_bounded(make: Make, host: Browser) -> None:
    for wrong in ({"minutes": "2"}, {"minutes": "31"}, {"table_size": "1"}, {"table_size": "7"}):
        host.press("Announce rounds", **{**TYPED, **wrong})
        assert host.status == 422
        assert host.page.select("[data-code=number]")
    assert not make.rows(Rounds)


def test_changes_hold_from_the_next_round_on(make: Make, event: Event, host: Browser) -> None:
    announced(make, event)
    there(make, event, "Ana", "Bea", "Cleo")
    start(make, event)
    host.open(host.url).press("Save", **{**TYPED, "minutes": "5", "count": "1"})
    begun = make.row(Round)
    assert begun.ends_at - begun.starts_at == timedelta(minutes=10)
    assert make.row(Rounds).next_at is None, "it was the last"


def test_two_who_change_them_are_told_of_each_other(
    make: Make, event: Event, host: Browser, other: Browser
) -> None:
    announced(make, event)
    other.open(f"/o/e/{event.slug}/rounds")
    host.open(host.url).press("Save", **{**TYPED, "minutes": "5"})
    other.press("Save", **{**TYPED, "minutes": "7"})
    assert other.status == 409
    assert make.row(Rounds).minutes == 5


def test_before_the_door_opens_it_says_when_one_may_start(
    make: Make, community: Community, other: Browser
) -> None:
    event = make.event(community, starts_at=clock.now() + timedelta(days=2))
    announced(make, event)
    page = other.open(f"/o/e/{event.slug}/rounds")
    assert page.sees("once the door is open")
    assert not page.page.select("[name=number]")


def test_an_event_called_off_has_no_rounds(make: Make, event: Event, host: Browser) -> None:
    with make.act():
        db.session.get_one(Event, event.id).called_off_at = clock.now()
    host.press("Announce rounds", **TYPED)
    assert host.status == 409
    assert not make.rows(Rounds)


def test_the_page_hears_of_news_and_of_nothing_else(
    make: Make, event: Event, host: Browser
) -> None:
    announced(make, event)
    host.open(host.url)
    poll = str(host.one("#rounds")["hx-get"])
    assert host.client.get(poll).status_code == 204
    there(make, event, "Ana", "Bea", "Cleo", "Dan", "Eva")
    assert host.client.get(poll).status_code == 200
