"""Whether an event takes questions from the floor, and which talk is on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, found
from eventapp.model import Event, Floor, Talk

_AT_EVENT = (  # built once: each page of an event asks
    select(Floor).where(Floor.event_id == bindparam("event_id")).options(joinedload(Floor.event))
)


def floor_at(event: Event) -> Floor | None:
    """That of an event. None for most events, and for a rehearsal."""
    return db.session.scalar(_AT_EVENT, {"event_id": event.id})


def floor_on_wall(wall: str) -> Floor:
    """That whose page for a wall has this secret. Raises NotFound."""
    of_wall = select(Floor).where(Floor.wall == wall)
    return found(of_wall.options(joinedload(Floor.event).joinedload(Event.community)))


def talk_on(event: Event, at: datetime) -> Talk | None:
    """The talk that is on by the programme: the last to have begun that hasn't ended. One without
    an end is on until another begins.
    """
    if not event.starts_at <= at < event.ends_at:
        return None
    begun = [talk for talk in event.talks if talk.starts_at and talk.starts_at <= at]
    begun.sort(key=lambda talk: talk.minutes_in or 0)
    on = [talk for talk in begun if (talk.ends_at > at if talk.ends_at else talk is begun[-1])]
    return on[-1] if on else None
