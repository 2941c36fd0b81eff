"""A community's events as its organisers see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine

from eventapp.core import clock
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.html import words_of
from tests.make import Make, tonight

Browsers = Callable[..., Browser]


def test_agenda_has_what_comes_the_drafts_and_the_past(make: Make, browser: Browsers) -> None:
    community, now = make.community(), clock.now()
    make.event(community, slug="later", starts_at=now + timedelta(days=9))
    make.event(community, slug="soon")
    make.event(community, slug="draft", published_at=None)
    make.event(community, slug="older", starts_at=now - timedelta(days=9))
    make.event(community, slug="over", starts_at=now - timedelta(days=2))
    make.event(slug="theirs")
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}")
    rows = [str(row["data-event"]) for row in page.page.select("[data-event]")]
    assert rows == ["soon", "later", "draft", "over", "older"]
    headings = [h2.get_text() for h2 in page.page.select("main h2")]
    assert headings == ["Coming up", "Drafts", "Past"]


def test_what_was_called_off_stands_apart(make: Make, browser: Browsers) -> None:
    community, now = make.community(), clock.now()
    make.event(community, slug="soon")
    make.event(community, slug="over", starts_at=now - timedelta(days=2))
    make.event(community, slug="off", called_off_at=now)
    make.event(community, slug="was-off", starts_at=now - timedelta(days=3), called_off_at=now)
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}")
    rows = [str(row["data-event"]) for row in page.page.select("[data-event]")]
    assert rows == ["soon", "over", "off", "was-off"]
    headings = [h2.get_text() for h2 in page.page.select("main h2")]
    assert headings == ["Coming up", "Past", "Called off"]


def test_rows_say_the_year_of_other_years_and_the_zone(make: Make, browser: Browsers) -> None:
    community, now = make.community(), clock.now()
    this, far = tonight(), now + timedelta(days=800)
    make.event(community, slug="this", starts_at=this, tz="America/Bogota")
    make.event(community, slug="far", starts_at=far, tz="America/Bogota")
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}")
    soon, later = (words_of(page.one(f"[data-event={slug}]")) for slug in ("this", "far"))
    assert str(far.year) in later
    assert str(this.year) not in soon
    for slug in ("this", "far"):
        assert "Bogota time" in page.one(f"[data-event={slug}] noscript").get_text()


def test_rows_count_people(make: Make, browser: Browsers) -> None:
    community = make.community()
    event = make.event(community, capacity=2, admitted=2)
    make.rsvp(event, companions=1)
    make.rsvp(event, status="waitlisted", companions=2)
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}")
    pills = [pill.get_text().strip() for pill in page.page.select("[data-event] .pill")]
    assert pills == ["2 of 2 places", "3 waiting", "2 people have arrived"]
    with time_machine.travel(event.ends_at):
        page.open(f"/o/{community.slug}")
    assert page.sees("2 people came")


def test_empty_agenda_says_how_to_begin(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}")
    assert page.sees("No events yet")
    assert page.follow("New event").status == 200
