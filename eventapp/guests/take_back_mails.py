"""The mails that taking an import back would send: it is done on copies of the rows it changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_, select

from eventapp.core.copies import on_copies
from eventapp.core.db import db, in_portions
from eventapp.core.outgoing import noting_mails
from eventapp.guests.take_back import finish, next_to_take_back, take_back_some
from eventapp.model import (
    CheckIn,
    CheckOut,
    DoorConflict,
    DoorLog,
    Event,
    GuestImport,
    ImportedGuest,
    NameWord,
    NearWord,
    Notice,
    OutboxMail,
    Rsvp,
    Status,
    TicketCode,
)


def mails_of_take_back(kept: GuestImport, *, at: datetime) -> list[OutboxMail]:
    """The mails to whom of the waitlist gets a place. Nobody waits for a lock meanwhile. Whose
    seats stay as they are is left out, as it tells nothing.
    """
    if not _may_promote(kept):
        return []
    kept_id = kept.id
    changes_seats = or_(
        ImportedGuest.before.is_(None),
        *(ImportedGuest.before[name].as_string().is_not(None) for name in ("status", "companions")),
    )
    with on_copies(_rows_for(kept)), noting_mails() as mails:
        rsvp_ids = db.session.scalars(next_to_take_back(kept_id, changes_seats)).all()
        for some in in_portions(rsvp_ids):
            take_back_some(kept_id, some, at=at)
        finish(kept_id, at=at)
    return mails


def _may_promote(kept: GuestImport) -> bool:
    """Whether anybody waits, or would again."""
    waits = exists().where(Rsvp.event_id == kept.event_id, Rsvp.status == Status.WAITLISTED)
    waited = exists().where(
        ImportedGuest.import_id == kept.id,
        ImportedGuest.before["status"].as_string() == Status.WAITLISTED,
    )
    return bool(db.session.scalar(select(or_(waits, waited))))


def _rows_for(kept: GuestImport) -> dict[type[Any], list[ColumnElement[bool]]]:
    """The rows that it reads or changes: all of the event's, but for its words and its codes."""
    event_id = kept.event_id
    guests = select(Rsvp.id).where(Rsvp.event_id == event_id)
    check_ins = select(CheckIn.id).where(CheckIn.event_id == event_id)
    imports = select(GuestImport.id).where(GuestImport.event_id == event_id)
    return {
        Event: [Event.id == event_id],
        GuestImport: [GuestImport.event_id == event_id],
        ImportedGuest: [ImportedGuest.import_id.in_(imports)],
        **{table: [table.event_id == event_id] for table in (Rsvp, CheckIn, DoorLog)},
        CheckOut: [CheckOut.check_in_id.in_(check_ins)],
        Notice: [Notice.rsvp_id.in_(guests)],
        OutboxMail: [OutboxMail.about_id.in_(guests)],
        **{table: [false()] for table in (DoorConflict, NameWord, NearWord, TicketCode)},
    }
