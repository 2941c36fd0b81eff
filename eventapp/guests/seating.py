"""Give a guest of the list another status and party, with the seats that it takes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from eventapp.core.errors import Refusal
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Rsvp, Status
from eventapp.rsvp.actions import lock_list, lock_rsvp, put, resize
from eventapp.rsvp.queries import who_is_in


class NoRoom(Refusal):
    code = "no_room"

    @staticmethod
    def message(count: int) -> str:
        if not count:
            return str(gettext("It's full: there's no place left. Nothing is changed yet."))
        words: str = ngettext(
            "Only %(num)s place is left, and they need more. Nothing is changed yet.",
            "Only %(num)s places are left, and they need more. Nothing is changed yet.",
            count,
        )
        return words


class GuestIsIn(Refusal):
    code = "guest_is_in"
    message = _l("%(name)s is checked in. Undo that at the door first.")


def seat(
    rsvp: Rsvp, status: str, companions: int, *, at: datetime, over_capacity: bool = False
) -> None:
    """Give a guest this status and party. Raises NoRoom and GuestIsIn, and changes nothing then."""
    lock_rsvp(rsvp)
    lock_list(rsvp.event_id)
    came = who_is_in([rsvp.id]) if status != Status.GOING else ()
    seat_one(rsvp, status, companions, came=came, at=at, over_capacity=over_capacity)


def seat_one(
    rsvp: Rsvp,
    status: str,
    companions: int,
    *,
    came: Collection[int],
    at: datetime,
    over_capacity: bool = False,
) -> None:
    """The same of one of many, whose event's list is locked, and of whom those with these ids
    `came`.
    """
    if status != Status.GOING:
        if rsvp.id in came:
            raise GuestIsIn(name=rsvp.name)
        put(rsvp, status, at=at)
    elif not over_capacity:
        more = 1 + companions - (rsvp.party if rsvp.holds_a_seat else 0)
        if more > 0 and not rsvp.event.has_room_for(more):
            raise NoRoom(count=rsvp.event.seats_left)
    resize(rsvp, 1 + companions, over_capacity=over_capacity)
    put(rsvp, status, at=at, over_capacity=over_capacity)
