"""One act at a door, and the line that it leaves in the door log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, update

from eventapp.core.db import execute, insert_once
from eventapp.door.queries import EventAtDoor, Verdict
from eventapp.model import DoorLog, Event


@dataclass(frozen=True)
class Act:
    """What a phone tells of an act. `happened_at` is by the phone's clock, corrected;
    `heard_at` by the server's. An act made `offline` is a fact: it is recorded even where
    the rules would have said no.
    """

    scan_id: str
    door: str
    by: str
    happened_at: datetime
    heard_at: datetime
    offline: bool = False


class RepeatedScan(Exception):
    """This scan was heard before. Roll back, and answer with `queries.verdict_of_scan`."""


def write_log(event: EventAtDoor, verb: str, act: Act, verdict: Verdict) -> Verdict:
    """Append the act and its verdict to the door log. Raises RepeatedScan."""
    written = insert_once(
        DoorLog,
        {
            "event_id": event.id,
            "scan_id": act.scan_id,
            "rsvp_id": verdict.rsvp_id,
            "verb": verb,
            "outcome": verdict.outcome,
            "reason": verdict.reason,
            "people": verdict.party,
            "first_at": verdict.first_at,
            "first_door": verdict.first_door,
            "door": act.door,
            "by": act.by,
            "offline": act.offline,
            "happened_at": act.happened_at,
            "heard_at": act.heard_at,
        },
    )
    if written is None:
        raise RepeatedScan
    return verdict


_COUNT = (
    update(Event)
    .where(Event.id == bindparam("event_id"))
    .values(admitted=Event.admitted + bindparam("people"), door_revision=Event.door_revision + 1)
    .returning(Event.admitted, Event.seats_taken, Event.door_revision)
)


def count_people(event: EventAtDoor, people: int) -> None:
    """Move the headcount, for every door's screen."""
    counted: Sequence[int] = execute(_COUNT, {"event_id": event.id, "people": people}).one()
    event.admitted, event.seats_taken, event.door_revision = counted
