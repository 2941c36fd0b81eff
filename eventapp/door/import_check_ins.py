"""Imports check-ins from the list of another tool, and takes them back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from sqlalchemy import update

from eventapp.core.db import db
from eventapp.door.check_in import check_in
from eventapp.door.event import event_at_door
from eventapp.door.heard import scans_heard
from eventapp.door.log import IMPORT, DoorAction
from eventapp.door.undo import undo
from eventapp.model import DoorLog, Event, Outcome

_ARRIVALS = UUID("6d2b6ad3-9a0b-4c43-8c0e-6f2f3f0f7a51")


def import_check_ins(event: Event, arrivals: Mapping[int, datetime], *, at: datetime) -> set[int]:
    """Record that guests came in. `arrivals` are instants in UTC by the id of the RSVP.

    They already happened, so they are recorded whatever the rules say, as an offline phone's are.
    Idempotent, also after an undo at a door. Returns the ids of the RSVPs that this checked in.
    """
    door = event_at_door(event.slug)
    scan_ids = {rsvp_id: _scan_id(event, rsvp_id) for rsvp_id in arrivals}
    heard = scans_heard(door, scan_ids.values())
    let_in = set()
    for rsvp_id, happened_at in arrivals.items():
        if scan_ids[rsvp_id] in heard:
            continue
        action = DoorAction(
            scan_id=scan_ids[rsvp_id],
            door="Import",
            by=IMPORT,
            happened_at=happened_at,
            heard_at=at,
            offline=True,
        )
        if check_in(door, rsvp_id, action).outcome == Outcome.ADMITTED:
            let_in.add(rsvp_id)
    db.session.expire(event, ["admitted", "door_revision"])
    return let_in


def take_back_check_in(event: Event, rsvp_id: int, *, at: datetime) -> None:
    """Undo what this recorded. A list that says it again is heard again."""
    action = DoorAction(str(uuid4()), "Import", IMPORT, at, at, is_lead=True)
    undo(event_at_door(event.slug), rsvp_id, action)
    told = DoorLog.event_id == event.id, DoorLog.scan_id == _scan_id(event, rsvp_id)
    db.session.execute(update(DoorLog).where(*told).values(scan_id=str(uuid4())))
    db.session.expire(event, ["admitted", "door_revision"])


def _scan_id(event: Event, rsvp_id: int) -> str:
    return str(uuid5(_ARRIVALS, f"{event.id}:{rsvp_id}"))
