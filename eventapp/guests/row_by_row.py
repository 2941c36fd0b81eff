"""Write a portion of a list though one of its rows can't be written: that one is skipped, and said
so. Whatever is wrong with it, it must not hold up the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import current_app

from eventapp.core.database_errors import Vanished, trouble
from eventapp.core.db import savepoint
from eventapp.guests.import_report import ImportReport
from eventapp.guests.reading.guest_row import GuestRow, RowNote
from eventapp.guests.refusals import RowNotWritten

MOST_NOT_WRITTEN = 50  # rows of a list; where more fail, it is not for what is in them
Write = Callable[[Sequence[GuestRow]], ImportReport]


class RowByRow:
    """Writes portions of one list. A portion that fails is undone and written in halves, down to
    the row that makes it fail.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._failed: set[int] = set()  # numbers of rows

    def write(self, rows: Sequence[GuestRow]) -> ImportReport:
        """Raises what a row raised, once so many did. The transaction must be rolled back then."""
        try:
            return self._try(rows)
        except Exception as error:
            if isinstance(error, Vanished) or trouble(error):  # has nothing to do with a row
                raise
        if len(rows) == 1:
            return self._write_one(rows[0])
        half = len(rows) // 2
        report = self.write(rows[:half])
        report.add(self.write(rows[half:]))
        return report

    def _try(self, rows: Sequence[GuestRow]) -> ImportReport:
        with savepoint():
            return self._write(rows)

    def _write_one(self, row: GuestRow) -> ImportReport:
        """Try it once more, as what failed may have been somebody else's write, or skip it."""
        try:
            return self._try([row])
        except Exception as error:
            self._failed.add(row.number)
            if trouble(error) or len(self._failed) >= MOST_NOT_WRITTEN:
                raise
            current_app.logger.exception("row %s of a guest list cannot be written", row.number)
        return ImportReport(skipped=[RowNote(row.number, RowNotWritten(), row.name)])
