"""How many of a party are in. Current as long as the caller holds the lock on the event's row."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from eventapp.core.db import execute
from eventapp.model import CheckIn


class Arrival(NamedTuple):
    """How many of a party came in (some may have left since), when, and by which door."""

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
