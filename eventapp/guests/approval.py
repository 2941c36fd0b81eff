"""Organisers approve or decline guests who wait for approval."""

from __future__ import annotations

from datetime import datetime

from eventapp.model import Rsvp, Status
from eventapp.rsvp.actions import lock_rsvp, refuse, take_place_or_wait


def approve(rsvp: Rsvp, *, at: datetime) -> bool:
    """Give the whole party its seats, or a place on the waitlist. Idempotent.

    Returns whether they were still pending. Nobody is mailed; the ticket goes out with the
    others (`send_tickets`).
    """
    lock_rsvp(rsvp)
    if rsvp.status != Status.PENDING:
        return False
    take_place_or_wait(rsvp, at=at)
    return True


def decline(rsvp: Rsvp) -> bool:
    """Refuse a pending guest. Returns False, changing nothing, if they are not pending now."""
    lock_rsvp(rsvp)
    if rsvp.status != Status.PENDING:
        return False
    refuse(rsvp)
    return True
