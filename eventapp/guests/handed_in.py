"""Lists that were handed in to be imported: kept until they are confirmed or given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from flask import current_app
from sqlalchemy import and_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import joinedload, undefer

from eventapp.core.db import db, execute, found, lock
from eventapp.core.due import AT_ONCE, Due, deletion
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.sent_forms import add_once
from eventapp.guests.preview import Corrections, preview, read_list
from eventapp.guests.reading.guest_file import GuestFile
from eventapp.guests.reading.remembered import Said
from eventapp.guests.reading.tables import refuse_at_sight
from eventapp.guests.remembered import counted_in, remember
from eventapp.model import Event, GuestImport, OutboxMail, Person, Rsvp
from eventapp.rsvp.actions import notify

KEPT = timedelta(days=1)  # a list that nobody confirms, and what is shown of one that is written
BYTES_AT_ONCE = 300_000  # of a list that a request reads itself
CARRIED_ON_AFTER = timedelta(minutes=2)  # by the worker, if the request ended halfway


class AlreadyConfirmed(Refusal):
    code = "import_confirmed"
    message = _l("This list is being imported already, or has been.")


class NothingToImport(Refusal):
    code = "import_nothing"
    message = _l("There's nobody to import in this list as it is read now.")


def hand_in(
    event: Event,
    data: bytes,
    *,
    file_name: str,
    by: Person | None,
    form_id: str | None,
    shown: dict[str, Any] | None,
    at: datetime,
) -> GuestImport:
    """Keep a list to be confirmed. `shown` is its preview; None leaves reading it to the worker."""

    def add() -> GuestImport:
        row = GuestImport(
            event_id=event.id,
            by_id=by.id if by else None,
            file_name=file_name,
            data=data,
            created_at=at,
        )
        _show(row, shown, at=at)
        db.session.add(row)
        return row

    there = select(GuestImport).where(GuestImport.event_id == event.id)
    return add_once(form_id, sha256(data).hexdigest(), there, add, at=at)


def _show(kept: GuestImport, shown: dict[str, Any] | None, *, at: datetime) -> None:
    if shown is None:
        kept.shown, kept.rows, kept.due_at = None, 0, at
    else:
        show_read(kept, shown)


def show_read(kept: GuestImport, shown: dict[str, Any]) -> None:
    """Keep how a list is read. The row must be locked."""
    kept.shown, kept.rows, kept.due_at = shown, shown.get("guests", 0), None


def import_of(event: Event, import_id: int) -> GuestImport:
    """With what is shown of it, and without the file. Raises NotFound."""
    return found(
        select(GuestImport)
        .where(GuestImport.event_id == event.id, GuestImport.id == import_id)
        .options(undefer(GuestImport.shown))
    )


def imports_of(event: Event) -> Sequence[GuestImport]:
    """The last first."""
    return db.session.scalars(
        select(GuestImport)
        .where(GuestImport.event_id == event.id)
        .order_by(GuestImport.id.desc())
        .options(joinedload(GuestImport.by))
    ).all()


def corrections_of(kept: GuestImport) -> Corrections:
    return Corrections(kept.mapping, kept.meanings, kept.encoding)


def file_of(kept: GuestImport) -> bytes:
    data = db.session.scalar(select(GuestImport.data).where(GuestImport.id == kept.id))
    return data or b""


def read_as_shown(kept: GuestImport) -> GuestFile | None:
    """Read a list as it was shown and confirmed; None, noted in the log, if other guests come of it
    now: the event has other questions, or the server reads such lists better.
    """
    event, shown = kept.event, kept.shown
    said = corrections_of(kept)
    try:
        file = read_list(event, file_of(kept), said, remembered=counted_in(shown))
    except SQLAlchemyError:
        raise
    except Exception:
        current_app.logger.exception("a guest list that was confirmed cannot be read")
        return None
    if len(file.rows) != kept.rows:
        current_app.logger.error("a guest list has %s rows, not %s", len(file.rows), kept.rows)
        return None
    return file


def cut_short(kept: GuestImport, *, at: datetime) -> None:
    """End an import of which no more can be read, and delete its file. What is written stays."""
    lock(kept)
    if kept.finished_at is None:
        kept.finished_at, kept.due_at, kept.data = at, None, None
        if not kept.done:  # no more than a preview
            kept.shown = None


def preview_at_once(
    event: Event, data: bytes, said: Corrections, *, at: datetime
) -> dict[str, Any] | None:
    """The preview of a list, or None if it is so long that the worker reads it. Raises
    FileRefused.
    """
    if len(data) <= BYTES_AT_ONCE:
        return preview(event, data, said, at=at)
    refuse_at_sight(data)
    return None


def correct(
    kept: GuestImport, said: Corrections, shown: dict[str, Any] | None, *, at: datetime
) -> None:
    """Note what somebody says of a list, and how it is read now. Raises AlreadyConfirmed."""
    lock(kept)
    if kept.confirmed_at:
        raise AlreadyConfirmed
    kept.mapping, kept.meanings = dict(said.mapping), dict(said.meanings)
    kept.encoding = said.encoding
    _show(kept, shown, at=at)


def confirm(kept: GuestImport, *, at: datetime) -> None:
    """Let a list be written: a long one by the worker, which also carries on one that a request
    left halfway. Raises AlreadyConfirmed, NothingToImport.
    """
    lock(kept)
    if kept.confirmed_at:
        raise AlreadyConfirmed
    if not kept.rows or kept.due_at:
        raise NothingToImport
    remember_corrections(kept, at=at)
    kept.confirmed_at = at
    kept.due_at = at if kept.is_long else at + CARRIED_ON_AFTER


def remember_corrections(kept: GuestImport, *, at: datetime) -> None:
    """For the community's next list with the same titles."""
    said = Said(kept.mapping, kept.meanings)
    remember(kept.event.community_id, (kept.shown or {})["titles_key"], said, at=at)


def has_mailed(kept: GuestImport) -> bool:
    """Whether somebody was mailed a place while this list was written: it may have freed some."""
    about = select(Rsvp.id).where(Rsvp.event_id == kept.event_id, Rsvp.id == OutboxMail.about_id)
    meanwhile = OutboxMail.created_at.between(kept.confirmed_at, kept.finished_at)
    promoted = select(OutboxMail.id).where(
        OutboxMail.template == notify.PROMOTED, meanwhile, about.exists()
    )
    return db.session.scalar(promoted.limit(1)) is not None


def give_up(kept: GuestImport) -> None:
    """Delete a list with its file. Raises AlreadyConfirmed."""
    lock(kept)
    if kept.confirmed_at:
        raise AlreadyConfirmed
    db.session.delete(kept)


forget_unconfirmed = deletion(
    GuestImport.id,
    lambda at: and_(GuestImport.confirmed_at.is_(None), GuestImport.created_at < at - KEPT),
)


def _find_unwritten(at: datetime) -> Sequence[int]:
    stuck = GuestImport.confirmed_at.is_not(None), GuestImport.finished_at.is_(None)
    old = GuestImport.due_at < at - KEPT
    return db.session.scalars(select(GuestImport.id).where(*stuck, old).limit(AT_ONCE)).all()


def _forget_unwritten(ids: Sequence[int], at: datetime) -> int:
    rows = [row for key in ids if (row := db.session.get(GuestImport, key))]
    for kept in rows:
        cut_short(kept, at=at)
    return len(rows)


forget_unwritten = Due("ending imports that take over a day", _find_unwritten, _forget_unwritten)


def _find_shown(at: datetime) -> Sequence[int]:
    written = GuestImport.finished_at < at - KEPT, GuestImport.shown.is_not(None)
    return db.session.scalars(select(GuestImport.id).where(*written).limit(AT_ONCE)).all()


def _forget_shown(ids: Sequence[int], at: datetime) -> int:
    old = GuestImport.id.in_(ids), GuestImport.finished_at < at - KEPT
    return execute(update(GuestImport).where(*old).values(shown=None)).rowcount


forget_shown = Due("forgetting rows of imported lists", _find_shown, _forget_shown)
