"""An organiser holds an event again: the copy has a date of its own from the start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from eventapp.events.copies import date_of_copy
from eventapp.model import Event
from tests.browser import Browser
from tests.events.organising import may_event, organiser_of
from tests.make import Make, utc

Browsers = Callable[..., Browser]
THURSDAY = utc(2026, 12, 3, 18)


@pytest.mark.parametrize(
    ("starts_at", "now", "copied"),
    [
        (THURSDAY, THURSDAY - timedelta(days=30), utc(2026, 12, 10, 18)),
        (THURSDAY, THURSDAY + timedelta(hours=4), utc(2026, 12, 10, 18)),
        (THURSDAY, THURSDAY + timedelta(weeks=1), utc(2026, 12, 17, 18)),
        (THURSDAY, THURSDAY + timedelta(weeks=60, days=2), utc(2028, 2, 3, 18)),
        (utc(2027, 3, 23, 18), utc(2027, 3, 24, 12), utc(2027, 3, 30, 17)),  # by summer time
        (utc(2027, 3, 21, 1, 30), utc(2027, 3, 21, 12), utc(2027, 4, 4, 0, 30)),  # 2:30 is skipped
    ],
)
def test_the_next_one_is_on_the_same_day_of_the_week(
    starts_at: datetime, now: datetime, copied: datetime
) -> None:
    event = Event(starts_at=starts_at, tz="Europe/Madrid")
    assert date_of_copy(event, now) == copied


def test_its_date_is_typed_with_the_copy(make: Make, browser: Browsers, htmx: bool) -> None:
    event = may_event(make, slug="may")
    page = organiser_of(make, browser, event, htmx=htmx).open("/o/e/may")
    assert page.one("#copy [name=starts]")["value"] == "2027-05-11T19:00"
    page.press("Copy as a new draft", starts="2027-06-01T20:30")
    assert page.url == "/o/e/beers-and-talks"
    assert page.sees("Tuesday, 1 June 2027, 20:30–23:30")
    copy = make.row(Event, slug="beers-and-talks")
    assert (copy.starts_at, copy.ends_at) == (utc(2027, 6, 1, 18, 30), utc(2027, 6, 1, 21, 30))


def test_without_a_date_it_is_the_next_week(make: Make, browser: Browsers) -> None:
    event = may_event(make, slug="may")
    organiser_of(make, browser, event).open("/o/e/may").press("Copy as a new draft", starts="")
    assert make.row(Event, slug="beers-and-talks").starts_at == utc(2027, 5, 11, 17)


@pytest.mark.parametrize(
    ("typed", "code"), [("soon", "time"), ("2027-03-28T02:30", "time_does_not_exist")]
)
def test_a_date_that_is_none_is_said(
    make: Make, browser: Browsers, htmx: bool, typed: str, code: str
) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    page.press("Copy as a new draft", starts=typed)
    assert (page.status, page.codes()) == (422, [code])
    assert page.one("#copy [name=starts]")["value"] == typed
    assert len(make.rows(Event)) == 1
