"""What happened offline and against the rules: a lead looks at it and ticks it off."""

from __future__ import annotations

from datetime import datetime

from eventapp.door.actions.act import count_people
from eventapp.door.queries import EventAtDoor
from eventapp.model import DoorConflict


def settle(event: EventAtDoor, conflict: DoorConflict, *, by: str, at: datetime) -> None:
    """Tick a conflict off. Idempotent."""
    count_people(event, 0)  # has the screens of who leads ask how many are left
    if conflict.settled_at is None:
        conflict.settled_at, conflict.settled_by = at, by
