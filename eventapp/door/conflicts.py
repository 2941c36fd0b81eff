"""Offline admissions that broke the rules: a lead looks at each and ticks it off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import Response, url_for
from sqlalchemy import select
from werkzeug.exceptions import Forbidden

from eventapp.core import clock, htmx
from eventapp.core.db import db, found, lock, transaction
from eventapp.door.access import DoorKeeper, at_door
from eventapp.door.blueprint import bp
from eventapp.door.event import EventAtDoor
from eventapp.door.log import count_people
from eventapp.door.unsettled import open_conflicts
from eventapp.model import DoorConflict, DoorLog, Outcome, Reason


class Admission(NamedTuple):
    at: datetime
    door: str


def admitted_twice(conflicts: Iterable[DoorConflict]) -> dict[int, tuple[Admission, Admission]]:
    """Both admissions of each guest who was admitted twice, the earlier first, by the conflict's
    id. Read from the door log, since the check-in keeps only the earliest.
    """
    twice = {one.id: one.door_log for one in conflicts if one.kind == Reason.TWICE}
    guests = {log.rsvp_id for log in twice.values()}
    logs = db.session.scalars(
        select(DoorLog)
        .where(DoorLog.rsvp_id.in_(guests), DoorLog.outcome.in_((Outcome.ADMITTED, Outcome.UNDONE)))
        .order_by(DoorLog.happened_at, DoorLog.id)
    ).all()
    return {id_: _in_order(log, _standing(log, logs)) for id_, log in twice.items()}


def _standing(conflict: DoorLog, logs: Sequence[DoorLog]) -> Admission | None:
    """The other admission: the first not yet undone when the server heard of this conflict."""
    standing = None
    for log in logs:
        if log.rsvp_id != conflict.rsvp_id or log.id >= conflict.id:
            continue
        if log.outcome == Outcome.UNDONE:
            standing = None
        else:
            standing = standing or Admission(log.happened_at, log.door)
    return standing


def _in_order(log: DoorLog, other: Admission | None) -> tuple[Admission, Admission]:
    this = Admission(log.happened_at, log.door)
    if other is None and log.first_at and log.first_door:  # imported from another tool's list
        other = Admission(log.first_at, log.first_door)
    earlier, later = sorted((this, other or this))
    return earlier, later


def conflict_at(event: EventAtDoor, conflict_id: int) -> DoorConflict:
    """One of this event's conflicts. Raises NotFound."""
    return found(
        select(DoorConflict).where(
            DoorConflict.id == conflict_id, DoorConflict.event_id == event.id
        )
    )


def settle_conflict(event: EventAtDoor, conflict: DoorConflict, *, by: str, at: datetime) -> None:
    """Tick a conflict off. Idempotent: the first to settle it stays on record."""
    count_people(event, 0)  # moves the revision, so that leads' screens count conflicts again
    lock(conflict)
    if conflict.settled_at is None:
        conflict.settled_at, conflict.settled_by = at, by


def lead_at(slug: str) -> DoorKeeper:
    """The door keeper who is asking, if a lead. Raises Forbidden, and whatever `at_door` raises."""
    keeper = at_door(slug)
    if not keeper.is_lead:
        raise Forbidden
    return keeper


def _conflicts_of(keeper: DoorKeeper) -> dict[str, Any]:
    found = open_conflicts(keeper.event)
    return {"conflicts": found, "twice": admitted_twice(found)}


@bp.get("/e/<slug>/door/conflicts")
def conflicts(slug: str) -> Response:
    keeper = lead_at(slug)
    return htmx.show(
        "door/conflicts.html",
        fragment="door/_conflicts.html",
        keeper=keeper,
        event=keeper.event,
        **_conflicts_of(keeper),
    )


@bp.post("/e/<slug>/door/conflicts/<int:conflict_id>/settle")
def settle(slug: str, conflict_id: int) -> Response:
    keeper = lead_at(slug)
    conflict = conflict_at(keeper.event, conflict_id)
    with transaction():
        settle_conflict(keeper.event, conflict, by=keeper.by, at=clock.now())
    return htmx.done(
        go_to=url_for("door.conflicts", slug=slug),
        fragment="door/_conflicts.html",
        event=keeper.event,
        **_conflicts_of(keeper),
    )
