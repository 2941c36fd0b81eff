"""Read a guest list of another tool: Luma, Eventbrite, Meetup, a form, a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from eventapp.core.errors import Refusal
from eventapp.core.text import clean_line
from eventapp.guests.guest_row import GuestRow, RowReader
from eventapp.guests.import_report import SkippedRow
from eventapp.guests.refusals import RepeatedGuest
from eventapp.guests.table import read_table
from eventapp.model import DECLINED


@dataclass(frozen=True, slots=True)
class GuestFile:
    columns: dict[str, str]  # meaning (see `columns.recognise`) => title of the column
    rows: list[GuestRow]  # one per guest, in the order of the file
    skipped: list[SkippedRow]  # in the order of the file


def read(data: bytes, *, zone: tzinfo = UTC, questions: Sequence[str] = ()) -> GuestFile:
    """Read the bytes of a guest list. Times without an offset are taken in `zone`. A column titled
    like one of the event's `questions` has the answers to it.

    Every row that is not blank becomes a guest, or is skipped with its reason. A guest who is in
    the list twice, by e-mail or id, is read once: from the first row, or from the first row that
    is coming if an earlier one was cancelled. Nothing is looked up or written.
    Raises FileRefused if the file as a whole cannot be read.
    """
    table = read_table(data)
    reader = RowReader(table.header, zone, questions)
    rows: list[GuestRow] = []
    skipped: list[SkippedRow] = []
    for number, cells in table.rows:
        if not any(map(clean_line, cells)):
            continue
        try:
            rows.append(reader.read(number, cells))
        except Refusal as no:
            skipped.append(SkippedRow(number, no))
    for identity in (_ref, _mailbox):
        rows, repeated = _one_each(rows, identity)
        skipped += repeated
    return GuestFile(
        columns={meaning: table.header[i] for meaning, i in reader.columns.items()},
        rows=rows,
        skipped=sorted(skipped, key=lambda row: row.number),
    )


def _ref(row: GuestRow) -> str:
    return row.ref


def _mailbox(row: GuestRow) -> str:
    return row.mailbox or row.ref


def _one_each(
    rows: list[GuestRow], identity: Callable[[GuestRow], str]
) -> tuple[list[GuestRow], list[SkippedRow]]:
    """One row for each identity, and the rows that repeat one."""
    chosen: dict[str, GuestRow] = {}
    for row in rows:
        earlier = chosen.setdefault(identity(row), row)
        if earlier.status in DECLINED and row.status not in DECLINED:  # cancelled, then came back
            chosen[identity(row)] = row
    kept, repeated = [], []
    for row in rows:
        if (other := chosen[identity(row)]) is row:
            kept.append(row)
        else:
            repeated.append(SkippedRow(row.number, RepeatedGuest(number=other.number)))
    return kept, repeated
