"""What happened offline and against the rules: a lead looks at it and ticks it off."""

from __future__ import annotations

from datetime import datetime

from eventapp.model import DoorConflict


def settle(conflict: DoorConflict, *, by: str, at: datetime) -> None:
    """Tick a conflict off. Twice is once."""
    if conflict.settled_at is None:
        conflict.settled_at, conflict.settled_by = at, by
