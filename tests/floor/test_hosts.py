"""Hosts take questions, choose what all see, and say which are answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.programme import set_programme
from eventapp.model import Community, Event, Floor, FloorQuestion, Talk
from tests.browser import Browser
from tests.floor.evening import WORDS, ask, going_on, guest, opened
from tests.make import Make

Browsers = Callable[..., Browser]


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    return going_on(make, community=community)


@pytest.fixture
def host(make: Make, browser: Browsers, community: Community, event: Event, htmx: bool) -> Browser:
    page: Browser = make.signed_in(browser(htmx=htmx), make.organiser(community))
    return page.open(f"/o/e/{event.slug}/floor")


def state(make: Make) -> str:
    return str(make.row(FloorQuestion).state)


def test_off_until_hosts_take_some(
    make: Make, browser: Browsers, event: Event, host: Browser
) -> None:
    ana = make.signed_in(browser(), guest(make, event, "Ana").person)
    assert ana.open(f"/e/{event.slug}/questions").status == 404
    host.open(f"/o/e/{event.slug}").follow("Questions on the talks").press("Take questions")
    assert make.row(Floor).hosts_first, "hosts look first, unless they say otherwise"
    assert host.sees("Guests can ask and vote until")
    assert ana.open(f"/e/{event.slug}/questions").status == 200


def test_an_event_without_talks_has_the_way_further_down(
    make: Make, browser: Browsers, community: Community
) -> None:
    event = make.event(community, starts_at=clock.now() + timedelta(days=2))
    page = make.signed_in(browser(), make.organiser(community)).open(f"/o/e/{event.slug}")
    assert not page.page.select("p.cluster a[href$='/floor']")
    page.follow("Questions on the talks").press("Take questions").open(f"/o/e/{event.slug}")
    assert page.page.select("p.cluster a[href$='/floor']")


def test_shown_answered_reopened_hidden_shown(make: Make, event: Event, host: Browser) -> None:
    opened(make, event)
    ask(make, guest(make, event, "Ana"), talk="Yeast", shown=False)
    host.open(f"/o/e/{event.slug}/floor")
    assert host.one("[data-all=waiting] [data-asker]").get_text() == "Ana"
    assert "Yeast" in host.one("[data-all=waiting]").get_text()
    for button, then in (
        ("Show", "shown"),
        ("Mark as answered", "answered"),
        ("Not answered after all", "shown"),
        ("Hide", "hidden"),
        ("Show", "shown"),
    ):
        host.press(f"{button}: {WORDS}")
        assert state(make) == then
        assert host.one(f"[data-all={then}] [data-question]")


def test_what_waits_is_counted_on_the_page_of_the_event(
    make: Make, event: Event, host: Browser
) -> None:
    opened(make, event)
    assert not host.open(f"/o/e/{event.slug}").page.select("a[href$='/floor'] .pill")
    for name in ("Ana", "Bea"):
        ask(make, guest(make, event, name), shown=False)
    assert host.open(host.url).one("a[href$='/floor'] .pill").get_text() == "2"


def test_they_choose_a_talk_for_the_wall(
    make: Make, browser: Browsers, event: Event, host: Browser
) -> None:
    floor = opened(make, event)
    yeast = str(make.row(Talk, title="Yeast").id)
    host.open(host.url).press("Put it on the wall", talk=yeast)
    assert host.one("option[selected][value]:not([value=''])").get_text() == "Yeast"
    assert browser().open(f"/floor/{floor.wall}").one("h1").get_text() == "Yeast"


def test_a_talk_that_is_gone_cannot_go_on_the_wall(
    make: Make, browser: Browsers, event: Event, host: Browser
) -> None:
    opened(make, event)
    yeast = str(make.row(Talk, title="Yeast").id)
    host.open(host.url)
    with make.act():
        set_programme(db.session.get_one(Event, event.id), ())
    assert host.press("Put it on the wall", talk=yeast).sees("isn't in the programme any more")
    assert make.row(Floor).talk_id is None


def test_what_guests_see_is_a_link_for_hosts_who_are_guests(
    make: Make, browser: Browsers, community: Community, event: Event, host: Browser
) -> None:
    opened(make, event)
    assert not host.open(host.url).sees("What guests see")
    olga = make.organiser(community)
    make.rsvp(event, "Olga", person=olga)
    page = make.signed_in(browser(), olga).open(f"/o/e/{event.slug}/floor")
    assert page.follow("What guests see").status == 200


def test_closed_and_taken_again_the_wall_has_another_address(
    make: Make, browser: Browsers, event: Event, host: Browser
) -> None:
    opened(make, event)
    before = make.row(Floor).wall
    host.open(host.url).press("Take no more")
    assert browser().open(f"/floor/{before}").sees("Thank you for your questions")
    host.press("Take questions")
    assert make.row(Floor).closed_at is None
    assert browser().open(f"/floor/{before}").status == 404
    assert browser().open(f"/floor/{make.row(Floor).wall}").status == 200


def test_closed_their_page_keeps_its_heading_and_the_wall_and_says_nothing_twice(
    make: Make, event: Event, host: Browser
) -> None:
    wall = f"/floor/{opened(make, event).wall}"
    headings = [host.open(host.url).page.select("main h2")[0].get_text()]
    page = host.press("Take no more")
    headings.append(page.page.select("main h2")[0].get_text())
    assert headings == ["Questions on the talks"] * 2
    assert len(page.page.find_all("h2", string="Questions on the talks")) == 1
    assert page.text.count("ask or vote any more") == 1
    assert page.page.select(f"main a[href$='{wall}']")


def test_an_event_that_is_over_takes_none(make: Make, host: Browser, event: Event) -> None:
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.starts_at, there.ends_at = (
            clock.now() - timedelta(days=3),
            clock.now() - timedelta(days=2),
        )
    assert host.press("Take questions").codes() == ["event_over"]
    assert not make.rows(Floor)


def test_a_poll_says_nothing_while_nothing_changes(make: Make, event: Event, host: Browser) -> None:
    opened(make, event)
    poll = str(host.open(host.url).one("#floor")["hx-get"])
    assert host.client.get(poll).status_code == 204
    ask(make, guest(make, event, "Ana"), shown=False)
    assert WORDS in host.client.get(poll, headers={"HX-Request": "true"}).text
