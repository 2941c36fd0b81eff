"""Events for calendars: one as a file (RFC 5545), a community's as a feed to subscribe to, or links
to forms that are filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode, urlsplit

import icalendar

from eventapp.core.links import absolute
from eventapp.core.markdown import plain_with_links
from eventapp.core.text import email_on_the_wire
from eventapp.model import Community, Event, Rsvp, Status

CALENDAR_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"
DETAILS_MOST = 800  # characters: the whole link has to fit in an address bar
FEED_ASKED_EVERY = timedelta(hours=4)  # by calendars that heed it
ALARM_BEFORE = timedelta(hours=2)
ZONE_MARGIN = timedelta(days=400)  # a whole year of clock changes on both sides


class CalendarMethod(StrEnum):
    """What a calendar does with an entry (RFC 5546)."""

    PUBLISH = "PUBLISH"  # a file that somebody opens
    REQUEST = "REQUEST"  # a mail puts it into its reader's calendar
    CANCEL = "CANCEL"  # a mail takes it out again


def calendar_text(
    event: Event,
    *,
    at: datetime,
    rsvp: Rsvp | None = None,
    method: CalendarMethod = CalendarMethod.PUBLISH,
) -> str:
    """The event as an iCalendar file: what is public of it, or what the guest of this RSVP is told.

    Only mails name the guest, who has accepted already: in a file, programs would show them buttons
    to answer. A later file of the same event replaces the entry, by the same UID and a higher
    SEQUENCE, or DTSTAMP.
    """
    calendar = _new_calendar(method)
    entry = _entry(event, at, rsvp)
    if rsvp and method != CalendarMethod.PUBLISH:
        entry.add("attendee", _attendee(rsvp))
    if method == CalendarMethod.CANCEL:
        entry["status"] = icalendar.vText("CANCELLED")
    elif rsvp and rsvp.holds_a_seat and not event.called_off_at:
        entry.add_component(_alarm(event))
    calendar.add_component(entry)
    return _written(calendar, [event])


def _attendee(rsvp: Rsvp) -> icalendar.vCalAddress:
    """The guest, of whom no answer is expected: it would reach the community, as any mail does."""
    assert rsvp.person is not None  # noqa: S101  the mail has an addressee
    attendee = icalendar.vCalAddress(f"mailto:{email_on_the_wire(rsvp.person.email)}")
    status = "ACCEPTED" if rsvp.holds_a_seat else "DECLINED"
    attendee.params.update({"CN": rsvp.name, "PARTSTAT": status, "RSVP": "FALSE"})
    return attendee


def _alarm(event: Event) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ALARM_BEFORE)
    alarm.add("description", event.title)
    return alarm


def feed_text(community: Community, events: Sequence[Event]) -> str:
    """A community's events as a feed, with the same entries as their single files. It is the same
    text, to the byte, until one of them changes.
    """
    calendar = _new_feed(community.name)
    calendar.add("url", absolute("events.community", slug=community.slug))
    for event in events:
        calendar.add_component(_entry(event, event.last_changed_at))
    return _written(calendar, events)


def personal_feed_text(rsvps: Sequence[Rsvp], *, name: str, at: datetime) -> str:
    """The events that somebody answered as a feed for their own calendar, with the same entries as
    their mails. One that they may go to is tentative; one that was called off, or that they
    cancelled, is struck out.
    """
    calendar = _new_feed(name)
    for rsvp in rsvps:
        entry = _entry(rsvp.event, at, rsvp)
        if rsvp.status == Status.CANCELLED:
            entry["status"] = icalendar.vText("CANCELLED")
        elif rsvp.status == Status.MAYBE and not rsvp.event.called_off_at:
            entry["status"] = icalendar.vText("TENTATIVE")
        calendar.add_component(entry)
    return _written(calendar, [rsvp.event for rsvp in rsvps])


def _new_feed(name: str) -> icalendar.Calendar:
    calendar = _new_calendar()
    calendar.add("name", name)  # RFC 7986; the others are what calendars knew before
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", FEED_ASKED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(FEED_ASKED_EVERY))
    return calendar


def _new_calendar(method: CalendarMethod = CalendarMethod.PUBLISH) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//eventapp//eventapp//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _written(calendar: icalendar.Calendar, events: Sequence[Event]) -> str:
    if events:
        calendar.add_missing_timezones(
            first_date=(min(event.starts_at for event in events) - ZONE_MARGIN).date(),
            last_date=(max(event.ends_at for event in events) + ZONE_MARGIN).date(),
        )
    written: bytes = calendar.to_ical()
    return written.decode()


def _entry(event: Event, at: datetime, rsvp: Rsvp | None = None) -> icalendar.Event:
    url = absolute("rsvp.event", slug=event.slug)
    organiser = icalendar.vCalAddress(f"mailto:{event.community.contact_email}")
    organiser.params["CN"] = event.community.name
    entry = icalendar.Event()
    entry.add("uid", f"event-{event.id}@{urlsplit(url).hostname}")
    entry.add("sequence", event.revision)
    entry.add("dtstamp", at.astimezone(UTC))
    entry.add("last-modified", event.last_changed_at.astimezone(UTC))
    entry.add("dtstart", event.starts_at.astimezone(event.zone))
    entry.add("dtend", event.ends_at.astimezone(event.zone))
    entry.add("summary", event.title)
    entry.add("description", _details(event, url, rsvp))
    entry.add("location", _location(event, rsvp))
    entry.add("url", url)
    entry.add("organizer", organiser)
    entry.add("status", "CANCELLED" if event.called_off_at else "CONFIRMED")
    return entry


def google_calendar_url(event: Event, rsvp: Rsvp | None = None) -> str:
    """The address of Google Calendar's form, filled in with what `calendar_text` says."""
    start, end = (f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" for at in (event.starts_at, event.ends_at))
    details = _details(event, absolute("rsvp.event", slug=event.slug), rsvp, DETAILS_MOST)
    return f"{GOOGLE}?" + urlencode(
        {
            "action": "TEMPLATE",
            "text": event.title,
            "dates": f"{start}/{end}",
            "ctz": event.tz,
            "details": details,
            "location": _location(event, rsvp),
        }
    )


def outlook_calendar_url(event: Event, rsvp: Rsvp | None = None) -> str:
    """The same of Outlook.com's."""
    return f"{OUTLOOK}?" + urlencode(
        {
            "path": "/calendar/action/compose",
            "rru": "addevent",
            "subject": event.title,
            "startdt": event.starts_at.astimezone(UTC).isoformat(),
            "enddt": event.ends_at.astimezone(UTC).isoformat(),
            "body": _details(event, absolute("rsvp.event", slug=event.slug), rsvp, DETAILS_MOST),
            "location": _location(event, rsvp),
        }
    )


def calendar_forms(event: Event, rsvp: Rsvp | None = None) -> dict[str, str]:
    """Calendars that take an event by a link, by their name."""
    return {
        "Google": google_calendar_url(event, rsvp),
        "Outlook": outlook_calendar_url(event, rsvp),
    }


def _location(event: Event, rsvp: Rsvp | None) -> str:
    return rsvp.whole_place if rsvp else event.place


def _details(event: Event, url: str, rsvp: Rsvp | None, most: int | None = None) -> str:
    about = plain_with_links(event.description)
    if most and len(about) > most:
        about = about[: most - 1].rstrip() + "…"
    links = [rsvp.private_link, url] if rsvp and rsvp.private_link else [url]
    return "\n\n".join([about, *links]).strip()
