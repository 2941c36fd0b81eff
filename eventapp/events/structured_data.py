"""An event for search engines and calendars that read pages: schema.org/Event, as JSON-LD."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eventapp.core.links import absolute
from eventapp.core.markdown import plain
from eventapp.model import Event

SCHEMA = "https://schema.org"
DESCRIPTION_MOST = 1000  # characters


def structured_data(event: Event, *, picture: str, at: datetime) -> dict[str, Any]:
    """What is public of an event, with the address of a picture; empty values are left out."""
    url = absolute("rsvp.event", slug=event.slug)
    found = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": event.title,
        "url": url,
        "description": " ".join(plain(event.description).split())[:DESCRIPTION_MOST],
        "startDate": event.starts_at.astimezone(event.zone).isoformat(timespec="seconds"),
        "endDate": event.ends_at.astimezone(event.zone).isoformat(timespec="seconds"),
        "eventStatus": f"{SCHEMA}/{'EventCancelled' if event.called_off_at else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "image": [picture],
        "location": _place(event),
        "organizer": {
            "@type": "Organization",
            "name": event.community.name,
            "url": absolute("events.community", slug=event.community.slug),
        },
        "performer": [{"@type": "Person", "name": talk.speaker} for talk in _spoken(event)],
        "offers": _offer(event, url) if event.takes_rsvps(at) else None,
    }
    return {name: value for name, value in found.items() if value}


def _place(event: Event) -> dict[str, str] | None:
    place = event.place
    return {"@type": "Place", "name": place, "address": place} if place else None


def _spoken(event: Event) -> list[Any]:
    return [talk for talk in event.talks if talk.speaker]


def _offer(event: Event, url: str) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "availability": f"{SCHEMA}/{'SoldOut' if event.is_full else 'InStock'}",
        "url": url,
    }
