"""When guests came to an event."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Integer, cast, extract, func, select

from eventapp.core.db import db
from eventapp.model import CheckIn, Event
from eventapp.ui.arrivals_chart import FINEST, Arrivals, arrivals_in

_SLOT = cast(extract("epoch", CheckIn.at), Integer) // int(FINEST.total_seconds())


def arrivals_at(event: Event, now: datetime) -> Arrivals | None:
    """The people who have come, by the time at which they did. None if nobody has."""
    people = arrivals_by_time(event)
    return arrivals_in(people, event=event, now=now) if people else None


def arrivals_by_time(event: Event) -> dict[datetime, int]:
    """How many people came in each of the finest steps in which any did."""
    counted = db.session.execute(
        select(_SLOT, func.sum(CheckIn.people))
        .where(CheckIn.event_id == event.id)
        .group_by(_SLOT)
        .order_by(_SLOT)
    )
    return {
        datetime.fromtimestamp(slot * FINEST.total_seconds(), UTC): count for slot, count in counted
    }
