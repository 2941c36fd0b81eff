"""Whom an import has not coming any more, and whose calendar has the event still: an import mails
nobody by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select

from eventapp.core.db import db
from eventapp.model import DECLINED, GuestImport, ImportedGuest, OutboxMail, Rsvp
from eventapp.rsvp.actions import lock_seats, notify


def count_in_calendars(kept: GuestImport, *, at: datetime) -> int:
    """How many of them may be told."""
    if not _may_tell(kept, at):
        return 0
    return db.session.scalar(select(func.count(Rsvp.id)).where(*_in_calendars(kept))) or 0


def take_out_of_calendars(kept: GuestImport, *, at: datetime) -> int:
    """Mail each of them once what takes the event out of their calendar. Returns how many."""
    lock_seats(kept.event)
    guests = _guests(kept) if _may_tell(kept, at) else []
    for rsvp in guests:
        notify.gave_place_back(rsvp, at=at)
    return len(guests)


def _may_tell(kept: GuestImport, at: datetime) -> bool:
    """A called off event takes itself out, and one that is over does no harm there."""
    event = kept.event
    return not (kept.taken_back_at or event.called_off_at or event.ends_at <= at)


def _guests(kept: GuestImport) -> Sequence[Rsvp]:
    found = select(Rsvp).where(*_in_calendars(kept)).order_by(Rsvp.id)
    return db.session.scalars(found.execution_options(populate_existing=True)).all()


def _in_calendars(kept: GuestImport) -> list[ColumnElement[bool]]:
    changed = exists().where(
        ImportedGuest.rsvp_id == Rsvp.id,
        ImportedGuest.import_id == kept.id,
        ImportedGuest.before.is_not(None),
    )
    told = exists().where(
        OutboxMail.about_id == Rsvp.id,
        OutboxMail.template == notify.CANCELLED,
        OutboxMail.created_at >= Rsvp.in_calendar_since,
        OutboxMail.failed_at.is_(None),
    )
    return [
        Rsvp.event_id == kept.event_id,
        Rsvp.status.in_(DECLINED),
        Rsvp.person_id.is_not(None),
        Rsvp.in_calendar_since.is_not(None),
        Rsvp.removed_at.is_(None),
        changed,
        ~told,
    ]
