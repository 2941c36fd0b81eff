"""What happened at the doors: to one guest, and against the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.door.queries.event import EventAtDoor
from eventapp.door.queries.guest import Guest
from eventapp.model import DoorConflict, DoorLog


def history_of(guest: Guest) -> Sequence[DoorLog]:
    """All that the doors did with this guest, as it happened, the newest first."""
    return db.session.scalars(
        select(DoorLog)
        .where(DoorLog.rsvp_id == guest.id)
        .order_by(DoorLog.happened_at.desc(), DoorLog.id.desc())
    ).all()


def open_conflicts(event: EventAtDoor) -> Sequence[DoorConflict]:
    """What no lead has looked at, in the order in which it happened, with the guests."""
    return db.session.scalars(
        select(DoorConflict)
        .join(DoorConflict.door_log)
        .where(DoorConflict.event_id == event.id, DoorConflict.settled_at.is_(None))
        .options(joinedload(DoorConflict.door_log).joinedload(DoorLog.rsvp))
        .order_by(DoorLog.happened_at, DoorLog.id)
    ).all()


class Admission(NamedTuple):
    at: datetime
    door: str


def admitted_twice(conflicts: Iterable[DoorConflict]) -> dict[int, tuple[Admission, Admission]]:
    """Of each guest who was admitted twice, when and where, the earlier first; by the conflict's
    id. The door log says it: the check-in knows the earliest admission alone.
    """
    twice = {one.id: one.door_log for one in conflicts if one.kind == "twice"}
    guests = {log.rsvp_id for log in twice.values()}
    logs = db.session.scalars(
        select(DoorLog)
        .where(DoorLog.rsvp_id.in_(guests), DoorLog.outcome.in_(("admitted", "undone")))
        .order_by(DoorLog.happened_at, DoorLog.id)
    ).all()
    return {id_: _in_order(log, _standing(log, logs)) for id_, log in twice.items()}


def _standing(conflict: DoorLog, logs: Sequence[DoorLog]) -> Admission | None:
    """The other admission: the first that nobody had undone when this one was heard."""
    standing = None
    for log in logs:
        if log.rsvp_id != conflict.rsvp_id or log.id >= conflict.id:
            continue
        if log.outcome == "undone":
            standing = None
        else:
            standing = standing or Admission(log.happened_at, log.door)
    return standing


def _in_order(log: DoorLog, other: Admission | None) -> tuple[Admission, Admission]:
    this = Admission(log.happened_at, log.door)
    if other is None and log.first_at and log.first_door:  # brought in from another tool's list
        other = Admission(log.first_at, log.first_door)
    earlier, later = sorted((this, other or this))
    return earlier, later


def count_open_conflicts(event: EventAtDoor) -> int:
    waiting = select(func.count()).where(
        DoorConflict.event_id == event.id, DoorConflict.settled_at.is_(None)
    )
    return db.session.scalar(waiting) or 0


def conflict_at(event: EventAtDoor, conflict_id: int) -> DoorConflict:
    """One of this event's conflicts. Raises NotFound."""
    found = db.session.scalar(
        select(DoorConflict).where(
            DoorConflict.id == conflict_id, DoorConflict.event_id == event.id
        )
    )
    if found is None:
        raise NotFound
    return found
