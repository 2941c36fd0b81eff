"""/e/<event>: what, when, where, who, and how to say yes, in this order."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.programme import PlannedTalk, set_programme
from eventapp.model import Event, Rsvp, Status
from tests.browser import Browser
from tests.html import words_of
from tests.make import Make, utc

Browsers = Callable[..., Browser]


def shown(browser: Browsers, event: Event) -> Browser:
    return browser().open(f"/e/{event.slug}")


def bar(page: Browser) -> tuple[str, str]:
    link = page.one(".answer-bar a")
    return words_of(link), str(link["href"])


def test_the_order_is_that_of_the_questions(make: Make, browser: Browsers) -> None:
    event = make.event(title="Copas", place="Bar Ñ, Calle Mayor 1", description="About **wine**.")
    with make.act():
        set_programme(db.session.get_one(Event, event.id), (PlannedTalk("Saying no"),))
    page = shown(browser, event)
    main = str(page.one("main"))
    marks = [
        "<h1>",
        "data-tz",
        "Bar Ñ",
        "About",
        "Saying no",
        "Who's coming",
        "answer-bar",
        'id="rsvp"',
    ]
    assert [main.index(mark) for mark in marks] == sorted(main.index(mark) for mark in marks)


def test_the_place_is_looked_for_on_a_map(make: Make, browser: Browsers) -> None:
    link = shown(browser, make.event(place="Bar Ñ, 1 & 2")).one("a[data-geo]")
    assert link["href"] == "https://www.openstreetmap.org/search?query=Bar+%C3%91%2C+1+%26+2"
    assert link["data-geo"] == "geo:0,0?q=Bar%20%C3%91%2C%201%20%26%202"
    assert not shown(browser, make.event(place="")).page.select("a[data-geo]")


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ({"capacity": None}, "I'm going"),
        ({"capacity": 40, "seats_taken": 37}, "I'm going · few places left"),
        ({"capacity": 40, "seats_taken": 40}, "Join the waitlist"),
    ],
)
def test_a_bar_leads_to_the_form(
    make: Make, browser: Browsers, places: dict[str, Any], words: str
) -> None:
    page = shown(browser, make.event(**places))
    assert bar(page) == (words, "#rsvp")
    assert page.one("#rsvp form")


def test_the_bar_leads_those_who_answered_to_their_own_page(make: Make, browser: Browsers) -> None:
    event = make.event()
    ana = make.rsvp(event, "Ana Ruiz")
    page = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}")
    assert bar(page)[1] == f"/r/{ana.key}"


@pytest.mark.parametrize("status", list(Status))
def test_only_who_has_a_ticket_is_led_to_it(make: Make, browser: Browsers, status: str) -> None:
    event = make.event()
    ana = make.rsvp(event, "Ana Ruiz", status=status)
    page = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}")
    has_ticket = status == "going"
    words = "Your ticket and your answer" if has_ticket else "Your answer"
    assert bar(page)[0] == words
    for button in page.page.select(f".button[href='/r/{ana.key}']"):
        assert (words_of(button), "#ticket" in str(button)) == (words, has_ticket)


@pytest.mark.parametrize("when", ["called_off_at", "rsvp_closes_at"])
def test_there_is_no_bar_without_a_form(make: Make, browser: Browsers, when: str) -> None:
    more: dict[str, Any] = {when: clock.now() - timedelta(minutes=1)}
    event = make.event(**more)
    assert not shown(browser, event).page.select(".answer-bar")


def test_a_calendar_is_offered_after_the_answer(make: Make, browser: Browsers) -> None:
    event = make.event()
    calendar = f"a[href='/e/{event.slug}/calendar.ics']"
    page = shown(browser, event)
    assert not page.page.select(calendar)
    page.press("I'm coming", name="Ana", email="ana@example.org")
    assert page.one(calendar)
    own = make.rsvp(event, "Bea")
    assert browser().open(f"/r/{own.key}").one(f"a[href='/r/{own.key}/calendar.ics']")


def test_it_is_shared_by_whatsapp_or_by_its_link(make: Make, browser: Browsers) -> None:
    page = shown(browser, make.event(title="Cider & co", slug="cider"))
    assert_is_shared(page)
    assert_is_shared(page.press("I'm coming", name="Ana", email="ana@example.org"))
    assert_is_shared(page.open(f"/r/{make.row(Rsvp).key}"))


def test_nobody_shares_what_is_called_off_or_what_they_will_not_come_to(
    make: Make, browser: Browsers
) -> None:
    event = make.event(starts_at=clock.now() + timedelta(days=1))
    own = make.rsvp(event, status="not_going")
    page = shown(browser, event).press("I can't come", name="Bea", email="bea@example.org")
    for address in (page.url, f"/r/{own.key}"):
        assert not page.open(address).page.select("#share")
    going = make.rsvp(event)
    with make.act():
        db.session.get_one(Event, event.id).called_off_at = clock.now()
    assert not page.open(f"/r/{going.key}").page.select("#share")


def assert_is_shared(page: Browser) -> None:
    address, _, words = str(page.one("#share a")["href"]).partition("?text=")
    assert address == "https://wa.me/"
    assert unquote(words).startswith("Cider & co, ")
    assert unquote(words).endswith("\nhttp://localhost/e/cider")
    for hook in ("data-copy", "data-share"):
        assert page.one(f"#share [{hook}]")[hook] == "http://localhost/e/cider"


def data_of(page: Browser) -> dict[str, Any]:
    (written,) = page.page.select("script[type='application/ld+json']")
    data: dict[str, Any] = json.loads(str(written.string))
    return data


def test_search_engines_read_what_it_is(make: Make, browser: Browsers) -> None:
    event = make.event(
        make.community(name="Beers", slug="beers"),
        title="</script><b>Cider & co",
        slug="cider",
        place="Bar Ñ",
        starts_at=utc(2027, 5, 4, 17),
    )
    with make.act():
        set_programme(db.session.get_one(Event, event.id), (PlannedTalk("No", "Núria"),))
    data = data_of(shown(browser, event))
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Event")
    assert data["name"] == "</script><b>Cider & co"
    assert data["startDate"] == "2027-05-04T19:00:00+02:00"
    assert data["endDate"] == "2027-05-04T22:00:00+02:00"
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["location"]["name"] == "Bar Ñ"
    assert data["image"][0].startswith("http://localhost/e/cider/card.png")
    assert data["organizer"] == {
        "@type": "Organization",
        "name": "Beers",
        "url": "http://localhost/c/beers",
    }
    assert data["performer"] == [{"@type": "Person", "name": "Núria"}]
    assert data["offers"]["url"] == "http://localhost/e/cider"
    assert "price" not in data["offers"], "nobody has said what it costs"


def test_search_engines_read_that_it_is_full_or_off(make: Make, browser: Browsers) -> None:
    full = data_of(shown(browser, make.event(capacity=1, seats_taken=1)))
    assert full["offers"]["availability"] == "https://schema.org/SoldOut"
    off = data_of(shown(browser, make.event(called_off_at=clock.now())))
    assert off["eventStatus"] == "https://schema.org/EventCancelled"
    assert "offers" not in off


@pytest.mark.parametrize("page", ["/", "/sign-in", "/privacy", "/c/beers", "/e/cider", "/nowhere"])
def test_every_page_has_one_description(make: Make, browser: Browsers, page: str) -> None:
    make.event(make.community(slug="beers"), slug="cider")
    (described,) = browser().open(page).page.select("meta[name=description]")
    assert str(described["content"]).strip()
