"""The calendar file, as a calendar reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.queries import calendar_forms, calendar_text, event_at
from eventapp.model import Event
from tests.browser import Browser
from tests.events.organising import may_event
from tests.make import Make, utc

Browsers = Callable[..., Browser]


def calendar_of(browser: Browsers, event: Event) -> icalendar.Calendar:
    page = browser().open(f"/e/{event.slug}/calendar.ics")
    assert page.status == 200
    return icalendar.Calendar.from_ical(page.response.data)


def entry_of(calendar: icalendar.Calendar) -> Any:
    (entry,) = calendar.walk("VEVENT")
    return entry


def test_file_is_a_calendar_to_download(make: Make, browser: Browsers) -> None:
    event = may_event(make, slug="may")
    answer = browser().open("/e/may/calendar.ics").response
    assert answer.mimetype == "text/calendar"
    assert answer.mimetype_params["method"] == "PUBLISH"
    assert answer.headers["Content-Disposition"] == "attachment; filename=may.ics"
    assert calendar_of(browser, event)["method"] == "PUBLISH"


def test_entry_says_what_when_and_where(make: Make, browser: Browsers) -> None:
    event = may_event(
        make,
        make.community(name='The "Bar"; Talks'),
        title="Beers, talks; and\\more",
        description="Line **one**\n\nLine two, with 🍺" * 20,
        place="Calle Mayor 1, 2º",
    )
    entry = entry_of(calendar_of(browser, event))
    assert str(entry["summary"]) == "Beers, talks; and\\more"
    assert str(entry["location"]) == "Calle Mayor 1, 2º"
    assert str(entry["description"]).startswith("Line one\n\nLine two, with 🍺")
    assert str(entry["url"]) == f"http://localhost/e/{event.slug}"
    assert entry["organizer"].params["CN"] == 'The "Bar"; Talks'
    assert str(entry["status"]) == "CONFIRMED"
    assert "attendee" not in entry


@pytest.mark.parametrize(
    ("tz", "starts_at", "wall", "offset"),
    [
        ("Europe/Madrid", utc(2027, 5, 4, 17), "2027-05-04T19:00", 2),
        ("Europe/Madrid", utc(2027, 12, 7, 18), "2027-12-07T19:00", 1),
        ("America/New_York", utc(2027, 3, 14, 20), "2027-03-14T16:00", -4),
        ("Europe/Madrid", utc(2055, 7, 6, 17), "2055-07-06T19:00", 2),
    ],
)
def test_times_are_in_the_events_zone_that_the_file_explains(
    make: Make, browser: Browsers, tz: str, starts_at: object, wall: str, offset: int
) -> None:
    calendar = calendar_of(browser, make.event(tz=tz, starts_at=starts_at))
    start = entry_of(calendar)["dtstart"]
    assert start.params["TZID"] == tz
    assert start.dt.strftime("%Y-%m-%dT%H:%M") == wall
    assert start.dt == starts_at
    (explained,) = calendar.timezones
    assert str(explained["tzid"]) == tz
    rules = explained.to_tz(lookup_tzid=False)
    assert start.dt.replace(tzinfo=rules).utcoffset() == timedelta(hours=offset)


def test_same_entry_grows_by_revisions(make: Make, browser: Browsers) -> None:
    event = may_event(make, slug="may", revision=4)
    before = entry_of(calendar_of(browser, event))
    with make.act():
        changed = db.session.get_one(Event, event.id)
        changed.slug, changed.revision = "may-2027", 5
    after = entry_of(calendar_of(browser, make.row(Event)))
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (4, 5)


def test_event_called_off_is_cancelled(make: Make, browser: Browsers) -> None:
    event = may_event(make, called_off_at=clock.now())
    assert str(entry_of(calendar_of(browser, event))["status"]) == "CANCELLED"


def test_draft_has_no_calendar(make: Make, browser: Browsers) -> None:
    event = may_event(make, published_at=None)
    assert browser().open(f"/e/{event.slug}/calendar.ics").status == 404


def test_lines_are_short_and_end_as_the_standard_says(make: Make, app: Flask) -> None:
    event = may_event(make, description="ñ🍺" * 300)
    with app.app_context():
        text = calendar_text(event_at(event.slug), at=clock.now())
    lines = text.removesuffix("\r\n").split("\r\n")
    assert not any("\n" in line for line in lines)
    assert max(len(line.encode()) for line in lines) <= 75


def test_google_link_fills_in_the_form(make: Make, app: Flask) -> None:
    event = may_event(make, title="A & B", description="x" * 5000)
    with app.app_context():
        url = calendar_forms(event_at(event.slug))["Google"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert query["text"] == "A & B"
    assert query["dates"] == "20270504T170000Z/20270504T200000Z"
    assert query["ctz"] == "Europe/Madrid"
    assert query["details"].endswith(f"http://localhost/e/{event.slug}")
    assert len(url) < 2000


def test_outlook_link_fills_in_the_form(make: Make, app: Flask) -> None:
    event = may_event(make, title="A & B", description="x" * 5000)
    with app.app_context():
        url = calendar_forms(event_at(event.slug))["Outlook"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert (query["subject"], query["location"]) == ("A & B", event.place)
    assert query["startdt"] == "2027-05-04T17:00:00+00:00"
    assert query["enddt"] == "2027-05-04T20:00:00+00:00"
    assert query["body"].endswith(f"http://localhost/e/{event.slug}")
    assert len(url) < 2000
