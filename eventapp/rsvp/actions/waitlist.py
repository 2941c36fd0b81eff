"""Give free seats to the waitlist."""

from __future__ import annotations

from datetime import datetime

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Event
from eventapp.rsvp import queries
from eventapp.rsvp.actions import notify
from eventapp.rsvp.actions.seats import lock_seats
from eventapp.rsvp.actions.status import take_place


class CapacityBelowTaken(Refusal):
    code = "capacity_below_taken"
    message = _l("%(taken)s places are taken already: the capacity cannot be less than that.")


def change_capacity(event: Event, capacity: int | None, *, at: datetime) -> bool:
    """Set how many people fit (None: no limit), and promote the parties that fit now.

    Returns whether the capacity changed. Raises CapacityBelowTaken.
    """
    lock_seats(event)
    if capacity is not None and capacity < event.seats_taken:
        raise CapacityBelowTaken(taken=event.seats_taken)
    before = event.capacity
    event.capacity = capacity
    event.seats_over = 0
    promote(event, at=at)
    return before != capacity


def promote(event: Event, *, at: datetime) -> None:
    """Give free seats to parties of the waitlist, in order of arrival, and mail them. The event
    must be locked.

    A party that does not fit keeps its position, and smaller ones after it may get seats.
    """
    if not event.takes_rsvps(at):
        return
    while waiting := queries.first_who_fit(event):
        for rsvp in list(queries.fitting(waiting, event.seats_left)):
            take_place(rsvp)
            notify.promoted(rsvp, at=at)
