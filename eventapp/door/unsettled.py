"""Conflicts that no lead has settled."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.door.event import EventAtDoor
from eventapp.model import DoorConflict, DoorLog, Event


def open_conflicts(event: EventAtDoor) -> Sequence[DoorConflict]:
    """With their guests, in the order of events."""
    return db.session.scalars(
        select(DoorConflict)
        .join(DoorConflict.door_log)
        .where(DoorConflict.event_id == event.id, DoorConflict.settled_at.is_(None))
        .options(joinedload(DoorConflict.door_log).joinedload(DoorLog.rsvp))
        .order_by(DoorLog.happened_at, DoorLog.id)
    ).all()


def count_open_conflicts(event: Event | EventAtDoor) -> int:
    waiting = select(func.count()).where(
        DoorConflict.event_id == event.id, DoorConflict.settled_at.is_(None)
    )
    return db.session.scalar(waiting) or 0
