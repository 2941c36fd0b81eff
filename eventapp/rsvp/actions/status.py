"""The status of an RSVP: who takes a place, waits, withdraws. Its seats change along with it.

Nothing else writes an RSVP's `status`, `waitlisted_at` or `companions`. The caller holds the seats
of the event: see `seats`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eventapp.core.db import db
from eventapp.model import Rsvp, Status
from eventapp.rsvp.actions.seats import free_seats, lock_rsvp, take_seats


def columns_of_new(status: str, *, at: datetime) -> dict[str, Any]:
    """The columns of a new RSVP that have this status. A `going` has its seats already."""
    return {"status": status, "waitlisted_at": at if status == Status.WAITLISTED else None}


def take_place(rsvp: Rsvp, *, is_in: bool = False) -> bool:
    """Give the whole party its seats, if so many are left; who `is_in` the room has them, fit or
    not. Returns whether they have them. Idempotent.
    """
    if rsvp.holds_a_seat:
        return True
    if not take_seats(rsvp.event, rsvp.party, is_in=is_in):
        return False
    set_status(rsvp, Status.GOING)
    return True


def give_place(rsvp: Rsvp) -> None:
    """Let somebody come whom the list had said no to, fit or not: a lead at the door decided."""
    lock_rsvp(rsvp)
    take_place(rsvp, is_in=True)
    db.session.flush()


def wait(rsvp: Rsvp, *, at: datetime) -> None:
    """Queue for seats. Who waits already keeps their turn."""
    set_status(rsvp, Status.WAITLISTED, at=at)


def take_place_or_wait(rsvp: Rsvp, *, at: datetime) -> None:
    if not take_place(rsvp):
        wait(rsvp, at=at)


def withdraw(rsvp: Rsvp, *, at: datetime) -> None:
    """Note that the guest cancelled, and give their seats back."""
    set_status(rsvp, Status.CANCELLED)
    rsvp.changed_at = at


def refuse(rsvp: Rsvp) -> None:
    """Note that the organisers said no."""
    set_status(rsvp, Status.NOT_GOING)


def set_status(rsvp: Rsvp, status: str, *, at: datetime | None = None) -> None:
    """Give the RSVP the status that a list says. Seats that it held before are free; `at` is
    since when a `waitlisted` waits.
    """
    if rsvp.holds_a_seat and status != Status.GOING:
        free_seats(rsvp.event, rsvp.party)
    rsvp.status = status
    rsvp.waitlisted_at = (rsvp.waitlisted_at or at) if status == Status.WAITLISTED else None


def resize(rsvp: Rsvp, party: int, *, is_in: bool = False) -> bool:
    """Change how many come. Returns False, and nothing changes, where somebody with a place wants
    more seats than are left and is not in the room.
    """
    more = party - rsvp.party if rsvp.holds_a_seat else 0
    if more > 0 and not take_seats(rsvp.event, more, is_in=is_in):
        return False
    if more < 0:
        free_seats(rsvp.event, -more)
    rsvp.companions = party - 1
    return True
