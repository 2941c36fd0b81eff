"""Organisers approve or decline guests who wait for approval, one by one or all; and have an event
ask for it, or no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import digest
from eventapp.model import Event, Rsvp, Source, Status
from eventapp.rsvp.actions import (
    lock_rsvp,
    lock_seats,
    notify,
    refuse,
    say_yes,
    say_yes_to_seated,
    take_back_no,
    take_place_or_wait,
)


class OthersWait(Refusal):
    code = "others_wait"
    message = _l(
        "Who is waiting has changed meanwhile, so nothing is decided. This is how it is now."
    )


@dataclass(frozen=True)
class Waiting:
    """The guests who wait for a yes, and what a yes to all of them comes to."""

    seen: str  # who they are and how many, for the organiser's answer to be about the same
    guests: int = 0  # RSVPs; a party is one
    with_place: int = 0
    mailed: int = 0
    unproven: int = 0  # their address may be a stranger's, or mistyped

    @property
    def waitlisted(self) -> int:
        return self.guests - self.with_place


class Stopped(NamedTuple):
    """What it came to that an event no longer asks for approval."""

    let_in: int
    is_new: bool


def approve(rsvp: Rsvp, *, at: datetime) -> bool:
    """Give the whole party its seats, or a place on the waitlist, and mail them which. Idempotent.

    Returns whether they were still pending. Imported guests are mailed their ticket with the others
    (`send_tickets`).
    """
    lock_rsvp(rsvp)
    if rsvp.status != Status.PENDING:
        return False
    _let_in([rsvp], at=at)
    return True


def decline(rsvp: Rsvp, *, at: datetime) -> bool:
    """Refuse a pending guest, and mail them. Returns False, changing nothing, if they are not
    pending now.
    """
    lock_rsvp(rsvp)
    if rsvp.status != Status.PENDING:
        return False
    refuse(rsvp, at=at)
    if is_mailed(rsvp):
        notify.declined(rsvp, at=at)
    return True


def reconsider(rsvp: Rsvp) -> bool:
    """Take back a no: the guest is pending again, and hears nothing yet. Returns False, changing
    nothing, if they are not declined now.
    """
    lock_rsvp(rsvp)
    if rsvp.declined_at is None:
        return False
    take_back_no(rsvp)
    return True


def approve_all(event: Event, *, seen: str | None, at: datetime) -> int:
    """Approve everybody who waits, in the order in which they answered. `seen` tells whom the
    organiser saw waiting; None takes them as they are now. Returns how many they are; 0 if nobody
    waits any more. Raises OthersWait.
    """
    lock_seats(event)
    waiting = _pending(event)
    if waiting and seen not in (None, _digest_of(waiting)):
        raise OthersWait
    _let_in(waiting, at=at)
    return len(waiting)


def ask_for_approval(event: Event, *, at: datetime) -> bool:
    """Have whoever answers from now on wait for a yes. Who is going or on the waitlist stays so.
    Idempotent. Returns whether that is new.
    """
    lock_seats(event)
    if event.needs_approval:
        return False
    event.needs_approval = True
    say_yes_to_seated(event, at=at)
    return True


def stop_asking(event: Event, *, seen: str | None, at: datetime) -> Stopped:
    """Let in everybody who waits, and whoever answers from now on. Idempotent.

    Raises OthersWait.
    """
    let_in = approve_all(event, seen=seen, at=at)
    asked, event.needs_approval = event.needs_approval, False
    return Stopped(let_in, asked)


def waiting_at(event: Event) -> Waiting:
    """What it would come to if everybody who waits were approved now."""
    left, with_place, mailed, unproven = event.seats_left, 0, 0, 0
    waiting = _pending(event)
    for rsvp in waiting:
        mailed += is_mailed(rsvp)
        unproven += rsvp.is_unproven
        if left is None or rsvp.party <= left:
            with_place += 1
            left = None if left is None else left - rsvp.party
    return Waiting(_digest_of(waiting), len(waiting), with_place, mailed, unproven)


def is_mailed(rsvp: Rsvp) -> bool:
    """Whether they hear of the decision by mail. Who is on an imported list has not heard from here
    yet, unless they opened their own page.
    """
    return rsvp.person_id is not None and (rsvp.source != Source.IMPORT or rsvp.is_confirmed)


def _let_in(rsvps: Sequence[Rsvp], *, at: datetime) -> None:
    """Seat them all, then mail them: rows are written together, not one before each question about
    the waitlist, and others wait for the event's row no longer than they must.
    """
    for rsvp in rsvps:
        say_yes(rsvp, at=at)
        take_place_or_wait(rsvp, at=at)
    db.session.flush()
    with db.session.no_autoflush:
        for rsvp in filter(is_mailed, rsvps):
            notify.approved(rsvp, at=at)


def _digest_of(waiting: Sequence[Rsvp]) -> str:
    return digest(" ".join(f"{rsvp.id}:{rsvp.person_id}:{rsvp.party}" for rsvp in waiting))


def _pending(event: Event) -> Sequence[Rsvp]:
    found = select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.status == Status.PENDING)
    in_order = found.options(joinedload(Rsvp.person)).order_by(Rsvp.id)
    return db.session.scalars(in_order.execution_options(populate_existing=True)).all()
