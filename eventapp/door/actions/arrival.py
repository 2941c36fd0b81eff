"""A party comes in: its check-in, written once, and as it stands for who holds the event's row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, select, update

from eventapp.core.db import execute, insert_after, insert_once, values_after, writes_together
from eventapp.door.actions.act import (
    COUNT,
    Act,
    RepeatedScan,
    count_people,
    keep_count,
    log_line,
    write_log,
)
from eventapp.door.queries import EventAtDoor, Verdict
from eventapp.model import CheckIn, DoorLog


def arrive(
    event: EventAtDoor, verb: str, act: Act, verdict: Verdict, *, conflict: str | None = None
) -> bool:
    """Count the verdict's party, record that it is in, and log it. False, and nothing written,
    where it is in already. Raises RepeatedScan.

    Counted first: like an undo it holds the event's row before the guest's, or two doors would
    wait for each other.
    """
    check_in = {
        "event_id": event.id,
        "rsvp_id": verdict.rsvp_id,
        "people": verdict.party,
        "at": act.happened_at,
        "door": act.door,
        "by": act.by,
    }
    if writes_together() and not conflict:
        return _arrive_at_once(event, check_in, log_line(event, verb, act, verdict))
    count_people(event, verdict.party)
    if not insert_once(CheckIn, check_in):
        count_people(event, -verdict.party)
        return False
    write_log(event, verb, act, verdict, conflict=conflict)
    return True


# The same in one statement: on PostgreSQL each is a trip to the server and back, and what is asked
# most at a door would make seven of them. `make bench` sets it beside an application with four.
_counted = COUNT.cte("counted")
_came_in = insert_after(_counted, CheckIn)
_logged = insert_after(_came_in, DoorLog)
_AT_ONCE = select(*_counted.c, exists().select_from(_came_in), exists().select_from(_logged))


def _arrive_at_once(
    event: EventAtDoor, check_in: Mapping[str, Any], line: Mapping[str, Any]
) -> bool:
    count = {"event_id": event.id, "people": check_in["people"], "more_left": 0}
    written: Sequence[Any] = execute(
        _AT_ONCE, {**count, **values_after(CheckIn, check_in), **values_after(DoorLog, line)}
    ).one()
    *counted, came_in, logged = written
    keep_count(event, counted)
    if not came_in:
        count_people(event, -check_in["people"])
    elif not logged:
        raise RepeatedScan
    return bool(came_in)


class Arrival(NamedTuple):
    """How many of a party are in, or were until they left; since when, and by which door."""

    id: int
    people: int
    at: datetime
    door: str


_OF_GUEST = select(CheckIn.id, CheckIn.people, CheckIn.at, CheckIn.door).where(
    CheckIn.rsvp_id == bindparam("rsvp_id")
)


def arrival_of(rsvp_id: int) -> Arrival | None:
    row = execute(_OF_GUEST, {"rsvp_id": rsvp_id}).one_or_none()
    return Arrival._make(row) if row else None


def write_arrival(arrival: Arrival) -> None:
    of_guest = update(CheckIn).where(CheckIn.id == arrival.id)
    execute(of_guest.values(people=arrival.people, at=arrival.at, door=arrival.door))
