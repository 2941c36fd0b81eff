"""The places that an import takes and gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eventapp.guests.guest_row import GuestRow
from eventapp.guests.refusals import PartyDoesNotFit
from eventapp.model import Event, Rsvp
from eventapp.rsvp.actions import free_seats, take_seats, take_seats_over_capacity


@dataclass
class Places:
    """The places of an event whose seats are locked, and what became of them so far."""

    event: Event
    waitlisted: int = 0  # parties, for lack of places
    freed: bool = False

    def status_of_new(self, row: GuestRow) -> str:
        """The status that a new guest gets. Who goes takes places, or waits for them whole."""
        if row.status == "going" and not self._take(1 + row.companions, row):
            return self._waitlist()
        return row.status

    def change(
        self, rsvp: Rsvp, row: GuestRow, *, status: str, companions: int, at: datetime
    ) -> None:
        """Change a guest's status and party, and the places with them.

        Raises PartyDoesNotFit for a party that has its places and grew past those left.
        """
        before = rsvp.party if rsvp.holds_a_seat else 0
        after = 1 + companions if status == "going" else 0
        if after > before and not self._take(after - before, row):
            if before:
                raise PartyDoesNotFit(party=after, left=self.event.seats_left)
            status = self._waitlist()
        if after < before:
            free_seats(self.event, before - after)
            self.freed = True
        rsvp.status, rsvp.companions = status, companions
        rsvp.waitlisted_at = (rsvp.waitlisted_at or at) if status == "waitlisted" else None

    def _take(self, people: int, row: GuestRow) -> bool:
        """Whoever came is in the room, fit or not."""
        if take_seats(self.event, people):
            return True
        if row.checked_in:
            take_seats_over_capacity(self.event, people)
        return row.checked_in

    def _waitlist(self) -> str:
        self.waitlisted += 1
        return "waitlisted"
