"""Change the status of an RSVP, and its seats with it.

Nothing else writes an RSVP's `status`, `waitlisted_at`, `from_waitlist`, `asked_at` or
`companions`, nor what hosts decided about it, their removal included. The caller has locked the
seats of the event: see `seats`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from eventapp.core.db import db, execute
from eventapp.model import Event, Rsvp, Status
from eventapp.rsvp.actions.name_index import index_name
from eventapp.rsvp.actions.seats import free_seats, lock_rsvp, take_seats

SEATED = (Status.GOING, Status.WAITLISTED)  # with a seat, or a position in the line for one
WELCOME = (*SEATED, Status.MAYBE)  # of those whom hosts themselves put on the list


def columns_of_new(status: str, *, at: datetime) -> dict[str, Any]:
    """The columns of a new RSVP with this status. For `going`, its seats are taken already."""
    return {
        "status": status,
        "waitlisted_at": at if status == Status.WAITLISTED else None,
        "asked_at": at if status == Status.PENDING else None,
    }


def columns_of_brought(event: Event, status: str, *, at: datetime) -> dict[str, Any]:
    """The same of a guest whom the hosts put on the list themselves, and so approved."""
    is_welcome = event.needs_approval and status in WELCOME
    brought = {"asked_at": None, "approved_at": at if is_welcome else None}
    return {**columns_of_new(status, at=at), **brought}


def take_place(rsvp: Rsvp, *, over_capacity: bool = False) -> bool:
    """Give the whole party its seats, if so many are left, or it may go `over_capacity`, as one
    that is in the room may. Returns whether it has them. Idempotent.
    """
    if rsvp.holds_a_seat:
        return True
    if not take_seats(rsvp.event, rsvp.party, over_capacity=over_capacity):
        return False
    set_status(rsvp, Status.GOING)
    return True


def give_place(rsvp: Rsvp, *, at: datetime) -> None:
    """Give a party its seats against its status or the capacity: a door lead decided so."""
    lock_rsvp(rsvp)
    say_yes(rsvp, at=at)
    take_place(rsvp, over_capacity=True)
    db.session.flush()


def put(rsvp: Rsvp, status: str, *, at: datetime, over_capacity: bool = False) -> bool:
    """Give a guest the status that a host says: what it takes of a yes is said with it. Returns
    False, changing nothing, if they come and there is no room for the party, unless they may go
    `over_capacity`. Idempotent.
    """
    if status == rsvp.status:
        return True
    if status == Status.GOING and not (over_capacity or rsvp.event.has_room_for(rsvp.party)):
        return False
    if status in WELCOME:
        say_yes(rsvp, at=at)
    elif status == Status.PENDING:
        rsvp.approved_at = rsvp.declined_at = None
    if status == Status.GOING:
        return take_place(rsvp, over_capacity=over_capacity)
    set_status(rsvp, status, at=at)
    return True


MOST_FIRST = (
    Status.GOING,
    Status.WAITLISTED,
    Status.PENDING,
    Status.MAYBE,
    Status.NOT_GOING,
    Status.CANCELLED,
)


def join(rsvp: Rsvp, other: Rsvp, party: int) -> None:
    """Have one RSVP stand where the better of two stood, with a party of this size: with seats, or
    in the earlier position on the waitlist. The other is cancelled. The two hold no more seats
    than before as long as the party is not bigger than theirs together.
    """
    said = min((rsvp, other), key=lambda one: MOST_FIRST.index(Status(one.status)))
    status, asked_at = said.status, said.asked_at
    since = min(filter(None, (rsvp.waitlisted_at, other.waitlisted_at)), default=None)
    is_even = rsvp.status == other.status
    approved_at = said.approved_at or (other.approved_at if is_even else None)
    declined_at = (
        None if approved_at else said.declined_at or (other.declined_at if is_even else None)
    )
    set_status(other, Status.CANCELLED)
    set_status(rsvp, Status.CANCELLED)
    resize(rsvp, party)
    decide_again(rsvp, approved_at=approved_at, declined_at=None if approved_at else declined_at)
    if status == Status.GOING:
        take_place(rsvp, over_capacity=True)
    else:
        set_status(rsvp, status, at=since)
    rsvp.asked_at = asked_at


def take_off(rsvp: Rsvp, *, at: datetime) -> None:
    """Note that a host took the guest off the list, and free their seats. Whoever answers again is
    on it again.
    """
    set_status(rsvp, Status.CANCELLED)
    rsvp.removed_at = at


def decide_again(rsvp: Rsvp, *, approved_at: datetime | None, declined_at: datetime | None) -> None:
    """Have what hosts decided be what it was before."""
    rsvp.approved_at, rsvp.declined_at = approved_at, declined_at


def wait(rsvp: Rsvp, *, at: datetime) -> None:
    """Join the waitlist. Idempotent: who is on it keeps their position."""
    set_status(rsvp, Status.WAITLISTED, at=at)


def take_place_or_wait(rsvp: Rsvp, *, at: datetime) -> None:
    """Give the whole party its seats, or let it join the waitlist. Who needs a host's yes waits for
    that first.
    """
    if rsvp.needs_a_yes:
        ask(rsvp, at=at)
    elif not take_place(rsvp):
        wait(rsvp, at=at)


def ask(rsvp: Rsvp, *, at: datetime) -> None:
    """Have the guest wait for a host's yes. `guests/request_mails.py` tells the organisers."""
    set_status(rsvp, Status.PENDING)
    rsvp.asked_at = at


def note_requests_told(event: Event) -> bool:
    """Note that the organisers were told of all who ask to come. Returns whether any were new."""
    untold = update(Rsvp).where(Rsvp.event_id == event.id, Rsvp.asked_at.is_not(None))
    return bool(execute(untold.values(asked_at=None)).rowcount)


def say_yes(rsvp: Rsvp, *, at: datetime) -> None:
    """Note that a host lets the guest come, if that was to be decided. Takes no seats."""
    if rsvp.needs_a_yes or rsvp.status == Status.PENDING:
        rsvp.approved_at, rsvp.declined_at = at, None


def say_yes_to_seated(event: Event, *, at: datetime) -> None:
    """Note that whoever has a place or waits for one may come."""
    seated = Rsvp.event_id == event.id, Rsvp.status.in_(SEATED), Rsvp.approved_at.is_(None)
    db.session.execute(update(Rsvp).where(*seated).values(approved_at=at, declined_at=None))


def forget_decision(rsvp: Rsvp, *, at: datetime) -> None:
    """Let hosts decide anew, and free the seats: what they decided was about somebody else. Who was
    declined asks again.
    """
    was_declined = rsvp.declined_at is not None
    rsvp.approved_at = rsvp.declined_at = None
    if was_declined and rsvp.status == Status.NOT_GOING:
        take_place_or_wait(rsvp, at=at)
    elif rsvp.needs_a_yes and rsvp.status in SEATED:
        ask(rsvp, at=at)


def withdraw(rsvp: Rsvp, *, at: datetime) -> None:
    """Note that the guest cancelled, and free their seats."""
    set_status(rsvp, Status.CANCELLED)
    rsvp.changed_at = at


def refuse(rsvp: Rsvp, *, at: datetime) -> None:
    """Note that a host declined the guest."""
    rsvp.approved_at, rsvp.declined_at = None, at
    set_status(rsvp, Status.NOT_GOING)


def take_back_no(rsvp: Rsvp) -> None:
    """Let a declined guest wait for a yes again, unless they have cancelled."""
    rsvp.declined_at = None
    if rsvp.status == Status.NOT_GOING:
        set_status(rsvp, Status.PENDING)


def set_status(rsvp: Rsvp, status: str, *, at: datetime | None = None) -> None:
    """Set a status without taking seats; those held before are freed. `at` is the time from which
    a `waitlisted` party waits.
    """
    if rsvp.holds_a_seat and status != Status.GOING:
        free_seats(rsvp.event, rsvp.party)
    rsvp.from_waitlist = (rsvp.status, status) == (Status.WAITLISTED, Status.GOING)
    rsvp.status, rsvp.asked_at = status, None
    if status != Status.CANCELLED and rsvp.removed_at:
        rsvp.removed_at = None
        index_name(rsvp)  # see `keep_own_answer`
    rsvp.waitlisted_at = (rsvp.waitlisted_at or at) if status == Status.WAITLISTED else None


def resize(rsvp: Rsvp, party: int, *, over_capacity: bool = False) -> bool:
    """Change the size of the party; whom of more people the hosts knew by name is not known then.
    Returns False, changing nothing, if it holds seats and needs more than are left, unless it
    may go `over_capacity`.
    """
    more = party - rsvp.party if rsvp.holds_a_seat else 0
    if more > 0 and not take_seats(rsvp.event, more, over_capacity=over_capacity):
        return False
    if more < 0:
        free_seats(rsvp.event, -more)
    rsvp.companions = party - 1
    if len(rsvp.companion_names) > rsvp.companions:
        rsvp.companion_names = []
    return True
