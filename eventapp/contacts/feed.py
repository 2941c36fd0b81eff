"""The days to get in touch with somebody, as a feed for one's own calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import icalendar

from eventapp.contacts.queries import Known
from eventapp.core.i18n import gettext
from eventapp.core.links import absolute
from eventapp.model import Person

ASKED_EVERY = timedelta(hours=4)  # by calendars that heed it


def feed_text(person: Person, known: Iterable[Known], *, at: datetime) -> str:
    """A day for each follow-up that this person set, with the name and where they met.

    Calendars keep what they read elsewhere, out of our reach: so neither a field of anybody's card
    nor the person's own notes are in it.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//eventapp//eventapp//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", gettext("Get in touch"))
    calendar.add("x-wr-calname", gettext("Get in touch"))
    calendar.add("refresh-interval", ASKED_EVERY, parameters={"VALUE": "DURATION"})
    for one in known:
        for row in one.noted:
            if row.follow_up_on:
                calendar.add_component(_day(person, row, at))
    written: bytes = calendar.to_ical()
    return written.decode()


def _day(person: Person, row: Any, at: datetime) -> icalendar.Event:
    url = absolute("contacts.contacts", note=row.id)
    day = icalendar.Event()
    day.add("uid", f"follow-up-{person.id}-{row.id}@{urlsplit(url).hostname}")
    day.add("dtstamp", at.astimezone(UTC))
    day.add("dtstart", row.follow_up_on)
    day.add("dtend", row.follow_up_on + timedelta(days=1))
    day.add("summary", gettext("Get in touch with %(name)s", name=row.name))
    day.add("description", gettext("You met at %(title)s.", title=row.title) + f"\n\n{url}")
    day.add("url", url)
    day.add("transp", "TRANSPARENT")  # it takes no time of the day
    return day
