"""Organisers say yes or no to a guest who waits for it."""

from __future__ import annotations

from datetime import datetime

from eventapp.model import Rsvp
from eventapp.rsvp.actions import lock_rsvp, take_seats


def approve(rsvp: Rsvp, *, at: datetime) -> None:
    """Say yes: the whole party gets its places, or queues for them. Twice is once.

    Nobody is mailed; the ticket goes out with the others (`send_tickets`).
    """
    lock_rsvp(rsvp)
    if rsvp.status != "pending":
        return
    if take_seats(rsvp.event, rsvp.party):
        rsvp.status = "going"
    else:
        rsvp.status, rsvp.waitlisted_at = "waitlisted", at


def decline(rsvp: Rsvp) -> None:
    """Say no. Who has a place by now keeps it."""
    lock_rsvp(rsvp)
    if rsvp.status == "pending":
        rsvp.status = "not_going"
