"""What became of the guests whom an import added or changed: who has acted since, who stayed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from eventapp.core.db import db
from eventapp.door.log import IMPORT
from eventapp.model import (
    AuditEntry,
    DoorLog,
    Encounter,
    FloorQuestion,
    GuestImport,
    ImportedGuest,
    Notice,
    OutboxMail,
    Rsvp,
    Status,
    Stays,
)


class Staying(NamedTuple):
    rsvp_id: int
    name: str
    why: str  # a `Stays`


def who_acted(kept: GuestImport, rsvp_ids: Collection[int] | None = None) -> Sequence[Staying]:
    """Those guests of an import who stay if it is taken back: who have acted since, or whom a host
    changed. None of a list that was never imported.
    """
    if kept.confirmed_at is None:
        return []
    why = func.coalesce(ImportedGuest.stays, _why(kept))
    found = (
        select(Rsvp.id, Rsvp.name, why)
        .join(ImportedGuest, ImportedGuest.rsvp_id == Rsvp.id)
        .where(ImportedGuest.import_id == kept.id, why.is_not(None))
        .order_by(Rsvp.name_key, Rsvp.id)
    )
    if rsvp_ids is not None:
        found = found.where(Rsvp.id.in_(rsvp_ids))
    return [Staying(rsvp_id, name, why or "") for rsvp_id, name, why in db.session.execute(found)]


def _why(kept: GuestImport) -> ColumnElement[str | None]:
    """Why a guest stays; NULL for one who does not."""
    since = kept.confirmed_at
    # Anonymous questions don't count: hosts would know that there is one of this guest's.
    by_name = FloorQuestion.rsvp_id == Rsvp.id, ~FloorQuestion.is_anonymous
    asked = exists().where(*by_name, FloorQuestion.created_at > since)
    answered = or_(Rsvp.changed_at > since, Rsvp.confirmed_at > since, asked)
    at_door = exists().where(
        DoorLog.rsvp_id == Rsvp.id, DoorLog.by != IMPORT, DoorLog.heard_at > since
    )
    met = exists().where(
        or_(Encounter.noter_id == Rsvp.id, Encounter.met_id == Rsvp.id),
        Encounter.noted_at > since,
    )
    # A mail that no worker has yet goes with its guest.
    is_free = OutboxMail.sent_at.is_(None), OutboxMail.leased_until.is_(None)
    unsent = exists().where(OutboxMail.notice_id == Notice.id, *is_free)
    noticed = exists().where(Notice.rsvp_id == Rsvp.id, Notice.at > since, ~unsent)
    is_out = or_(OutboxMail.sent_at.is_not(None), OutboxMail.leased_until.is_not(None))
    mailed = exists().where(OutboxMail.about_id == Rsvp.id, OutboxMail.created_at > since, is_out)
    other = aliased(ImportedGuest)
    is_later = tuple_(GuestImport.confirmed_at, GuestImport.id) > (since, kept.id)
    again = exists().where(other.rsvp_id == Rsvp.id, other.import_id == GuestImport.id, is_later)
    # Of whom the list changed, what a host changed since is kept, and the rest is given back.
    edited = and_(
        ImportedGuest.before.is_(None),
        exists().where(AuditEntry.rsvp_id == Rsvp.id, AuditEntry.at > since),
    )
    return case(
        (answered, Stays.ANSWERED.value),
        (at_door, Stays.CAME.value),
        (met, Stays.MET.value),
        (or_(noticed, mailed), Stays.TOLD.value),
        (again, Stays.LATER_LIST.value),
        (edited, Stays.EDITED.value),
    )


def note_merged(rsvp: Rsvp) -> None:
    """Have a guest stay where an import left them, as another became one with them."""
    done = update(ImportedGuest).where(ImportedGuest.rsvp_id == rsvp.id)
    db.session.execute(done.values(stays=Stays.MERGED))


def who_stayed(kept: GuestImport) -> Sequence[Staying]:
    """Those who stayed when it was taken back."""
    found = (
        select(Rsvp.id, Rsvp.name, ImportedGuest.stays)
        .join(ImportedGuest, ImportedGuest.rsvp_id == Rsvp.id)
        .where(ImportedGuest.import_id == kept.id, ImportedGuest.stays.is_not(None))
        .order_by(Rsvp.name_key, Rsvp.id)
    )
    return [Staying(rsvp_id, name, why or "") for rsvp_id, name, why in db.session.execute(found)]


class TakenBack(NamedTuple):
    """How many guests."""

    gone: int
    as_before: int


def count_taken_back(kept: GuestImport) -> TakenBack:
    """Of whom an import added, who left; and of whom it changed, who is as before."""
    is_new = ImportedGuest.before.is_(None)
    stayed = select(is_new, func.count()).where(
        ImportedGuest.import_id == kept.id, ImportedGuest.stays.is_not(None)
    )
    there = {bool(new): count for new, count in db.session.execute(stayed.group_by(is_new))}
    return TakenBack(
        max(0, kept.added - there.get(True, 0)), max(0, kept.updated - there.get(False, 0))
    )


def count_waiting(kept: GuestImport) -> int:
    """How many guests it added or changed are on the waitlist now."""
    mine = select(ImportedGuest.rsvp_id).where(ImportedGuest.import_id == kept.id)
    waiting = Rsvp.id.in_(mine), Rsvp.status == Status.WAITLISTED
    return db.session.scalar(select(func.count()).where(*waiting)) or 0


def count_imported(kept: GuestImport) -> int:
    """How many guests it added or changed; once it is taken back, how many are left to be."""
    mine = select(func.count()).where(ImportedGuest.import_id == kept.id)
    if kept.taken_back_at:
        mine = mine.where(ImportedGuest.stays.is_(None))
    return db.session.scalar(mine) or 0
