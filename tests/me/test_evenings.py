"""/me: my evenings first, in the order of time, the next one with its pass."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from eventapp.core import clock
from tests.make import Make


def titles(page: Any) -> list[str]:
    links = page.page.select("#rsvps h3 a")
    return [link.get_text() for link in links]


def test_evenings_are_in_the_order_of_time(make: Make, browser: Any) -> None:
    person = make.person()
    for title, days, status in (
        ("Long ago", -90, "going"),
        ("Last week", -7, "going"),
        ("Cancelled", 2, "cancelled"),
        ("Next week", 7, "going"),
        ("In a month", 30, "going"),
    ):
        event = make.event(title=title, starts_at=clock.now() + timedelta(days=days))
        make.rsvp(event, person=person, status=status)
    page = make.signed_in(browser(), person).open("/me")
    assert titles(page) == ["Next week", "Cancelled", "In a month", "Last week", "Long ago"]
    assert page.one("[data-next] h3").get_text() == "Next week"
    page.follow("My ticket")
    assert page.url.startswith("/r/")
    sections = [section["id"] for section in page.open("/me").page.select("main section[id]")]
    assert sections[0] == "rsvps"
    assert sections.index("met") < sections.index("about")


def test_an_evening_that_is_on_is_the_next_one(make: Make, browser: Any) -> None:
    person = make.person()
    for title, hours in (("Tomorrow", 24), ("On now", -1)):
        event = make.event(title=title, starts_at=clock.now() + timedelta(hours=hours))
        make.rsvp(event, person=person)
    page = make.signed_in(browser(), person).open("/me")
    assert titles(page) == ["On now", "Tomorrow"]
    assert "On now" in page.one("[data-next]").get_text()
    called_off = make.event(starts_at=clock.now(), called_off_at=clock.now())
    make.rsvp(called_off, person=person)
    assert page.open("/me").one("[data-next] h3").get_text() == "On now"


def test_an_evening_that_was_called_off_is_none_of_the_past_ones(make: Make, browser: Any) -> None:
    person, a_week = make.person(), timedelta(days=7)
    for title, off_at in (("It rained", clock.now() - a_week), ("Beers", None)):
        event = make.event(title=title, starts_at=clock.now() - a_week, called_off_at=off_at)
        make.rsvp(event, person=person)
    page = make.signed_in(browser(), person).open("/me")
    assert titles(page) == ["Beers", "It rained"]
    off = page.one("[data-called-off]")
    assert [one.get_text() for one in off.select("h3 a")] == ["It rained"]
