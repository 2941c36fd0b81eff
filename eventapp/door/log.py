"""One action at a door: its result, the headcount, and its line in the door log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from prometheus_client import Counter
from sqlalchemy import bindparam, select, update

from eventapp.core import metrics
from eventapp.core.db import execute
from eventapp.core.insert import insert_once
from eventapp.door.event import EventAtDoor
from eventapp.model import DoorConflict, DoorLog, Event, Outcome, Reason

if TYPE_CHECKING:
    from eventapp.door.guests import Guest

outcomes = Counter(
    "eventapp_door_outcomes",
    "What doors, kiosks and posters answered; not at rehearsals.",
    ("outcome", "reason"),
    registry=metrics.COUNTED,
)
IMPORT = "import"  # `by` of a check-in from the list of another tool
# Reasons that not even a lead can overrule.
FINAL = (Reason.UNKNOWN, Reason.OTHER_EVENT, Reason.NOT_IN, Reason.UNDO_TOO_LATE)


@dataclass(frozen=True)
class DoorAction:
    """An action at a door, as a phone sends it. `phone_at` is when it happened by the phone's
    clock, `happened_at` the same corrected, `heard_at` when the server received it by its own
    clock. An action made `offline` is a fact: it is recorded even if the rules would have denied
    it. (If an offline phone turned somebody away, nothing happened: that is not `offline`.)

    `people` is how many of a party come in (None: all who are missing). A lead who gives an
    `over_reason` overrules a denial.
    """

    scan_id: str
    door: str
    by: str
    happened_at: datetime
    heard_at: datetime
    offline: bool = False
    phone_at: datetime | None = None
    people: int | None = None
    is_lead: bool = False
    over_reason: str = ""

    @property
    def overrules(self) -> bool:
        return self.offline or (self.is_lead and bool(self.over_reason))

    @property
    def let_in_offline(self) -> bool:
        """Whether an offline phone let somebody in by this; an import is not one."""
        return self.offline and self.by != IMPORT


@dataclass(frozen=True)
class ScanResult:
    """A door's answer to an action. `party` is how many people it is about; `first_at` (UTC) and
    `first_door` are of the earliest admission known. The same scan id always gets the same result.
    `holder` is the guest as they were before the action. Those who may be the walk-in: `listed` who
    have not come, `arrived` who have.
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
    listed: Sequence[Guest] = field(default=(), compare=False)
    arrived: Sequence[Guest] = field(default=(), compare=False)

    @property
    def of_that_name(self) -> Sequence[Guest]:
        """All who may be the walk-in, whoever is to come in first."""
        return [*self.listed, *self.arrived]

    @property
    def may_be_overruled(self) -> bool:
        """Whether this is a denial that a door lead may overrule."""
        return self.outcome == Outcome.DENIED and self.reason not in FINAL

    def as_told(self) -> dict[str, object]:
        """The result as JSON."""
        return {
            "outcome": self.outcome,
            "reason": self.reason,
            "guest": self.guest,
            "party": self.party,
            "first_at": self.first_at.isoformat() if self.first_at else None,
            "first_door": self.first_door,
            "scan_id": self.scan_id,
            "listed": [_as_told(one) for one in self.listed],
            "arrived": [
                _as_told(one) | {"first_at": one.arrived_at and one.arrived_at.isoformat()}
                for one in self.arrived
            ],
        }


def _as_told(guest: Guest) -> dict[str, object]:
    return {"id": guest.id, "name": guest.name, "party": guest.party}


class RepeatedScan(Exception):
    """The server has received this scan before. Roll back, and answer with `result_of_scan`."""


def write_log(
    event: EventAtDoor,
    verb: str,
    action: DoorAction,
    result: ScanResult,
    *,
    conflict: str | None = None,
) -> ScanResult:
    """Append the action and its result to the door log. If an offline phone let somebody in against
    a rule, adds that `conflict` for a lead to settle. Raises RepeatedScan.
    """
    if conflict and action.let_in_offline:
        count_people(event, 0)  # moves the revision, so that leads' screens count conflicts again
    line = {name: getattr(action, name) for name in _OF_ACTION}
    line |= {name: getattr(result, name) for name in _OF_RESULT}
    line |= {"event_id": event.id, "verb": verb, "people": result.party}
    line["over_reason"] = action.over_reason or None
    if not insert_once(DoorLog, line):
        raise RepeatedScan
    if not event.is_rehearsal:
        metrics.count_once_committed(outcomes, result.outcome, result.reason or "")
    if conflict and action.let_in_offline:
        _add_conflict(event, action, conflict)
    return result


# Columns of the log that have the same name in DoorAction and in ScanResult.
_OF_ACTION = ("scan_id", "door", "by", "offline", "phone_at", "happened_at", "heard_at")
_OF_RESULT = ("rsvp_id", "outcome", "reason", "first_at", "first_door")


def _add_conflict(event: EventAtDoor, action: DoorAction, kind: str) -> None:
    of_scan = select(DoorLog.id).filter_by(event_id=event.id, scan_id=action.scan_id)
    line = execute(of_scan).scalar_one()
    insert_once(DoorConflict, {"event_id": event.id, "door_log_id": line, "kind": kind})


_COUNT = (
    update(Event)
    .where(Event.id == bindparam("event_id"))
    .values(
        admitted=Event.admitted + bindparam("people"),
        people_left=Event.people_left + bindparam("more_left"),
        door_revision=Event.door_revision + 1,
    )
    .returning(Event.admitted, Event.people_left, Event.seats_taken, Event.door_revision)
)


def count_people(event: EventAtDoor, people: int, *, left: int = 0) -> None:
    """Change the headcount by `people` who came in and `left` who left, and lock the event's row
    until the end of the transaction. Moves `door_revision`, so that every screen updates itself.
    """
    values = {"event_id": event.id, "people": people, "more_left": left}
    counted: Sequence[Any] = execute(_COUNT, values).one()
    event.admitted, event.people_left, event.seats_taken, event.door_revision = counted
