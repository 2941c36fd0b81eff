"""The seats that an import takes and gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eventapp.guests.reading.guest_row import GuestRow
from eventapp.guests.refusals import PartyDoesNotFit
from eventapp.model import Event, Rsvp, Status
from eventapp.rsvp.actions import (
    WELCOME,
    resize,
    say_yes,
    set_status,
    take_place,
    take_seats,
    wait,
)


@dataclass
class SeatAllocation:
    """Takes seats of an event, and gives them back. The event's seats must be locked."""

    event: Event
    waitlisted: int = 0  # parties, for lack of seats
    people_waiting: int = 0  # in these
    people_left_out: int = 0  # by whom parties that have their seats would have grown
    has_freed: bool = False

    def status_of_new(self, row: GuestRow, *, is_in: bool) -> str:
        """Take seats for a new guest who is going, and return the status they get. A party that
        does not fit is waitlisted whole.
        """
        if row.status == Status.GOING and not take_seats(
            self.event, 1 + row.companions, over_capacity=is_in
        ):
            self._count_waiting(1 + row.companions)
            return Status.WAITLISTED
        return row.status

    def change(
        self, rsvp: Rsvp, *, status: str, companions: int, is_in: bool, at: datetime
    ) -> None:
        """Change a guest's status and party, and their seats accordingly. Guests who were checked
        in get seats beyond the capacity. A list on which they come is the hosts' yes.

        Raises PartyDoesNotFit for a party that has its seats and grew past those left.
        """
        before = _seats_of(rsvp)
        if status in WELCOME and status != rsvp.status:
            say_yes(rsvp, at=at)
        if status != Status.GOING:
            set_status(rsvp, status, at=at)
        if not resize(rsvp, 1 + companions, over_capacity=is_in):
            self.people_left_out += 1 + companions - rsvp.party
            raise PartyDoesNotFit(left=self.event.seats_left or 0)
        if status == Status.GOING and not take_place(rsvp, over_capacity=is_in):
            wait(rsvp, at=at)
            self._count_waiting(rsvp.party)
        self.has_freed |= _seats_of(rsvp) < before

    def _count_waiting(self, party: int) -> None:
        self.waitlisted += 1
        self.people_waiting += party


def _seats_of(rsvp: Rsvp) -> int:
    return rsvp.party if rsvp.holds_a_seat else 0
