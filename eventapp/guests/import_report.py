"""What an import did, for the page and the command line to tell."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from eventapp.guests.reading.guest_row import RowNote


@dataclass
class ImportReport:
    """Counts of the list's rows, except where said otherwise."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    waitlisted: int = 0  # of those added or updated, for lack of seats
    people_waiting: int = 0  # in these parties
    people_left_out: int = 0  # by whom parties on the list would have grown
    capacity_for_all: int = 0  # of the event, for nobody to wait or be left out
    fit: int = 0  # parties on the event's waitlist for whom there are seats
    promoted: list[str] = field(default_factory=list)  # names of who is mailed: they moved up
    arrived: int = 0  # of all, checked in by this import
    skipped: list[RowNote] = field(default_factory=list)  # in the order of the list
    flagged: list[RowNote] = field(default_factory=list)  # read, with something guessed; likewise

    def add(self, other: ImportReport) -> None:
        """Add the report of another portion of the list."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        for notes in (self.skipped, self.flagged):
            notes.sort(key=lambda row: row.number)
