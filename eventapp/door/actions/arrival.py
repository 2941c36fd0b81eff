"""A party comes in: its check-in, written once, and as it stands for who holds the event's row."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from eventapp.core.db import execute
from eventapp.core.insert import insert_where
from eventapp.door.actions.act import Act, count_people, write_log
from eventapp.door.queries import EventAtDoor, Verdict
from eventapp.model import CheckIn, Rsvp


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
    count_people(event, verdict.party)
    if not insert_where(CheckIn, check_in, Rsvp, _AS_SEEN, {"seen_status": status}):
        count_people(event, -verdict.party)
        return False
    write_log(event, verb, act, verdict, conflict=conflict)
    return True


_AS_SEEN = (Rsvp.id == bindparam("rsvp_id")) & (Rsvp.status == bindparam("seen_status"))


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
