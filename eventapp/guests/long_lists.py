"""Lists that are too long for a request: the worker reads them, and writes those confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, and_, select

from eventapp.communities.actions import record
from eventapp.core.database_errors import trouble
from eventapp.core.db import db, lock
from eventapp.core.due import AT_ONCE, Due
from eventapp.guests.handed_in import (
    corrections_of,
    cut_short,
    file_of,
    read_as_shown,
    show_read,
)
from eventapp.guests.importer import ROWS_LEAST, Import
from eventapp.guests.notes import as_json
from eventapp.guests.preview import preview
from eventapp.guests.reading.refusals import FileRefused
from eventapp.guests.refusals import NotRead
from eventapp.model import AuditVerb, Event, GuestImport

ROUNDS_MOST = 5  # in which a list fails before it is ended


class _Reader:
    """Reads one list in a round: in `find`, which holds no lock meanwhile."""

    def __init__(self) -> None:
        self._shown: dict[str, Any] = {}
        self._due_at: datetime | None = None

    def find(self, at: datetime) -> Sequence[int]:
        kept = _next(GuestImport.confirmed_at.is_(None), at)
        if kept is None:
            return []
        kept_id, self._due_at = kept.id, kept.due_at
        self._shown = _read(kept, at)
        return [kept_id]

    def do(self, ids: Sequence[int], at: datetime) -> int:
        """Keep what was read, unless somebody has given the list up or corrected it meanwhile."""
        kept = db.session.get(GuestImport, ids[0])
        if kept is None:
            return 0
        lock(kept)
        if kept.due_at != self._due_at:
            return 0
        show_read(kept, self._shown)
        return 1


def _read(kept: GuestImport, at: datetime) -> dict[str, Any]:
    event, data, said = kept.event, file_of(kept), corrections_of(kept)
    try:
        return preview(event, data, said, at=at)
    except FileRefused as no:
        return {"refused": as_json(no), "columns": [], "words": [], "encoding": ""}
    except Exception:
        current_app.logger.exception("a guest list cannot be read")
        return {"refused": as_json(NotRead()), "columns": [], "words": [], "encoding": ""}


class _Writer:
    """Writes one list, at most AT_ONCE rows in a round, and reads it once for all of them. One that
    fails in ROUNDS_MOST rounds ends, so that the next can be written.
    """

    def __init__(self) -> None:
        self._list: tuple[int, datetime | None] | None = None  # id and confirmation, as ids return
        self._importing: Import | None = None  # None: it can't be read or written
        self._failures = 0

    def find(self, at: datetime) -> Sequence[int]:
        """The positions of the rows that come next; one where a list is to be ended."""
        is_confirmed = GuestImport.confirmed_at.is_not(None), GuestImport.finished_at.is_(None)
        kept = _next(and_(*is_confirmed), at)
        if kept is None:
            self._list = None
            return []
        done, list_ = kept.done, (kept.id, kept.confirmed_at)
        if list_ != self._list:
            self._importing, self._failures = self._begun(kept, at), 0
            self._list = list_
        if self._importing is None or self._failures >= ROUNDS_MOST:
            self._importing = None
            return [done]
        return range(done, min(len(self._importing.file.rows), done + AT_ONCE))

    def do(self, positions: Sequence[int], at: datetime) -> int:
        importing, kept = self._importing, db.session.get(GuestImport, self._list and self._list[0])
        if kept is None:  # the event was discarded
            return 0
        if importing is None:
            cut_short(kept, at=at)
            return 1
        importing.event, importing.at = db.session.get_one(Event, kept.event_id), at
        rows = importing.file.rows[positions[0] : positions[-1] + 1]
        note = partial(record, AuditVerb.GUESTS_IMPORTED, importing.event, by=kept.by, at=at)
        try:
            importing.write_noted(rows, note)
        except Exception as error:
            self._failures += not trouble(error)
            raise
        return len(rows)

    def _begun(self, kept: GuestImport, at: datetime) -> Import | None:
        try:
            file = read_as_shown(kept)
            return Import(kept.event, file, at=at, kept_id=kept.id) if file else None
        except Exception as error:
            if trouble(error):
                raise
            current_app.logger.exception("a guest list that was confirmed cannot be imported")
            return None


def _next(which: ColumnElement[bool], at: datetime) -> GuestImport | None:
    return db.session.scalar(
        select(GuestImport)
        .where(which, GuestImport.due_at <= at)
        .order_by(GuestImport.due_at, GuestImport.id)
        .limit(1)
    )


_reader, _writer = _Reader(), _Writer()
read_long_lists = Due("lists to be read", _reader.find, _reader.do)
write_long_lists = Due("lists to be imported", _writer.find, _writer.do, least=ROWS_LEAST)
