"""Organisers approve or decline guests who wait for approval, and have an event ask for it. For
many at once see `acts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from eventapp.core.db import db
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


def approve(rsvp: Rsvp, *, at: datetime) -> bool:
    """Give the whole party its seats, or a place on the waitlist, and mail them which. Idempotent.

    Returns whether they were still pending. Imported guests are mailed their ticket with the others
    (`send_tickets`).
    """
    lock_rsvp(rsvp)
    if rsvp.status != Status.PENDING:
        return False
    let_in([rsvp], at=at)
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


def is_mailed(rsvp: Rsvp) -> bool:
    """Whether they hear of the decision by mail. Who is on an imported list has not heard from here
    yet, unless they opened their own page.
    """
    return rsvp.person_id is not None and (rsvp.source != Source.IMPORT or rsvp.is_confirmed)


def let_in(rsvps: Sequence[Rsvp], *, at: datetime) -> None:
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
