"""Take a check-in back: the record goes, the history stays."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_, select

from eventapp.core.db import execute
from eventapp.door.arrival import Arrival, arrival_of, write_arrival
from eventapp.door.check_in import deny
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import Guest, guest_at
from eventapp.door.log import Act, Verdict, count_people, write_log
from eventapp.model import CheckIn, CheckOut, DoorLog, DoorVerb, Outcome, Reason

UNDO_FOR = timedelta(minutes=1)  # anyone; a lead always


def undo(event: EventAtDoor, rsvp_id: int, act: Act) -> Verdict:
    """Take a check-in back: the record goes, the history stays.

    Who does not lead may within a minute; later it is `denied` as `undo_too_late`. Raises
    NotFound, RepeatedScan.
    """
    guest = guest_at(event, rsvp_id)
    if guest.arrived_at and not act.is_lead and not _was_just_admitted(guest, act):
        return deny(event, act, Reason.UNDO_TOO_LATE, guest)
    count_people(event, 0)  # holds the event's row
    if (came_in := arrival_of(guest.id)) is not None:
        _take_back(event, came_in, stands=_stands_by_later_acts(guest, act, came_in))
    verdict = Verdict(
        Outcome.UNDONE,
        act.scan_id,
        rsvp_id=guest.id,
        guest=guest.name,
        party=guest.party,
        holder=guest,
    )
    return write_log(event, DoorVerb.UNDO, act, verdict)


def _take_back(event: EventAtDoor, came_in: Arrival, *, stands: Arrival | None) -> None:
    """Have an arrival be what of it `stands`."""
    of_guest = CheckOut.check_in_id == came_in.id
    if stands:
        write_arrival(stands)
        has_left = execute(select(CheckOut.at).where(of_guest)).first() is not None
    else:
        has_left = execute(delete(CheckOut).where(of_guest)).rowcount == 1
        execute(delete(CheckIn).where(CheckIn.id == came_in.id))
    fewer = came_in.people - (stands.people if stands else 0)
    count_people(event, -fewer, left=-fewer if has_left else 0)


def _stands_by_later_acts(guest: Guest, act: Act, came_in: Arrival) -> Arrival | None:
    """The arrival by what happened after an act that a phone tells late: since when and by which
    door who of the party is in. None where nobody is.
    """
    later = (
        select(DoorLog.outcome, DoorLog.people, DoorLog.happened_at, DoorLog.door)
        .where(DoorLog.rsvp_id == guest.id, DoorLog.happened_at > act.happened_at)
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


def _was_just_admitted(guest: Guest, act: Act) -> bool:
    """By the doors' clocks, or by the server's: a phone may have been away in between. What such a
    phone let in may have been in `already` when the server heard of it.
    """
    admitted = or_(
        DoorLog.outcome == Outcome.ADMITTED, (DoorLog.outcome == Outcome.ALREADY) & DoorLog.offline
    )
    just = or_(
        DoorLog.happened_at.between(act.happened_at - UNDO_FOR, act.happened_at),
        DoorLog.heard_at >= act.heard_at - UNDO_FOR,
    )
    found = select(DoorLog.id).where(DoorLog.rsvp_id == guest.id, admitted, just).limit(1)
    return execute(found).first() is not None
