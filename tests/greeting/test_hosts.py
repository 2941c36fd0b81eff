"""Organisers read how many newcomers nobody greets."""

from __future__ import annotations

from collections.abc import Callable

from eventapp.core import clock
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.greeting.evening import change, plan, regular
from tests.html import words_of
from tests.make import Make

Browsers = Callable[..., Browser]


def test_newcomers_whom_nobody_greets_are_to_do(make: Make, browser: Browsers) -> None:
    event = make.event()
    for number in range(5):
        make.rsvp(event, f"New {number}", listing="attendees", wants_a_host=True)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    assert words_of(page.one("#to-greet")).startswith("5 newcomers would like to be greeted")
    host = regular(make, event, "Olga", hosts_since=clock.now())
    assert "One newcomer would like" in page.open(page.url).text
    assert page.sees("1 guest has offered")
    plan(make)
    assert "One newcomer would like" in page.open(page.url).text
    change(make, host, hosts_since=None)
    assert "5 newcomers would like" in page.open(page.url).text
    assert page.follow("5 newcomers").url == f"/o/e/{event.slug}/guests/write"


def test_nobody_is_counted_whom_no_host_could_greet(make: Make, browser: Browsers) -> None:
    """Who is hidden from the others, who has been here before, who does not come."""
    event = make.event()
    make.rsvp(event, "Hidden", listing="nobody", wants_a_host=True)
    regular(make, event, "Regular", wants_a_host=True)
    make.rsvp(event, "Waiting", listing="attendees", status="waitlisted", wants_a_host=True)
    page = organiser_of(make, browser, event)
    for _ in range(2):
        assert not page.open(f"/o/e/{event.slug}").page.select("#to-greet")
        plan(make)


def test_where_somebody_is_free_to_nothing_is_said(make: Make, browser: Browsers) -> None:
    event = make.event()
    make.rsvp(event, "New", listing="attendees", wants_a_host=True)
    regular(make, event, "Olga", hosts_since=clock.now())
    page = organiser_of(make, browser, event)
    assert not page.open(f"/o/e/{event.slug}").page.select("#to-greet")
    plan(make)
    assert not page.open(f"/o/e/{event.slug}").page.select("#to-greet")
