"""How far an import is: counted in its row, in the transaction that writes the guests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from eventapp.guests.import_report import ImportReport
from eventapp.guests.notes import notes_as_json
from eventapp.guests.reading.guest_file import GuestFile
from eventapp.guests.reading.guest_row import GuestRow
from eventapp.model import GuestImport

_COUNTED = ("added", "updated", "unchanged", "waitlisted", "arrived")


def count_begun(kept: GuestImport, file: GuestFile) -> None:
    """Note what was read of a list, unless some of it is written already."""
    if kept.done == 0:
        kept.rows, kept.skipped = len(file.rows), len(file.skipped)
        kept.shown = {
            "skipped": notes_as_json(file.skipped),
            "flagged": notes_as_json(file.flagged),
        }


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
