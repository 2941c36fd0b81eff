"""When a door link is good: hours of its own, where the organiser gave it some."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from eventapp.model import DoorLink
from eventapp.model.event import EventFacts


class LinkHours(NamedTuple):
    """None: no limit of its own. The event's door has its hours all the same."""

    opens_at: datetime | None
    closes_at: datetime | None

    def is_early(self, at: datetime) -> bool:
        return self.opens_at is not None and at < self.opens_at

    def is_over(self, at: datetime) -> bool:
        return self.closes_at is not None and at >= self.closes_at

    def hold(self, at: datetime) -> bool:
        return not self.is_early(at) and not self.is_over(at)


def hours_around(event: EventFacts, before: int | None, after: int | None) -> LinkHours:
    """From so many hours before the event starts to so many after it ends."""
    return LinkHours(
        None if before is None else event.starts_at - timedelta(hours=before),
        None if after is None else event.ends_at + timedelta(hours=after),
    )


def hours_of(link: DoorLink) -> LinkHours:
    return hours_around(link.event, link.opens_hours_before, link.closes_hours_after)
