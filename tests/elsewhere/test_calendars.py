"""Calendars find in our files what went in: in the mail that puts an event into them, in the one
that takes it out, in the file of an event and in the feed of a community.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.queries import CalendarMethod, calendar_text
from eventapp.model import Rsvp
from tests.elsewhere.hostile import TEXT
from tests.elsewhere.programs import ical_js, khal
from tests.make import Make, utc

pytestmark = pytest.mark.one_database

GUEST = 'Bea "La Jefa"; Núñez, 🍻'
COMMUNITY = 'The "Bar"; Talks, 🍻'
WRITTEN = "One; two, three \\ 👩🏽‍💻 שלום\n\n[Slides](https://x.example/a,b)"
MEANT = {
    "title": TEXT,
    "place": TEXT,
    "start": "2027-05-04T17:00",
    "end": "2027-05-04T20:00",
    "about": (
        "One; two, three \\ 👩🏽‍💻 שלום\n\nSlides (https://x.example/a,b)\n\nhttp://localhost/e/may"
    ),
    "url": "http://localhost/e/may",
    "organizer": f"{COMMUNITY} <mailto:hello@example.org>",
}


@pytest.fixture
def rsvp(make: Make) -> Rsvp:
    event = make.event(
        make.community(slug="beers", name=COMMUNITY),
        **{"slug": "may", "title": TEXT, "place": TEXT, "description": WRITTEN, "revision": 7},
        starts_at=utc(2027, 5, 4, 17),
    )
    return make.rsvp(event, GUEST, person=make.person("bea@example.org"))


def mailed(make: Make, rsvp: Rsvp, method: str) -> str:
    with make.act():
        there = db.session.get_one(Rsvp, rsvp.id)
        return calendar_text(there.event, at=clock.now(), rsvp=there, method=CalendarMethod(method))


PAGES = {"file": "/e/may/calendar.ics", "feed": "/c/beers/calendar.ics"}


@pytest.fixture(params=["REQUEST", "CANCEL", *PAGES])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def file(make: Make, browser: Any, rsvp: Rsvp, kind: str) -> str:
    if kind in PAGES:
        return str(browser().client.get(PAGES[kind]).text)
    return mailed(make, rsvp, kind)


@pytest.fixture
def meant(rsvp: Rsvp, kind: str) -> dict[str, Any]:
    return {
        **MEANT,
        "status": "CANCELLED" if kind == "CANCEL" else "CONFIRMED",
        "uid": f"event-{rsvp.event_id}@localhost",
        "sequence": 7,
        "attendee": "" if kind in PAGES else f"{GUEST} <mailto:bea@example.org>",
        "method": "PUBLISH" if kind in PAGES else kind,
    }


def test_ical_js_reads_it(file: str, meant: dict[str, Any]) -> None:
    read = ical_js(file)
    (entry,) = read["entries"]
    times = {name: entry[name][:16] for name in ("start", "end")}
    assert {**entry, **times, "method": read["method"]} == meant


def test_icalendar_reads_it(file: str, meant: dict[str, Any]) -> None:
    calendar: Any = icalendar.Calendar.from_ical(file)
    (entry,) = calendar.walk("VEVENT")
    read = {
        **{ours: str(entry[theirs]) for ours, theirs in TEXTS.items()},
        "start": in_utc(entry["dtstart"].dt),
        "end": in_utc(entry["dtend"].dt),
        "organizer": f"{entry['organizer'].params['CN']} <{entry['organizer']}>",
        "sequence": entry["sequence"],
        "attendee": "",
        "method": str(calendar["method"]),
    }
    if attendee := entry.get("attendee"):
        read["attendee"] = f"{attendee.params['CN']} <{attendee}>"
    assert read == meant


def test_vobject_reads_it(file: str, meant: dict[str, Any]) -> None:
    calendar = vobject.readOne(file)
    entry = calendar.vevent
    read = {
        **{ours: getattr(entry, theirs).value for ours, theirs in TEXTS.items()},
        "start": in_utc(entry.dtstart.value),
        "end": in_utc(entry.dtend.value),
        "sequence": int(entry.sequence.value),
        "method": calendar.method.value,
    }
    assert read == {name: meant[name] for name in read}


def test_khal_shows_it(file: str, meant: dict[str, Any], tmp_path: Path) -> None:
    (shown,) = khal(file, tmp_path)
    name, _, address = shown["organizer"].replace("^'", '"').partition(" (")  # RFC 6868
    read = {
        **{ours: shown[ours] for ours in ("title", "start", "end", "url")},
        "place": shown["location"],
        "about": shown["description"],
        "organizer": f"{name} <mailto:{address.removesuffix(')')}>",
        "status": shown["status"].strip(),
    }
    assert read == {name: meant[name] for name in read}


TEXTS = {
    **{"title": "summary", "place": "location", "about": "description"},
    **{"url": "url", "status": "status", "uid": "uid"},
}


def in_utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M}"
