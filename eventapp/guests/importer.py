"""An import from its first row to its last, in transactions so short that doors go on beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import SQLAlchemyError

from eventapp.core.copies import on_copies
from eventapp.core.database_errors import is_worth_another_try, trouble
from eventapp.core.db import in_portions, reading, transaction
from eventapp.core.portions import short_portions
from eventapp.guests.actions import Import, ImportReport
from eventapp.guests.guest_file import GuestFile
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
    portion. `progress` is told how many rows each had. Raises ImportStopped where the
    database fails on the way: what is done stays, and the rest comes in when it is run again.
    A deadlock in the first portion is raised as it is, for the caller to run all of it again.
    """
    with reading():
        importing = Import(event, file, at=at)
    entry, stopped_after = None, 1  # the header
    for rows in short_portions(file.rows, least=FEWEST_AT_ONCE):
        try:
            with transaction():
                brought = importing.bring(rows)
                entry = _recorded(entry, record, brought.added + brought.updated)
        except SQLAlchemyError as error:
            if stopped_after == 1 and is_worth_another_try(error):
                raise  # nothing is done yet: whoever called is run again from the beginning
            if trouble(error) or is_worth_another_try(error):
                raise ImportStopped(number=stopped_after) from error
            raise
        importing.report.add(brought)
        stopped_after = rows[-1].number
        progress(len(rows))
    with reading():
        importing.report.fit = importing.count_who_fit()
    return importing.report


def _recorded(
    entry: AuditEntry | None, record: Callable[..., AuditEntry], changed: int
) -> AuditEntry | None:
    if entry is None:
        return record(count=changed) if changed else None
    entry.count = (entry.count or 0) + changed
    return entry


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
