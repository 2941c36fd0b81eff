"""Organisers say yes or no to a guest who waits for it."""

from __future__ import annotations

from datetime import datetime

from eventapp.model import Rsvp, Status
from eventapp.rsvp.actions import lock_rsvp, refuse, take_place_or_wait


def approve(rsvp: Rsvp, *, at: datetime) -> bool:
    """Say yes: the whole party gets its places, or queues for them. Idempotent.

    Returns whether they still waited for it. Nobody is mailed; the ticket goes out with the
    others (`send_tickets`).
    """
    lock_rsvp(rsvp)
    if rsvp.status != Status.PENDING:
        return False
    take_place_or_wait(rsvp, at=at)
    return True


def decline(rsvp: Rsvp) -> bool:
    """Say no. Who has a place by now keeps it. Returns whether they still waited for a yes."""
    lock_rsvp(rsvp)
    if rsvp.status != Status.PENDING:
        return False
    refuse(rsvp)
    return True
