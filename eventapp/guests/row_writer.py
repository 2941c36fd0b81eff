"""Write the rows of a guest list to an event's list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from eventapp.core.db import db
from eventapp.core.outgoing import noting_mails
from eventapp.door.import_check_ins import import_check_ins
from eventapp.guests.import_report import ImportReport
from eventapp.guests.imported_content import Values, content_of
from eventapp.guests.matching import Matches
from eventapp.guests.reading.guest_file import GuestFile
from eventapp.guests.reading.guest_row import GuestRow, RowNote
from eventapp.guests.reading.names import is_same_person
from eventapp.guests.refusals import ArrivalNotCounted, PartyDoesNotFit
from eventapp.guests.row_mapping import (
    answers_of,
    arrival_in,
    columns_of_new,
    digest_of,
    imported_status,
)
from eventapp.guests.seat_allocation import SeatAllocation
from eventapp.guests.ticket_codes import CodeOwners, CodeWriter
from eventapp.model import Event, Rsvp, Source
from eventapp.rsvp.actions import enter_all, give_to, promote, rename


class RowWriter:
    """Writes one portion of a list to an event whose seats are locked. What guests answered,
    changed or confirmed here themselves is kept.
    """

    def __init__(
        self,
        event: Event,
        file: GuestFile,
        matches: Matches,
        owners: CodeOwners,
        *,
        at: datetime,
    ) -> None:
        self.event, self.file, self.matches, self.at = event, file, matches, at
        self.codes = CodeWriter(event, owners)
        self.seats = SeatAllocation(event)
        self.skipped = dict(matches.repeated)  # by the row's number
        self.rows: dict[int, GuestRow] = {}  # by the id of their RSVP
        self.new: list[tuple[GuestRow, str]] = []  # with the status they get; not yet entered
        self.promoted: list[str] = []  # to seats that became free: the names of who is mailed
        self.added: set[int] = set()  # ids of RSVPs, as in the next two
        self.updated: set[int] = set()
        self.unchanged: set[int] = set()
        self.before: dict[int, Values] = {}  # by the id of an RSVP that was there already
        self.checked_in: set[int] = set()
        self.arrivals: dict[int, datetime | ArrivalNotCounted] = {}  # by the row's number

    def write(self, rows: Sequence[GuestRow]) -> ImportReport:
        said = {row.number: arrival_in(row, self.event, at=self.at) for row in rows}
        self.arrivals = {number: one for number, one in said.items() if one}
        for row in rows:
            if row.number in self.skipped:
                continue
            if rsvp := self.matches.rsvps.get(row.number):
                self.rows[rsvp.id] = row
                self.before[rsvp.id] = content_of(rsvp)
                self._update(rsvp, row)
            else:
                self.new.append((row, self.seats.status_of_new(row, is_in=self._is_in(row))))
            if self.seats.has_freed:
                self._promote()
        self._enter_new()
        self.codes.write(self.rows)
        self.checked_in = self._check_in()
        return self._report(self.checked_in)

    def done_to_guests(self) -> Iterator[dict[str, Any]]:
        """What was done to each guest, as columns of ImportedGuest."""
        for rsvp_id in self.added:
            yield {
                "rsvp_id": rsvp_id,
                "before": None,
                "after": self.codes.done_to(rsvp_id) or None,
            }
        for rsvp in self.matches.rsvps.values():
            before = self.before.get(rsvp.id, {})
            now = content_of(rsvp) if before else {}
            names = [name for name in now if now[name] != before[name]]
            more = self.codes.done_to(rsvp.id)
            if rsvp.id in self.checked_in:
                more["came"] = True
            if more or set(names) - {"source_digest"}:
                yield {
                    "rsvp_id": rsvp.id,
                    "before": {name: before[name] for name in names},
                    "after": {**{name: now[name] for name in names}, **more},
                }

    def _promote(self) -> None:
        """Give freed seats to the waitlist at once, before the rows to come are read: the result
        must not depend on where a portion ends.
        """
        self.seats.has_freed = False
        if self.event.capacity is not None:
            self._enter_new()
            with noting_mails() as mails:
                promote(self.event, at=self.at)
            self.promoted += [mail.values["name"] for mail in mails]

    def _enter_new(self) -> None:
        new, self.new = self.new, []
        columns = [
            columns_of_new(
                row,
                self.file,
                self.event,
                status=status,
                person=self.matches.people.get(row.number),
            )
            for row, status in new
        ]
        entered = enter_all(self.event, columns, at=self.at)
        self.added |= {rsvp.id for rsvp in entered}
        self.rows |= {rsvp.id: row for rsvp, (row, _) in zip(entered, new, strict=True)}

    def _is_in(self, row: GuestRow) -> bool:
        return isinstance(self.arrivals.get(row.number), datetime)

    def _check_in(self) -> set[int]:
        """Check in those whom the list calls arrived, and return the ids of their RSVPs."""
        said = {rsvp_id: self.arrivals.get(row.number) for rsvp_id, row in self.rows.items()}
        arrivals = {rsvp_id: at for rsvp_id, at in said.items() if isinstance(at, datetime)}
        db.session.flush()
        return import_check_ins(self.event, arrivals, at=self.at)

    def _arrivals_not_counted(self) -> list[RowNote]:
        return [
            RowNote(row.number, no, row.name)
            for row in self.rows.values()
            if isinstance(no := self.arrivals.get(row.number), ArrivalNotCounted)
        ]

    def _report(self, checked_in: set[int]) -> ImportReport:
        updated = self.updated | ((checked_in | self.codes.changed) & self.unchanged)
        return ImportReport(
            added=len(self.added),
            updated=len(updated),
            unchanged=len(self.unchanged - updated),
            waitlisted=self.seats.waitlisted,
            people_waiting=self.seats.people_waiting,
            people_left_out=self.seats.people_left_out,
            promoted=self.promoted,
            arrived=len(checked_in),
            skipped=list(self.skipped.values()),
            flagged=[*self.codes.notes, *self._arrivals_not_counted()],
        )

    def _update(self, rsvp: Rsvp, row: GuestRow) -> None:
        answers = answers_of(row, self.file)
        if _belongs_to_guest(rsvp):
            rsvp.answers = {**answers, **rsvp.answers}
        elif rsvp.source_digest != (digest := digest_of(row, answers)):
            try:
                has_changed = self._overwrite(rsvp, row, answers)
            except PartyDoesNotFit as no:
                self.skipped[row.number] = RowNote(row.number, no, row.name)
                return
            rsvp.source_digest = digest
            if has_changed:
                self.updated.add(rsvp.id)
                return
        self.unchanged.add(rsvp.id)

    def _overwrite(self, rsvp: Rsvp, row: GuestRow, answers: dict[str, str]) -> bool:
        """Overwrite the RSVP by the row, except where the list has no column or the cell is
        empty. Returns whether that changed anything.
        """
        before = _content(rsvp)
        is_new_status = row.status != imported_status(rsvp)
        has_party = row.companions > 0 or self.file.has("companions", "companion_names", "people")
        self.seats.change(
            rsvp,
            status=row.status if is_new_status else rsvp.status,
            companions=row.companions if has_party else rsvp.companions,
            is_in=self._is_in(row),
            at=self.at,
        )
        if person := self.matches.people.get(row.number):
            give_to(rsvp, person)
        if not is_same_person(rsvp.name, row.name):
            self.codes.is_passed_on(rsvp.id)
        rename(rsvp, row.name)
        rsvp.companion_names = list(row.companion_names) or rsvp.companion_names
        rsvp.answers = {**rsvp.answers, **_new_answers(rsvp.answers, answers)}
        rsvp.ask_me_about = row.ask_me_about or rsvp.ask_me_about
        rsvp.want_to_learn = row.want_to_learn or rsvp.want_to_learn
        rsvp.looking_for = row.looking_for or rsvp.looking_for
        rsvp.note = row.note or rsvp.note
        return _content(rsvp) != before


def _new_answers(there: dict[str, str], answers: dict[str, str]) -> dict[str, str]:
    """Without those that only have other spaces: our own CSV has some in phones."""
    return {
        title: answer
        for title, answer in answers.items()
        if there.get(title, "").replace(" ", "") != answer.replace(" ", "")
    }


def _belongs_to_guest(rsvp: Rsvp) -> bool:
    """Whether the guest answered, changed or confirmed it, so that no list overwrites it."""
    return rsvp.source != Source.IMPORT or bool(rsvp.changed_at) or rsvp.is_confirmed


def _content(rsvp: Rsvp) -> tuple[Any, ...]:
    return (
        *(rsvp.person, rsvp.name, rsvp.status, rsvp.companions, rsvp.companion_names),
        *(rsvp.answers, rsvp.ask_me_about, rsvp.want_to_learn, rsvp.looking_for, rsvp.note),
    )
