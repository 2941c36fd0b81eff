"""What visitors find: the home page and a community's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.views import PAGE_CARDS
from eventapp.model import Event
from tests.browser import Browser
from tests.make import Make

Browsers = Callable[..., Browser]


def cards(page: Browser) -> list[str]:
    return [card.get_text() for card in page.page.select(".event-card h2")]


def test_home_shows_what_is_public_and_not_over(make: Make, browser: Browsers) -> None:
    now = clock.now()
    make.event(title="Next month", starts_at=now + timedelta(days=30))
    make.event(title="Tomorrow", starts_at=now + timedelta(days=1))
    make.event(title="Right now", starts_at=now - timedelta(hours=1))
    make.event(title="Over", starts_at=now - timedelta(days=1))
    make.event(title="Draft", published_at=None)
    page = browser().open("/")
    assert cards(page) == ["Right now", "Tomorrow", "Next month"]


def test_card_leads_to_the_event(make: Make, browser: Browsers) -> None:
    event = make.event(make.community(name="Cañas y charlas"), title="Tomorrow")
    page = browser().open("/")
    card = page.one(".event-card")
    assert card["href"] == f"/e/{event.slug}"
    assert "/art/" in card.select_one("picture img")["src"]
    assert page.sees("Cañas y charlas")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"capacity": 5, "seats_taken": 5}, "Full: join the waitlist"),
        ({"capacity": 5, "seats_taken": 2}, "Few places left"),
        ({"capacity": 5, "seats_taken": 5, "rsvp_closes_at": clock.now()}, "RSVPs are closed"),
        ({"rsvp_closes_at": clock.now()}, "RSVPs are closed"),
        ({"capacity": 50}, "Places free"),
        ({}, "Places free"),
        ({"called_off_at": clock.now()}, "Called off"),
    ],
)
def test_card_says_whether_one_may_come(
    make: Make, browser: Browsers, more: dict[str, Any], words: str
) -> None:
    make.event(**more)
    assert browser().open("/").sees(words)


def test_empty_home_says_so(browser: Browsers, app: Flask) -> None:
    assert browser().open("/").sees("Nothing is planned right now")


def test_more_events_are_not_more_queries(
    make: Make, browser: Browsers, count_queries: Callable[[], Any]
) -> None:
    community = make.community()
    counts = []
    for events in (2, 18):
        for _ in range(events):
            make.event(community)
        for address in ("/", f"/c/{community.slug}"):
            with count_queries() as asked:
                browser().open(address)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 4


def test_community_shows_its_own_events(make: Make, browser: Browsers) -> None:
    community = make.community(name="Cañas y charlas", about="We *meet* on Tuesdays.")
    now = clock.now()
    make.event(community, title="Ours")
    make.event(community, title="Ours, over", starts_at=now - timedelta(days=9))
    make.event(community, title="Ours, draft", published_at=None)
    make.event(title="Theirs")
    off = {"starts_at": now - timedelta(days=5), "called_off_at": now - timedelta(days=6)}
    make.event(community, title="Did not happen", **off)
    page = browser().open(f"/c/{community.slug}")
    assert cards(page) == ["Ours"]
    assert page.one(".prose em").get_text() == "meet"
    assert [a.get_text() for a in page.page.select(".rows a")] == ["Ours, over"]


def test_what_is_written_cannot_run(make: Make, browser: Browsers) -> None:
    community = make.community(about="<script>alert(1)</script> [x](javascript:alert(1))")
    make.event(community, title="<b>Bold</b>", place="<img src=x>")
    page = browser().open(f"/c/{community.slug}")
    assert cards(page) == ["<b>Bold</b>"]
    assert page.page.select("a[href^=javascript]") == []


def test_unknown_community_is_not_found(browser: Browsers, app: Flask) -> None:
    assert browser().open("/c/nobody").status == 404


def test_dates_are_in_the_events_zone_and_the_readers_language(
    make: Make, browser: Browsers
) -> None:
    start = clock.now().replace(hour=23, minute=30) + timedelta(days=3)
    make.event(starts_at=start, tz="Asia/Tokyo")
    page = browser(language="es").open("/")
    assert page.sees("08:30–11:30")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("going", "You're going"),
        ("maybe", "You said maybe"),
        ("waitlisted", "On the waitlist"),
        ("pending", "Waiting for the hosts' yes"),
        ("cancelled", "Places free"),
        ("not_going", "Places free"),
    ],
)
def test_card_says_what_one_answered(
    make: Make, browser: Browsers, status: str, words: str
) -> None:
    community = make.community()
    ana = make.rsvp(make.event(community), status=status).person
    for address in ("/", f"/c/{community.slug}"):
        page = make.signed_in(browser(), ana).open(address)
        assert words in page.one(".event-card").get_text()
        assert "Places free" in browser().open(address).one(".event-card").get_text()


def test_card_of_an_event_called_off_says_so_to_who_wanted_to_come(
    make: Make, browser: Browsers
) -> None:
    event = make.event()
    ana = make.rsvp(event).person
    with make.act():
        db.session.get_one(Event, event.id).called_off_at = clock.now()
    page = make.signed_in(browser(), ana).open("/")
    assert page.sees("Called off")
    assert not page.sees("You're going")


def test_home_goes_on_by_pages(make: Make, browser: Browsers) -> None:
    community = make.community(name="Beers")
    for number in range(PAGE_CARDS + 1):
        starts_at = clock.now() + timedelta(days=1, minutes=number)
        make.event(community, title=f"Number {number}", starts_at=starts_at)
    page = browser().open("/")
    assert len(cards(page)) == PAGE_CARDS
    assert cards(page.follow("Later")) == [f"Number {PAGE_CARDS}"]
    assert len(cards(page.follow("Earlier"))) == PAGE_CARDS
    for odd in ("0", "-1", "x", "999999999999"):
        assert browser().open(f"/?page={odd}").status == 200


def test_home_leads_to_the_communities(make: Make, browser: Browsers) -> None:
    community = make.community(name="Cañas y charlas")
    make.event(community)
    make.event(community)
    page = browser().open("/").follow("Cañas y charlas")
    assert page.url.startswith(("/e/", "/c/"))
    links = browser().open("/").page.select(f"a[href='/c/{community.slug}']")
    assert [link.get_text() for link in links] == ["Cañas y charlas"]


def test_past_events_say_how_many_came_from_five_on(make: Make, browser: Browsers) -> None:
    community, past = make.community(), clock.now() - timedelta(days=9)
    make.event(community, title="Full house", starts_at=past, admitted=35)
    make.event(community, title="A few", starts_at=past, admitted=4)
    page = browser().open(f"/c/{community.slug}")
    full, few = page.page.select(".rows li")
    assert "35 people came" in full.get_text()
    assert "came" not in few.get_text()
    assert full.select_one("meter")["value"] == "35"
