"""Read a CSV file, whatever its encoding and delimiter, as a header and numbered rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from eventapp.core.csv_safe import plain_cell
from eventapp.core.text import clean_line, fold
from eventapp.guests import columns
from eventapp.guests.refusals import (
    BinaryFile,
    EmptyFile,
    FileTooBig,
    MalformedCsv,
    NoColumns,
    TooManyRows,
)

MOST_MEGABYTES = 10
MOST_ROWS = 100_000
MOST_COLUMNS = 200
CELL_MOST = 10_000  # characters; the rest is not read, and the row is skipped
TITLE_MOST = 300  # characters; the rest is not read
HEADER_WITHIN_ROWS = 10  # there may be headings above the header

_DELIMITERS = ",;\t"
_BINARY_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x1f\x8b")
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"?\r?\n', re.IGNORECASE)  # Excel's own, no row of it


@dataclass(frozen=True, slots=True)
class Table:
    """A header without repeated titles, and the rows below it, each with as many cells, and with
    its number as a spreadsheet shows it: the first row of the file is 1.
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(data: bytes) -> Table:
    """Read a CSV file: comma, semicolon or tab; UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises FileTooBig, TooManyRows, EmptyFile, BinaryFile, MalformedCsv, or NoColumns if no row near
    the top has a title for names or e-mail addresses.
    """
    text, delimiters = _decode(data), _DELIMITERS
    if separator := _SEPARATOR_LINE.match(text):
        text, delimiters = text[separator.end() :], separator[1]
    delimiter, top = _find_header(text, delimiters)
    records = (record for record in _records(text, delimiter) if record[0] >= top)
    header = _unrepeated([clean_line(title) for title in _titles(next(records)[1])])
    return Table(header, [(number, _fitted(cells, len(header))) for number, cells in records])


def _decode(data: bytes) -> str:
    if len(data) > MOST_MEGABYTES * 1_000_000:
        raise FileTooBig(most=MOST_MEGABYTES)
    if data.startswith(_BINARY_STARTS):
        raise BinaryFile
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise BinaryFile
        if not text.strip():
            raise EmptyFile
        return text
    raise BinaryFile


def _encodings(data: bytes) -> tuple[str, ...]:
    has_utf_16_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return ("utf-16",) if has_utf_16_mark else ("utf-8-sig", "cp1252")


def _find_header(text: str, delimiters: str) -> tuple[str, int]:
    """The delimiter with which the header is understood best, and the header's row number."""
    tops = [
        (columns.understood(titles), number, titles, delimiter)
        for delimiter in delimiters
        for number, titles in _top_records(text, delimiter)
    ]
    if not tops:
        list(_records(text, delimiters[0]))  # raises MalformedCsv if that is the reason
        raise EmptyFile
    understood, number, titles, delimiter = max(
        tops, key=lambda top: (top[0], -top[1], len(top[2]))
    )
    if not understood.says_who:
        raise NoColumns(headers=", ".join(clean_line(title)[:40] for title in titles[:10]))
    return delimiter, number


def _top_records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The first records that are not blank, as far as they can be read with this delimiter."""
    records = ((number, _titles(cells)) for number, cells in _records(text, delimiter))
    with suppress(MalformedCsv, TooManyRows):
        yield from islice((r for r in records if any(map(fold, r[1]))), HEADER_WITHIN_ROWS)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with its number, from 1. Raises MalformedCsv if the quotes do not match."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise TooManyRows(most=MOST_ROWS)
            yield number, [plain_cell(cell[: CELL_MOST + 1]) for cell in cells[:MOST_COLUMNS]]
    except csv.Error as no:
        raise MalformedCsv(number=number + 1) from no


def _titles(cells: list[str]) -> list[str]:
    return [cell[:TITLE_MOST] for cell in cells]


def _unrepeated(titles: list[str]) -> list[str]:
    """The titles, a second "Company" as "Company (2)"; empty titles stay empty."""
    seen: Counter[str] = Counter()
    unrepeated = []
    for title in titles:
        seen[title] += 1
        again = title and seen[title] > 1
        unrepeated.append(f"{title} ({seen[title]})" if again else title)
    return unrepeated


def _fitted(cells: list[str], width: int) -> list[str]:
    return (cells + [""] * width)[:width]
