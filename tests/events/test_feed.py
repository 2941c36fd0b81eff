"""A community's calendar feed, as a calendar that subscribes reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.actions import call_off_event, unpublish_event
from eventapp.model import Community, Event
from tests.browser import Browser
from tests.events.organising import organiser_of, save
from tests.make import Make

Browsers = Callable[..., Browser]
DAY = timedelta(days=1)


def fetch(browser: Browser, community: Any, **headers: str) -> Any:
    return browser.client.get(f"/c/{community.slug}/calendar.ics", headers=headers)


def entries_of(answer: Any) -> list[Any]:
    return list(icalendar.Calendar.from_ical(answer.data).walk("VEVENT"))


def changed_long_ago(make: Make) -> tuple[Community, Event]:
    community, then = make.community(), clock.now() - 3 * DAY
    return community, make.event(community, published_at=then, changed_at=then)


def test_feed_has_what_is_public_of_the_community(make: Make, browser: Browsers) -> None:
    community, now = make.community(name="Cañas y charlas"), clock.now()
    make.event(community, title="Next", starts_at=now + 9 * DAY)
    make.event(community, title="In spring", starts_at=now - 100 * DAY)
    make.event(community, title="Years ago", starts_at=now - 700 * DAY)
    make.event(community, title="Draft", published_at=None)
    make.event(community, title="Off", starts_at=now + DAY, called_off_at=now)
    make.event(title="Theirs")
    answer = fetch(browser(), community)
    calendar: Any = icalendar.Calendar.from_ical(answer.data)
    said = [(str(entry["summary"]), str(entry["status"])) for entry in calendar.walk("VEVENT")]
    assert said == [("In spring", "CONFIRMED"), ("Off", "CANCELLED"), ("Next", "CONFIRMED")]
    assert str(calendar["name"]) == str(calendar["x-wr-calname"]) == "Cañas y charlas"
    assert calendar["refresh-interval"].dt == timedelta(hours=4)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in answer.data
    assert len(calendar.timezones) == 1
    assert "public" in answer.headers["Cache-Control"]
    assert answer.mimetype == "text/calendar"


def test_entry_is_the_one_of_the_single_file(make: Make, browser: Browsers) -> None:
    community = make.community()
    event = make.event(community, revision=3)
    (of_feed,) = entries_of(fetch(browser(), community))
    (of_file,) = entries_of(browser().open(f"/e/{event.slug}/calendar.ics").response)
    for name in ("uid", "sequence", "summary", "dtstart", "dtend", "location", "url"):
        assert of_feed[name] == of_file[name], name


def test_community_without_events_has_an_empty_feed(make: Make, browser: Browsers) -> None:
    answer = fetch(browser(), make.community())
    assert answer.status_code == 200
    assert entries_of(answer) == []


def test_unknown_community_has_no_feed(make: Make, browser: Browsers) -> None:
    assert browser().client.get("/c/nobody/calendar.ics").status_code == 404


def test_feed_is_asked_for_again_in_vain_until_something_changes(
    make: Make, browser: Browsers
) -> None:
    community, event = changed_long_ago(make)
    first = fetch(browser(), community)
    by_tag = {"If-None-Match": first.headers["ETag"]}
    by_time = {"If-Modified-Since": first.headers["Last-Modified"]}
    for asked in (by_tag, by_time):
        again = fetch(browser(), community, **asked)
        assert again.status_code == 304, asked
        assert again.data == b""
    organiser = organiser_of(make, browser, event)
    save(organiser.open(f"/o/e/{event.slug}"), title="Another title")
    for asked in (by_tag, by_time):
        (entry,) = entries_of(fetch(browser(), community, **asked))
        assert str(entry["summary"]) == "Another title"


@pytest.mark.parametrize("act", [call_off_event, unpublish_event])
def test_what_is_called_off_or_taken_back_is_news(
    make: Make, browser: Browsers, act: Callable[..., bool]
) -> None:
    community, event = changed_long_ago(make)
    before = fetch(browser(), community).headers
    with make.act():
        assert act(db.session.get_one(Event, event.id), at=clock.now())
    for asked in ("If-None-Match", before["ETag"]), ("If-Modified-Since", before["Last-Modified"]):
        assert fetch(browser(), community, **dict([asked])).status_code == 200


def test_page_of_the_community_offers_the_feed(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = browser().open(f"/c/{community.slug}")
    path = f"/c/{community.slug}/calendar.ics"
    assert page.one("a[href^=webcal]")["href"] == f"webcal://localhost{path}"
    assert page.one("[data-copy]")["data-copy"] == f"http://localhost{path}"
    assert page.one("link[type='text/calendar']")["href"] == path
