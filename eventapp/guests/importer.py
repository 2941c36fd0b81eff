"""An import from its first row to its last, in transactions so short that doors go on beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import SQLAlchemyError

from eventapp.core.copies import on_copies
from eventapp.core.database_errors import is_worth_another_try, trouble
from eventapp.core.db import in_portions, reading
from eventapp.core.portions import short_portions
from eventapp.core.retry import in_transaction
from eventapp.guests.actions import Import, ImportReport
from eventapp.guests.guest_file import GuestFile
from eventapp.guests.guest_row import GuestRow
from eventapp.guests.refusals import ImportStopped
from eventapp.model import (
    AuditEntry,
    CheckIn,
    CheckOut,
    DoorConflict,
    DoorLog,
    Event,
    NameWord,
    NearWord,
    OutboxMail,
    Person,
    Rsvp,
)

FEWEST_AT_ONCE = 25  # rows: what they are looked up by costs as much for one of them
REHEARSED_AT_ONCE = 500  # rows: nobody waits for them
_OF_EVENT = (Rsvp, CheckIn, DoorLog, DoorConflict, NameWord, NearWord)


def import_guests(
    event: Event,
    file: GuestFile,
    *,
    at: datetime,
    record: Callable[..., AuditEntry],
    progress: Callable[[int], object] = lambda rows: None,
) -> ImportReport:
    """Put everybody of a guest list on the event's list, in the order of the list.

    `record` makes the entry in the community's log, with a `count` that grows with each
    portion. `progress` is told how many rows each had. A portion that a deadlock undid is
    brought again. Raises ImportStopped where the database fails on the way: what is done stays,
    and the rest comes in when it is run again.
    """
    with reading():
        importing = Import(event, file, at=at)
    entry, stopped_after = None, 1  # the header
    for rows in short_portions(file.rows, least=FEWEST_AT_ONCE):
        try:
            brought, entry = in_transaction(partial(_bring, importing, rows, entry, record))
        except SQLAlchemyError as error:
            is_begun = stopped_after > 1
            if is_begun and (trouble(error) or is_worth_another_try(error)):
                raise ImportStopped(number=stopped_after) from error
            raise
        importing.report.add(brought)
        stopped_after = rows[-1].number
        progress(len(rows))
    with reading():
        importing.report.fit = importing.count_who_fit()
    return importing.report


def _bring(
    importing: Import,
    rows: Sequence[GuestRow],
    entry: AuditEntry | None,
    record: Callable[..., AuditEntry],
) -> tuple[ImportReport, AuditEntry | None]:
    """Bring a portion, and count it in the community's log."""
    brought = importing.bring(rows)
    changed = brought.added + brought.updated
    if entry is None:
        return brought, record(count=changed) if changed else None
    entry.count = (entry.count or 0) + changed
    return brought, entry


def rehearse_import(
    event: Event,
    file: GuestFile,
    *,
    at: datetime,
    progress: Callable[[int], object] = lambda rows: None,
) -> ImportReport:
    """What `import_guests` would report. Changes nothing, and holds no lock meanwhile."""
    with on_copies(_rows_for(event, file)):
        importing = Import(event, file, at=at)
        for rows in in_portions(file.rows, most=REHEARSED_AT_ONCE):
            importing.report.add(importing.bring(rows))
            progress(len(rows))
        importing.report.fit = importing.count_who_fit()
    return importing.report


def _rows_for(event: Event, file: GuestFile) -> dict[type[Any], list[ColumnElement[bool]]]:
    """What an import reads or changes: of the event all, and the people of both lists."""
    guests = select(Rsvp.person_id).where(Rsvp.event_id == event.id)
    check_ins = select(CheckIn.id).where(CheckIn.event_id == event.id)
    mailboxes = in_portions(row.mailbox for row in file.rows if row.email)
    return {
        Event: [Event.id == event.id],
        **{table: [table.event_id == event.id] for table in _OF_EVENT},
        CheckOut: [CheckOut.check_in_id.in_(check_ins)],
        Person: [Person.id.in_(guests), *(Person.email_key.in_(some) for some in mailboxes)],
        OutboxMail: [],
    }
