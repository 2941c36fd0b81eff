"""Import a guest list in transactions short enough for doors to work meanwhile, or as a dry run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, select, update

from eventapp.core.copies import on_copies
from eventapp.core.db import db, execute, in_portions, lock, reading
from eventapp.core.portions import short_portions
from eventapp.core.retry import in_transaction, saying_what_is_done
from eventapp.guests.import_progress import count_begun, count_written, keep_begun, note_done
from eventapp.guests.import_report import ImportReport
from eventapp.guests.matching import claims_of, match_guests
from eventapp.guests.reading.guest_file import GuestFile
from eventapp.guests.reading.guest_row import GuestRow
from eventapp.guests.refusals import ImportStopped
from eventapp.guests.row_by_row import RowByRow
from eventapp.guests.row_writer import RowWriter
from eventapp.guests.ticket_codes import owners_of_codes
from eventapp.model import (
    AuditEntry,
    CheckIn,
    CheckOut,
    DoorConflict,
    DoorLog,
    Event,
    GuestImport,
    MergedRef,
    NameWord,
    NearWord,
    Notice,
    OutboxMail,
    Person,
    Rsvp,
    TicketCode,
)
from eventapp.rsvp.actions import lock_seats
from eventapp.rsvp.queries import count_people_waiting, who_would_fit

ROWS_LEAST = 25  # in a transaction: looking up one row costs as much as looking up these
DRY_RUN_ROWS = 500  # in a portion: nobody waits for a dry run's locks
Record = Callable[..., AuditEntry]
_OF_EVENT = (Rsvp, CheckIn, DoorLog, DoorConflict, NameWord, NearWord, TicketCode, MergedRef)


class Import:
    """A guest list to be written to an event, portion by portion, each in its own transaction.

    Idempotent: a row that was imported before and has not changed changes nothing, so an import
    that was cut short can be run again. What guests answered, changed or confirmed here is kept.
    A party that does not fit is waitlisted whole, unless it has arrived. Nobody is mailed, except
    guests promoted from the waitlist to seats that the import frees.
    """

    def __init__(
        self,
        event: Event,
        file: GuestFile,
        *,
        at: datetime,
        kept_id: int | None = None,
        file_name: str = "",
    ) -> None:
        self.event, self.file, self.at = event, file, at
        self.kept_id, self.file_name = kept_id, file_name
        self.report = ImportReport(skipped=list(file.skipped), flagged=list(file.flagged))
        self._claims = claims_of(event, file.rows)
        self._owners = owners_of_codes(file.rows)
        self._waiting = count_people_waiting(event) if event.takes_rsvps(at) else 0
        self._entry_id: int | None = None  # in the audit log
        self._row_by_row = RowByRow(self._write)
        self.written: dict[int, GuestRow] = {}  # by the id of their RSVP

    def write(self, rows: Sequence[GuestRow]) -> ImportReport:
        """Write a portion, and return its own report, to be added once it is committed. Rows that
        can't be written are skipped, and said so.
        """
        self._done_to: list[dict[str, Any]] = []
        return self._row_by_row.write(rows)

    def _write(self, rows: Sequence[GuestRow]) -> ImportReport:
        lock_seats(self.event)
        matches = match_guests(self.event, rows, self._claims, at=self.at)
        writer = RowWriter(self.event, self.file, matches, self._owners, at=self.at)
        report = writer.write(rows)
        db.session.flush()
        self._done_to += writer.done_to_guests()
        self.written |= writer.rows
        return report

    def write_noted(self, rows: Sequence[GuestRow], record: Record) -> ImportReport:
        """The same, counted in the audit log and in the import's own row, with what it does to each
        guest. What somebody else wrote of the list meanwhile is not written again.
        """
        kept = self._kept()
        if kept:
            lock(kept)
            if self.file.rows[kept.done : kept.done + 1] != rows[:1]:
                return ImportReport()
            count_begun(kept, self.file)
        written = self.write(rows)
        changed = written.added + written.updated
        self._record(changed, record)
        if kept is None and changed:
            kept = self._keep(rows)
        if kept:
            note_done(kept, self._done_to)
            count_written(kept, rows, written, at=self.at)
        return written

    def _kept(self) -> GuestImport | None:
        """The import's own row. It is gone if the transaction that made it was rolled back."""
        there = GuestImport.id == self.kept_id, GuestImport.event_id == self.event.id
        return db.session.scalar(select(GuestImport).where(*there)) if self.kept_id else None

    def _keep(self, rows: Sequence[GuestRow]) -> GuestImport:
        """Make a row for an import that nobody handed in, once it changes anything."""
        done = self.file.rows.index(rows[0])
        kept = keep_begun(self.event, self.file, self.file_name, done=done, at=self.at)
        self.kept_id = kept.id
        return kept

    def _record(self, changed: int, record: Record) -> None:
        # It is gone if the transaction that made it was rolled back, and its id may be another's.
        there = AuditEntry.id == self._entry_id, AuditEntry.event_id == self.event.id
        more = update(AuditEntry).where(*there).values(count=AuditEntry.count + changed)
        if changed and not (self._entry_id and execute(more).rowcount):
            entry = record(count=changed)
            db.session.flush()
            self._entry_id = entry.id

    def finish(self) -> ImportReport:
        without = self._waiting + self.report.people_waiting + self.report.people_left_out
        self.report.capacity_for_all = self.event.seats_taken + without
        if self.event.takes_rsvps(self.at):
            self.report.fit = len(who_would_fit(self.event))
        return self.report


def import_guests(
    event: Event,
    file: GuestFile,
    *,
    at: datetime,
    record: Record,
    kept: GuestImport | None = None,
    file_name: str = "",
    progress: Callable[[int], object] = lambda rows: None,
) -> ImportReport:
    """Write all guests of a list to the event's list, in the order of the file.

    `record` makes the entry in the community's audit log, with a `count` that grows with each
    portion. `kept` is the row of an import that was handed in: what is written of it already is
    left out. Another gets a row, by its `file_name`, once it changes anything.
    `progress` is called with the number of rows in each portion. A portion that a deadlock rolled
    back is written again. Raises ImportStopped if the database fails after the first portion:
    those that were committed stay.
    """
    kept_id, done = (kept.id, kept.done) if kept else (None, 0)
    with reading():
        importing = Import(event, file, at=at, kept_id=kept_id, file_name=file_name)
    stopped_after = 1  # the header
    for rows in short_portions(file.rows[done:], least=ROWS_LEAST):
        has_begun = stopped_after > 1
        with saying_what_is_done(ImportStopped(number=stopped_after) if has_begun else None):
            write = partial(importing.write_noted, rows, record)
            importing.report.add(in_transaction(write))
        stopped_after = rows[-1].number
        progress(len(rows))
    with reading():
        return importing.finish()


def dry_run_import(
    event: Event,
    file: GuestFile,
    *,
    at: datetime,
    progress: Callable[[int], object] = lambda rows: None,
) -> ImportReport:
    """Return what `import_guests` would report. Changes nothing, and holds no lock meanwhile."""
    with rehearsing_import(event, file, at=at, progress=progress) as importing:
        return importing.report


@contextmanager
def rehearsing_import(
    event: Event,
    file: GuestFile,
    *,
    at: datetime,
    progress: Callable[[int], object] = lambda rows: None,
) -> Iterator[Import]:
    """A dry run, with the guest list to look at as the import would leave it."""
    with on_copies(_rows_for(event, file)):
        importing = Import(event, file, at=at)
        for rows in in_portions(file.rows, most=DRY_RUN_ROWS):
            importing.report.add(importing.write(rows))
            progress(len(rows))
        importing.finish()
        yield importing


def _rows_for(event: Event, file: GuestFile) -> dict[type[Any], list[ColumnElement[bool]]]:
    """The rows that an import reads or changes: all of the event's, and the people of both
    lists.
    """
    guests = select(Rsvp.person_id).where(Rsvp.event_id == event.id)
    check_ins = select(CheckIn.id).where(CheckIn.event_id == event.id)
    mailboxes = in_portions(row.mailbox for row in file.rows if row.email)
    return {
        Event: [Event.id == event.id],
        **{table: [table.event_id == event.id] for table in _OF_EVENT},
        CheckOut: [CheckOut.check_in_id.in_(check_ins)],
        Person: [Person.id.in_(guests), *(Person.email_key.in_(some) for some in mailboxes)],
        Notice: [Notice.rsvp_id.in_(select(Rsvp.id).where(Rsvp.event_id == event.id))],
        OutboxMail: [],
    }
