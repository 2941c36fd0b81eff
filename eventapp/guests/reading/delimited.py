"""Text with a delimiter: commas, semicolons, tabs or bars; as one sheet of numbered rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from eventapp.core.csv_safe import plain_cell
from eventapp.guests.reading.encodings import Decoded
from eventapp.guests.reading.header import TOP_ROWS, Header, find_header
from eventapp.guests.reading.quotes import QuoteReader, is_row, mended_records
from eventapp.guests.reading.refusals import EmptyFile, TooManyRows
from eventapp.guests.reading.sheet import CELL_MOST, MOST_COLUMNS, MOST_ROWS, Row, Sheet, is_filled

TOP_MOST = 1_000_000  # characters, in which the header is looked for
DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?(?:\r\n?|\n)', re.IGNORECASE)  # Excel's own
_LINES_IN_CELL = re.compile(r"[\r\n]")


class _Top(NamedTuple):
    """The first rows that are not blank, as one delimiter makes them."""

    rows: list[Row]
    mended: int  # of them, whose quotes do not close
    cut: int  # cells with one of two quotes


def read_delimited(decoded: Decoded, wanted: Collection[str] = ()) -> Sheet:
    """The rows of a text, by the delimiter with which its header is understood best. Titles in
    `wanted` are known already, by their keys.

    A quote that does not close belongs to its cell, and its row is told to be mended. Raises
    EmptyFile or TooManyRows.
    """
    text, delimiters = decoded.text, DELIMITERS
    if separator := _SEPARATOR_LINE.match(text):
        text, delimiters = text[separator.end() :], separator[1]
    delimiter = _best_delimiter(text, delimiters, wanted)
    mended: set[int] = set()
    rows = _strict_rows(text, delimiter)
    if rows is None:
        records = mended_records(text, delimiter)
        rows = [(number, cells) for number, cells in _numbered(records, mended)]
    return Sheet(rows, encoding=decoded.encoding, is_sure=decoded.is_sure, mended=frozenset(mended))


def _best_delimiter(text: str, delimiters: str, wanted: Collection[str]) -> str:
    tops = {delimiter: _top(text, delimiter) for delimiter in delimiters}
    if not any(top.rows for top in tops.values()):
        raise EmptyFile
    whole = {one: top for one, top in tops.items() if not top.cut}
    known = [
        (
            *(header.understood, -top.mended, len(header.titles) > 1),
            *(_even_rows(header, top.rows), len(header.titles), delimiter),
        )
        for delimiter, top in (whole or tops).items()
        if (header := find_header(top.rows, wanted))
    ]
    if known:
        return max(known, key=lambda one: one[:-1])[-1]
    return max(delimiters, key=lambda one: text[:10_000].count(one))  # the first of equals


def _even_rows(header: Header, top: Sequence[Row]) -> float:
    """The share of the rows that have as many cells as the header, or more."""
    below = [cells for number, cells in top if number > header.number]
    even = sum(len(cells) >= len(header.titles) for cells in below)
    return even / len(below) if below else 1.0


def _top(text: str, delimiter: str) -> _Top:
    reader, mended = QuoteReader(text[:TOP_MOST], delimiter), set[int]()
    rows = (row for row in _numbered(reader, mended) if is_filled(row[1]))
    return _Top(list(islice(rows, TOP_ROWS)), len(mended), reader.cut)


def _strict(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _strict_rows(text: str, delimiter: str) -> list[Row] | None:
    """The rows of text whose quotes are right. Returns None for any other."""
    rows: list[Row] = []
    width = 0
    try:
        for number, cells in enumerate(_strict(text, delimiter), start=1):
            width = max(width, len(cells)) if number <= TOP_ROWS else width
            suspects = (cell for cell in cells if delimiter in cell)
            if any(_has_swallowed_rows(cell, delimiter, width) for cell in suspects):
                return None
            rows.append((number, _fitted(cells, number)))
    except csv.Error:
        return None
    return rows


def _has_swallowed_rows(cell: str, delimiter: str, width: int) -> bool:
    """Whether rows stand in a cell: between two quotes that have nothing to do with each other."""
    lines = _LINES_IN_CELL.split(cell)
    return any(is_row(line, delimiter, width) for line in lines[1:])


def _numbered(records: Iterable[tuple[list[str], bool]], mended: set[int]) -> Iterator[Row]:
    for number, (cells, is_mended) in enumerate(records, start=1):
        if is_mended:
            mended.add(number)
        yield number, _fitted(cells, number)


def _fitted(cells: list[str], number: int) -> list[str]:
    if number > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    return [plain_cell(cell[: CELL_MOST + 1]) for cell in cells[:MOST_COLUMNS]]
