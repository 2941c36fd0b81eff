"""Undo a check-in: deletes the record, keeps the history."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_, select

from eventapp.core.db import execute
from eventapp.door.arrival import Arrival, arrival_of, write_arrival
from eventapp.door.check_in import deny
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import Guest, guest_at
from eventapp.door.log import DoorAction, ScanResult, count_people, write_log
from eventapp.model import CheckIn, CheckOut, DoorLog, DoorVerb, Outcome, Reason

UNDO_FOR = timedelta(minutes=1)  # for helpers; leads have no limit


def undo(event: EventAtDoor, rsvp_id: int, action: DoorAction) -> ScanResult:
    """Undo a check-in: delete its record, keep its lines in the door log. Idempotent.

    Helpers may undo within a minute; later it is `denied` as `undo_too_late`. Leads always may.
    Raises NotFound, RepeatedScan.
    """
    guest = guest_at(event, rsvp_id)
    if guest.arrived_at and not action.is_lead and not _was_just_admitted(guest, action):
        return deny(event, action, Reason.UNDO_TOO_LATE, guest)
    count_people(event, 0)  # locks the event's row
    if (came_in := arrival_of(guest.id)) is not None:
        _take_back(event, came_in, stands=_after_later_actions(guest, action, came_in))
    result = ScanResult(
        Outcome.UNDONE,
        action.scan_id,
        rsvp_id=guest.id,
        guest=guest.name,
        party=guest.party,
        holder=guest,
    )
    return write_log(event, DoorVerb.UNDO, action, result)


def _take_back(event: EventAtDoor, came_in: Arrival, *, stands: Arrival | None) -> None:
    """Reduce an arrival to the part that `stands`; delete it if there is none."""
    of_guest = CheckOut.check_in_id == came_in.id
    if stands:
        write_arrival(stands)
        has_left = execute(select(CheckOut.at).where(of_guest)).first() is not None
    else:
        has_left = execute(delete(CheckOut).where(of_guest)).rowcount == 1
        execute(delete(CheckIn).where(CheckIn.id == came_in.id))
    fewer = came_in.people - (stands.people if stands else 0)
    count_people(event, -fewer, left=-fewer if has_left else 0)


def _after_later_actions(guest: Guest, action: DoorAction, came_in: Arrival) -> Arrival | None:
    """The arrival that follows from the logged actions later than this one, which may be sent late:
    how many of the party are in, since when and by which door. None if nobody is.
    """
    later = (
        select(DoorLog.outcome, DoorLog.people, DoorLog.happened_at, DoorLog.door)
        .where(DoorLog.rsvp_id == guest.id, DoorLog.happened_at > action.happened_at)
        .order_by(DoorLog.happened_at, DoorLog.id)
    )
    stands = None
    for log in execute(later):
        if log.outcome == Outcome.UNDONE:
            stands = None
        elif log.outcome in (Outcome.ADMITTED, Outcome.ALREADY):
            since = stands or came_in._replace(people=0, at=log.happened_at, door=log.door)
            more = since.people + log.people if log.outcome == Outcome.ADMITTED else log.people
            stands = since._replace(people=min(more, came_in.people))
    return stands


def _was_just_admitted(guest: Guest, action: DoorAction) -> bool:
    """Whether the guest was admitted within UNDO_FOR, by the doors' clocks or by the server's: a
    phone may have been offline in between. An offline admission may be logged as `already`, if
    the guest was in when the server heard of it.
    """
    admitted = or_(
        DoorLog.outcome == Outcome.ADMITTED, (DoorLog.outcome == Outcome.ALREADY) & DoorLog.offline
    )
    just = or_(
        DoorLog.happened_at.between(action.happened_at - UNDO_FOR, action.happened_at),
        DoorLog.heard_at >= action.heard_at - UNDO_FOR,
    )
    found = select(DoorLog.id).where(DoorLog.rsvp_id == guest.id, admitted, just).limit(1)
    return execute(found).first() is not None
