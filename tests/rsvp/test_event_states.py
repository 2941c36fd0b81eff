"""/e/<event>: a draft, on now, over, called off: the page knows, and takes away what is void."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from eventapp.core import clock
from eventapp.model import Event
from tests.browser import Browser
from tests.html import words_of
from tests.make import Make, utc

Browsers = Callable[..., Browser]
HOUR = timedelta(hours=1)


def when(hours: int) -> dict[str, Any]:
    """An event of three hours that starts so many hours from now."""
    return {"starts_at": clock.now() + hours * HOUR}


def primary(page: Browser) -> list[str]:
    buttons = page.page.select("main .button:not(.quiet, .danger)")
    return [words_of(button) for button in buttons]


def test_it_is_on_now(make: Make, browser: Browsers) -> None:
    event = make.event(**when(-1))
    page = browser().open(f"/e/{event.slug}")
    assert page.sees("It's on now.")
    assert page.one("#rsvp form")
    assert "Who did you meet?" not in primary(page)
    page.press("I'm coming", name="Larry", email="larry@example.org")
    assert page.one("h1").get_text() == "It's on now, Larry!"


@pytest.mark.parametrize("hours", [-1, -5])
def test_who_was_there_is_asked_whom_they_met_and_nothing_before(
    make: Make, browser: Browsers, hours: int
) -> None:
    event = make.event(**when(hours))
    ana = make.rsvp(event, "Ana Ruiz")
    page = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}")
    assert primary(page) == ["Who did you meet?"]
    assert page.follow("Who did you meet?").url == f"/e/{event.slug}/met"


def test_an_event_that_is_over_offers_the_next_one(make: Make, browser: Browsers) -> None:
    event = make.event(**when(-5), title="Was")
    community = event.community_id
    make.event(**when(90), community_id=community, title="Later")
    make.event(**when(40), community_id=community, title="Off", called_off_at=clock.now())
    make.event(**when(30), community_id=community, title="Draft", published_at=None)
    make.event(**when(20), title="Elsewhere")
    soon = make.event(**when(50), community_id=community, title="Soon")
    page = browser().open(f"/e/{event.slug}")
    assert page.sees("This event is over.")
    assert not page.page.select("#rsvp form")
    assert words_of(page.one("#rsvp h3")) == "Soon"
    assert page.follow("See the event").url == f"/e/{soon.slug}"


def test_an_event_that_is_over_leads_to_the_one_that_is_on(make: Make, browser: Browsers) -> None:
    event = make.event(**when(-5), title="Was")
    make.event(**when(50), community_id=event.community_id, title="Soon")
    make.event(**when(-1), community_id=event.community_id, title="On")
    page = browser().open(f"/e/{event.slug}")
    assert (words_of(page.one("#rsvp h2")), words_of(page.one("#rsvp h3"))) == ("On now", "On")


def test_a_community_without_a_next_one_is_named(make: Make, browser: Browsers) -> None:
    community = make.community(slug="beers", name="Beers")
    event = make.event(community, **when(-5))
    page = browser().open(f"/e/{event.slug}")
    assert page.follow("See what Beers is planning").url == "/c/beers"


def test_an_event_called_off_says_so_first_and_offers_nothing_void(
    make: Make, browser: Browsers
) -> None:
    event = make.event(called_off_at=clock.now())
    ana = make.rsvp(event, "Ana Ruiz", listing="everyone")
    for page in (browser(), make.signed_in(browser(), ana.person)):
        page.open(f"/e/{event.slug}")
        main = str(page.one("main"))
        assert main.index("This event was called off.") < main.index("<h1>")
        assert page.sees("Ask the hosts")
        for void in ("#rsvp form", "#who-comes", "#share", ".answer-bar", "a[href$='.ics']"):
            assert not page.page.select(void), void


def test_a_draft_is_shown_to_those_who_organise_it(make: Make, browser: Browsers) -> None:
    community = make.community()
    event = make.event(community, published_at=None, title="Soon")
    olga = make.signed_in(browser(), make.organiser(community))
    page = olga.open(f"/o/e/{event.slug}").follow("See how it looks")
    assert (page.status, page.sees("This is a draft")) == (200, True)
    assert not page.page.select("#rsvp form, #who-comes, #share")
    elsewhere = make.signed_in(browser(), make.organiser(make.community()))
    assert elsewhere.open(f"/e/{event.slug}").status == 404


def test_those_who_organise_it_edit_it_from_its_page(make: Make, browser: Browsers) -> None:
    community = make.community()
    event = make.event(community)
    organiser, elsewhere = make.organiser(community), make.organiser(make.community())
    page = make.signed_in(browser(), organiser).open(f"/e/{event.slug}")
    assert page.one("#organise")
    assert page.follow("Edit").url == f"/o/e/{event.slug}/edit"
    for somebody in (elsewhere, make.rsvp(event).person):
        page = make.signed_in(browser(), somebody).open(f"/e/{event.slug}")
        assert not page.page.select("#organise")
    assert not browser().open(f"/e/{event.slug}").page.select("#organise")


def test_a_rehearsal_has_no_page_for_anybody(make: Make, browser: Browsers) -> None:
    community = make.community()
    event: Event = make.event(community)
    copy = make.event(community, published_at=None, rehearsal_of_id=event.id)
    olga = make.signed_in(browser(), make.organiser(community))
    assert olga.open(f"/e/{copy.slug}").status == 404


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-12-01T22:59Z", "Wednesday, 2 December"),
        ("2026-12-01T23:00Z", "Today · Wednesday, 2 December"),
        ("2026-12-02T22:59Z", "Today · Wednesday, 2 December"),
    ],
)
def test_on_the_day_itself_its_page_and_its_card_say_today(
    make: Make, browser: Browsers, now: str, words: str
) -> None:
    """The day of where the event is: Madrid is an hour ahead."""
    event = make.event(starts_at=utc(2026, 12, 2, 20), tz="Europe/Madrid")
    rsvp = make.rsvp(event)
    with time_machine.travel(datetime.fromisoformat(now)):
        page = browser().open(f"/e/{event.slug}")
        assert page.one(".facts strong").get_text() == words
        assert page.open("/").one(".event-day").get_text() == words
        page.open(f"/r/{rsvp.key}")
        spanish = browser(language="es").open(f"/e/{event.slug}")
        assert spanish.one(".facts strong").get_text().startswith("Hoy · ") is ("Today" in words)
        assert "Today" not in page.one(".pass").get_text(), "a phone keeps it for days"
