"""The places that an import takes and gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eventapp.guests.guest_row import GuestRow
from eventapp.guests.refusals import PartyDoesNotFit
from eventapp.model import Event, Rsvp, Status
from eventapp.rsvp.actions import resize, set_status, take_place, take_seats, wait


@dataclass
class Places:
    """The places of an event whose seats are locked, and what became of them so far."""

    event: Event
    waitlisted: int = 0  # parties, for lack of places
    freed: bool = False

    def status_of_new(self, row: GuestRow) -> str:
        """The status that a new guest gets. Who goes takes places, or waits for them whole."""
        if row.status == Status.GOING and not take_seats(
            self.event, 1 + row.companions, is_in=row.checked_in
        ):
            self.waitlisted += 1
            return Status.WAITLISTED
        return row.status

    def change(
        self, rsvp: Rsvp, row: GuestRow, *, status: str, companions: int, at: datetime
    ) -> None:
        """Change a guest's status and party, and the places with them. Whoever came is in the
        room, fit or not.

        Raises PartyDoesNotFit for a party that has its places and grew past those left.
        """
        had = _places_of(rsvp)
        if status != Status.GOING:
            set_status(rsvp, status, at=at)
        if not resize(rsvp, 1 + companions, is_in=row.checked_in):
            raise PartyDoesNotFit(party=1 + companions, left=self.event.seats_left)
        if status == Status.GOING and not take_place(rsvp, is_in=row.checked_in):
            wait(rsvp, at=at)
            self.waitlisted += 1
        self.freed |= _places_of(rsvp) < had


def _places_of(rsvp: Rsvp) -> int:
    return rsvp.party if rsvp.holds_a_seat else 0
