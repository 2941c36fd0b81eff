"""Find events by address, by community and by date; and count their guests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.communities.queries import letterhead
from eventapp.core.db import db, found
from eventapp.core.errors import NotFound
from eventapp.core.links import absolute
from eventapp.events.calendar import (
    CALENDAR_TYPE,
    CalendarMethod,
    calendar_forms,
    calendar_text,
    feed_text,
    personal_feed_text,
)
from eventapp.events.calling_off import may_be_taken_back
from eventapp.events.outlived import is_outlived, kept_no_longer
from eventapp.model import Community, Event, Organiser, Person, Rsvp, Status

__all__ = [
    "CALENDAR_TYPE",
    "Answers",
    "CalendarMethod",
    "answers_to",
    "calendar_forms",
    "calendar_text",
    "event_at",
    "event_organised_by",
    "events_of_feed",
    "events_to_find",
    "feed_changed_at",
    "feed_text",
    "has_answers",
    "is_outlived",
    "kept_no_longer",
    "mail_values",
    "may_be_taken_back",
    "next_event_of",
    "own_statuses",
    "past_events_of",
    "personal_feed_text",
    "published_event",
    "upcoming_events",
    "upcoming_events_of",
]

LISTED_MOST = 60
FEED_PAST = timedelta(days=180)
FEED_MOST = 300
SITEMAP_MOST = 10_000  # sitemaps.org allows 50,000 addresses, and 50 MB


_EVENT_AT = (
    select(Event)
    .where(Event.slug == bindparam("slug"))
    .options(joinedload(Event.community).joinedload(Community.logo), joinedload(Event.cover))
)


def event_at(slug: str) -> Event:
    """The event with this address, published or not. Raises NotFound."""
    return found(_EVENT_AT, {"slug": slug})


def published_event(slug: str) -> Event:
    """The published event with this address. Raises NotFound."""
    event = event_at(slug)
    if event.published_at is None:
        raise NotFound
    return event


_ORGANISED_BY = (
    select(Event)
    .join(Event.community)
    .join(Organiser, Organiser.community_id == Community.id)
    .where(Event.slug == bindparam("slug"), Organiser.person_id == bindparam("person_id"))
    .options(contains_eager(Event.community))
)


def event_organised_by(person: Person, slug: str) -> Event:
    """The event with this address, if the person organises its community. Raises NotFound."""
    return found(_ORGANISED_BY, {"slug": slug, "person_id": person.id})


def upcoming_events(at: datetime, *, limit: int = LISTED_MOST, offset: int = 0) -> Sequence[Event]:
    """Published events of all communities that are not over, soonest first."""
    return db.session.scalars(
        _published()
        .where(Event.ends_at > at)
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
        .offset(offset)
    ).all()


def own_statuses(person: Person | None, events: Sequence[Event]) -> dict[int, str]:
    """What somebody answered to these events, by their ids."""
    if person is None:
        return {}
    rows = db.session.execute(
        select(Rsvp.event_id, Rsvp.status).where(
            Rsvp.person_id == person.id, Rsvp.event_id.in_([event.id for event in events])
        )
    )
    return {row.event_id: row.status for row in rows}


def upcoming_events_of(community: Community, at: datetime) -> Sequence[Event]:
    return db.session.scalars(
        _published()
        .where(Event.community_id == community.id, Event.ends_at > at)
        .order_by(Event.starts_at, Event.id)
    ).all()


def next_event_of(community: Community, at: datetime) -> Event | None:
    """The community's event that is on, or its next one; not one that was called off."""
    upcoming = _published().where(
        Event.community_id == community.id, Event.ends_at > at, Event.called_off_at.is_(None)
    )
    return db.session.scalars(upcoming.order_by(Event.starts_at, Event.id).limit(1)).first()


def past_events_of(community: Community, at: datetime) -> Sequence[Event]:
    """A community's past events that were not called off, most recent first."""
    return db.session.scalars(
        _published()
        .where(
            Event.community_id == community.id, Event.ends_at <= at, Event.called_off_at.is_(None)
        )
        .order_by(Event.starts_at.desc(), Event.id)
    ).all()


def events_of_feed(community: Community, at: datetime) -> Sequence[Event]:
    """A community's published events from half a year ago on, those called off too: a calendar that
    has them strikes them out.
    """
    latest_first = (
        _published()
        .where(Event.community_id == community.id, Event.ends_at > at - FEED_PAST)
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .limit(FEED_MOST)
    )
    return db.session.scalars(latest_first).all()[::-1]


def feed_changed_at(community: Community) -> datetime:
    """When one of a community's events was last changed, or taken back."""
    changed_at = func.max(func.coalesce(Event.changed_at, Event.published_at))
    when = db.session.scalar(select(changed_at).where(Event.community_id == community.id))
    return when or community.created_at


def events_to_find() -> Sequence[Event]:
    """The events that search engines may list, newest first: published, not called off, and no
    rehearsal.
    """
    return db.session.scalars(
        _published()
        .where(Event.called_off_at.is_(None), Event.rehearsal_of_id.is_(None))
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(SITEMAP_MOST)
    ).all()


def select_events(community: Community) -> Select[Event]:
    """All of its events, drafts and those called off among them."""
    return select(Event).where(Event.community_id == community.id)


def _published() -> Select[Event]:
    return (
        select(Event)
        .where(Event.published_at.is_not(None))
        .options(joinedload(Event.community).joinedload(Community.logo), joinedload(Event.cover))
        .limit(LISTED_MOST)
    )


@dataclass(frozen=True)
class Answers:
    """How many people wait for an event or may come; the event itself counts those who are going
    and in.
    """

    maybe: int = 0
    waitlisted: int = 0
    pending: int = 0


def answers_to(events: Sequence[Event]) -> dict[int, Answers]:
    """How many people wait or may come, companions included, by the id of their event."""
    rows = db.session.execute(
        select(Rsvp.event_id, Rsvp.status, func.sum(Rsvp.companions + 1))
        .where(
            Rsvp.event_id.in_([event.id for event in events]),
            Rsvp.status.in_((Status.MAYBE, Status.WAITLISTED, Status.PENDING)),
        )
        .group_by(Rsvp.event_id, Rsvp.status)
    )
    found: dict[int, dict[str, int]] = {event.id: {} for event in events}
    for event_id, status, people in rows:
        found[event_id][status] = people
    return {event_id: Answers(**waiting) for event_id, waiting in found.items()}


def has_answers(event: Event) -> bool:
    found = select(Rsvp.id).where(Rsvp.event_id == event.id).limit(1)
    return db.session.scalar(found) is not None


def mail_values(event: Event) -> dict[str, Any]:
    """An event's values in a mail: title, place, times (ISO 8601, UTC), zone, address; and its
    letterhead.
    """
    return {
        "title": event.title,
        "place": event.place,
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "tz": event.tz,
        "event_url": absolute("rsvp.event", slug=event.slug),
        **letterhead(event),
    }
