"""How far an import is: counted in its row, in the transaction that writes the guests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from eventapp.core.db import db
from eventapp.guests.import_report import ImportReport
from eventapp.guests.notes import notes_as_json
from eventapp.guests.reading.guest_file import GuestFile
from eventapp.guests.reading.guest_row import GuestRow
from eventapp.guests.remembered import as_counted
from eventapp.model import Event, GuestImport, ImportedGuest

_COUNTED = ("added", "updated", "unchanged", "waitlisted", "arrived")


def count_begun(kept: GuestImport, file: GuestFile) -> None:
    """Note what was read of a list, unless some of it is written already."""
    if kept.done == 0:
        kept.rows, kept.skipped = len(file.rows), len(file.skipped)
        kept.shown = {
            "skipped": notes_as_json(file.skipped),
            "flagged": notes_as_json(file.flagged),
            **as_counted(file),
        }


def keep_begun(
    event: Event, file: GuestFile, file_name: str, *, done: int, at: datetime
) -> GuestImport:
    """Make the row of an import that was not handed in. Of its rows, `done` changed nothing. It
    counts as finished meanwhile, as nobody else goes on with it if it stops.
    """
    kept = GuestImport(event_id=event.id, file_name=file_name, created_at=at)
    kept.confirmed_at = kept.finished_at = at
    kept.rows = kept.done = 0
    count_begun(kept, file)
    kept.done = kept.unchanged = done
    for name in ("added", "updated", "waitlisted", "arrived"):
        setattr(kept, name, 0)
    db.session.add(kept)
    db.session.flush()
    return kept


def note_done(kept: GuestImport, done_to_guests: Iterable[dict[str, Any]]) -> None:
    """Keep what a portion did to each guest, so that it can be taken back."""
    if rows := [{"import_id": kept.id, **one} for one in done_to_guests]:
        db.session.execute(insert(ImportedGuest), rows)


def count_written(
    kept: GuestImport, rows: Sequence[GuestRow], report: ImportReport, *, at: datetime
) -> None:
    """Note that a portion of a list is written. The last one finishes the import, and deletes the
    file. The row must be locked.
    """
    for name in _COUNTED:
        setattr(kept, name, getattr(kept, name) + getattr(report, name))
    kept.done += len(rows)
    kept.skipped += len(report.skipped)
    for kind, notes in (("skipped", report.skipped), ("flagged", report.flagged)):
        if notes and kept.shown is not None:
            told = [*kept.shown[kind], *notes_as_json(notes)]
            kept.shown = {**kept.shown, kind: sorted(told, key=lambda note: note[0])}
    if kept.done >= kept.rows:
        kept.finished_at, kept.due_at, kept.data = at, None, None
