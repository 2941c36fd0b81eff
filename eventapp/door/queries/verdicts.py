"""A door's answers, and what an act was answered when it was heard first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select

from eventapp.core.db import db, execute, in_portions
from eventapp.door.queries.event import EventAtDoor
from eventapp.door.queries.guest import Guest
from eventapp.model import DoorLog, Rsvp

FINAL = ("unknown", "other_event", "not_in", "undo_too_late")  # a no that is nobody's to lift


@dataclass(frozen=True)
class Verdict:
    """A door's answer. `party` is how many people it is about; `first_at` (UTC) and `first_door`
    tell of the earliest admission known. The same scan id gets the same verdict for ever.
    `holder` is the guest as they were before it.
    """

    outcome: str
    scan_id: str
    reason: str | None = None
    rsvp_id: int | None = None
    guest: str | None = None
    party: int = 0
    first_at: datetime | None = None
    first_door: str | None = None
    holder: Guest | None = field(default=None, compare=False)

    @property
    def may_be_overruled(self) -> bool:
        """Whether this is a no over which a door lead may let in."""
        return self.outcome == "denied" and self.reason not in FINAL

    def as_told(self) -> dict[str, object]:
        """What a program is told of it."""
        return {
            "outcome": self.outcome,
            "reason": self.reason,
            "guest": self.guest,
            "party": self.party,
            "first_at": self.first_at.isoformat() if self.first_at else None,
            "first_door": self.first_door,
            "scan_id": self.scan_id,
        }


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


def verdict_of_scan(event: EventAtDoor, scan_id: str) -> Verdict:
    """What this very scan was answered when it was heard first."""
    row = execute(_HEARD, {"event_id": event.id, "scan_id": scan_id}).one()
    return Verdict(**row._mapping)


def scans_heard(event: EventAtDoor, scan_ids: Iterable[str]) -> set[str]:
    """Those of these scans that were heard before."""
    of_event = select(DoorLog.scan_id).where(DoorLog.event_id == event.id)
    return {
        scan_id
        for some in in_portions(scan_ids)
        for scan_id in db.session.scalars(of_event.where(DoorLog.scan_id.in_(some)))
    }
