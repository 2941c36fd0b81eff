"""Change the status of an RSVP, and its seats with it.

Nothing else writes an RSVP's `status`, `waitlisted_at` or `companions`. The caller has locked the
seats of the event: see `seats`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eventapp.core.db import db
from eventapp.model import Rsvp, Status
from eventapp.rsvp.actions.seats import free_seats, lock_rsvp, take_seats


def columns_of_new(status: str, *, at: datetime) -> dict[str, Any]:
    """The columns of a new RSVP with this status. For `going`, its seats are taken already."""
    return {"status": status, "waitlisted_at": at if status == Status.WAITLISTED else None}


def take_place(rsvp: Rsvp, *, is_in: bool = False) -> bool:
    """Give the whole party its seats, if so many are left; a party that `is_in` the room gets them
    in any case. Returns whether it has them. Idempotent.
    """
    if rsvp.holds_a_seat:
        return True
    if not take_seats(rsvp.event, rsvp.party, is_in=is_in):
        return False
    set_status(rsvp, Status.GOING)
    return True


def give_place(rsvp: Rsvp) -> None:
    """Give a party its seats against its status or the capacity: a door lead decided so."""
    lock_rsvp(rsvp)
    take_place(rsvp, is_in=True)
    db.session.flush()


def wait(rsvp: Rsvp, *, at: datetime) -> None:
    """Join the waitlist. Idempotent: who is on it keeps their position."""
    set_status(rsvp, Status.WAITLISTED, at=at)


def take_place_or_wait(rsvp: Rsvp, *, at: datetime) -> None:
    if not take_place(rsvp):
        wait(rsvp, at=at)


def withdraw(rsvp: Rsvp, *, at: datetime) -> None:
    """Note that the guest cancelled, and free their seats."""
    set_status(rsvp, Status.CANCELLED)
    rsvp.changed_at = at


def refuse(rsvp: Rsvp) -> None:
    """Note that the organisers declined the guest."""
    set_status(rsvp, Status.NOT_GOING)


def set_status(rsvp: Rsvp, status: str, *, at: datetime | None = None) -> None:
    """Set a status without taking seats; those held before are freed. `at` is the time from which
    a `waitlisted` party waits.
    """
    if rsvp.holds_a_seat and status != Status.GOING:
        free_seats(rsvp.event, rsvp.party)
    rsvp.status = status
    rsvp.waitlisted_at = (rsvp.waitlisted_at or at) if status == Status.WAITLISTED else None


def resize(rsvp: Rsvp, party: int, *, is_in: bool = False) -> bool:
    """Change the size of the party. Returns False, changing nothing, if it holds seats and needs
    more than are left, unless it `is_in` the room.
    """
    more = party - rsvp.party if rsvp.holds_a_seat else 0
    if more > 0 and not take_seats(rsvp.event, more, is_in=is_in):
        return False
    if more < 0:
        free_seats(rsvp.event, -more)
    rsvp.companions = party - 1
    return True
