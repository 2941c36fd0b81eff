"""The results of scans that the server has received before."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from eventapp.core.db import db, execute, in_portions
from eventapp.door.event import EventAtDoor
from eventapp.door.log import ScanResult
from eventapp.model import DoorLog, Rsvp

_HEARD = (
    select(
        DoorLog.outcome,
        DoorLog.scan_id,
        DoorLog.reason,
        DoorLog.rsvp_id,
        Rsvp.name.label("guest"),
        DoorLog.people.label("party"),
        DoorLog.first_at,
        DoorLog.first_door,
    )
    .outerjoin(Rsvp, Rsvp.id == DoorLog.rsvp_id)
    .where(DoorLog.event_id == bindparam("event_id"), DoorLog.scan_id == bindparam("scan_id"))
)


def was_heard(event: EventAtDoor, scan_id: str) -> bool:
    return bool(scans_heard(event, [scan_id]))


def result_of_scan(event: EventAtDoor, scan_id: str) -> ScanResult:
    """The result that this scan got the first time."""
    row = execute(_HEARD, {"event_id": event.id, "scan_id": scan_id}).one()
    return ScanResult(**row._mapping)


def scans_heard(event: EventAtDoor, scan_ids: Iterable[str]) -> set[str]:
    """Those of these scan ids that the server has received before."""
    of_event = select(DoorLog.scan_id).where(DoorLog.event_id == event.id)
    return {
        scan_id
        for some in in_portions(scan_ids)
        for scan_id in db.session.scalars(of_event.where(DoorLog.scan_id.in_(some)))
    }
