"""Finding events: an event by its address, what is coming up, what a mail says of one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from eventapp.core.db import db
from eventapp.core.links import absolute
from eventapp.model import Event


def event_at(slug: str) -> Event:
    """The event with this address, published or not. Raises NotFound."""
    event = db.session.scalar(
        select(Event).where(Event.slug == slug).options(joinedload(Event.community))
    )
    if event is None:
        raise NotFound
    return event


def published_event(slug: str) -> Event:
    """The event with this address, as visitors may know of it. Raises NotFound."""
    event = event_at(slug)
    if event.published_at is None:
        raise NotFound
    return event


def mail_values(event: Event) -> dict[str, str]:
    """What a mail says of an event: title, place, times (ISO 8601, UTC), zone, address."""
    return {
        "title": event.title,
        "place": event.place,
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "tz": event.tz,
        "event_url": absolute("rsvp.event", slug=event.slug),
    }
