"""A party comes in: its check-in, written once, and as it stands for who holds the event's row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, select, true, update

from eventapp.core.db import execute
from eventapp.core.insert import insert_after, insert_where, values_after, writes_together
from eventapp.door.actions.act import (
    COUNT,
    Act,
    RepeatedScan,
    count_outcome,
    count_people,
    keep_count,
    log_line,
    write_log,
)
from eventapp.door.queries import EventAtDoor, Verdict
from eventapp.model import CheckIn, DoorLog, Rsvp


def arrive(
    event: EventAtDoor,
    verb: str,
    act: Act,
    verdict: Verdict,
    *,
    status: str,
    conflict: str | None = None,
) -> bool:
    """Count the verdict's party, record that it is in, and log it. False, and nothing written but
    that the event's row is held, where it is in already or its `status` is another one by now.
    Raises RepeatedScan.

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
    values = {**values_after(CheckIn, check_in), "status": status}
    if writes_together() and not conflict:
        line = log_line(event, verb, act, verdict)
        came_in = _arrive_at_once(event, verdict, {**values, **values_after(DoorLog, line)})
        if came_in:
            count_outcome(event, verdict)
    else:
        count_people(event, verdict.party)
        came_in = insert_where(CheckIn, values, Rsvp, *_AS_SEEN)
        if came_in:
            write_log(event, verb, act, verdict, conflict=conflict)
    if not came_in:
        count_people(event, -verdict.party)
    return came_in


_AS_SEEN = (Rsvp.id == bindparam("check_in_rsvp_id"), Rsvp.status == bindparam("status"))

# The same in one statement: on PostgreSQL each is a trip to the server and back, and two less make
# a scan an eighth cheaper (`make bench`). It sees the database as it was when it began, so that it
# has to hold the RSVP to know its status: who cancels holds the event's row, for which this may
# have waited.
_counted = COUNT.cte("counted")
_as_seen = (
    select(Rsvp.id)
    .join(_counted, true())
    .where(*_AS_SEEN)
    .with_for_update(read=True, of=Rsvp)
    .cte("as_seen")
)
_came_in = insert_after(_as_seen, CheckIn)
_logged = insert_after(_came_in, DoorLog)
_AT_ONCE = select(*_counted.c, exists().select_from(_came_in), exists().select_from(_logged))


def _arrive_at_once(event: EventAtDoor, verdict: Verdict, values: Mapping[str, Any]) -> bool:
    count = {"event_id": event.id, "people": verdict.party, "more_left": 0}
    written: Sequence[Any] = execute(_AT_ONCE, {**count, **values}).one()
    *counted, came_in, logged = written
    keep_count(event, counted)
    if came_in and not logged:
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
