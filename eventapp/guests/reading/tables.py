"""From the bytes of a file to the one table in it: a header and its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from eventapp.core.text import clean_line
from eventapp.guests.reading.columns import ANSWER
from eventapp.guests.reading.delimited import read_delimited
from eventapp.guests.reading.encodings import decode
from eventapp.guests.reading.header import TOP_ROWS, Header, find_header
from eventapp.guests.reading.kinds import refuse_other_bytes, refuse_other_text
from eventapp.guests.reading.refusals import EmptyFile, FileTooBig, NoColumns
from eventapp.guests.reading.sheet import (
    CELL_MOST,
    MOST_MEGABYTES,
    TITLE_MOST,
    Row,
    Sheet,
    is_filled,
)
from eventapp.guests.reading.spreadsheet import is_spreadsheet, read_spreadsheet
from eventapp.guests.reading.vocabulary import key


@dataclass(frozen=True, slots=True)
class Table:
    """A header without repeated titles, and the rows below it that are not blank, each with as many
    cells, on one line.
    """

    titles: list[str]
    rows: list[Row]
    sheet: Sheet
    header: int  # the number of its row
    too_wide: frozenset[int]  # the numbers of rows with something beyond the last title
    others: list[str] = field(default_factory=list)  # names of sheets that were not read


def open_table(data: bytes, encoding: str | None, mapping: Mapping[str, str]) -> Table:
    """The table in a file; of several sheets, in the one that looks most like a guest list.

    Raises the FileRefused that says why there is none.
    """
    wanted = frozenset(map(key, mapping))
    sheets = _sheets(data, encoding, wanted)
    headers = [(sheet, _header(sheet, wanted)) for sheet in sheets]
    known = [(sheet, header) for sheet, header in headers if header]
    if not known:
        titles = _first_row(sheets)
        unknown = [[title, ANSWER] for title in _unrepeated(titles)]
        raise NoColumns(headers=", ".join(one[:40] for one in titles[:10]), columns=unknown)
    sheet, header = max(known, key=lambda one: one[1].understood)  # the first of equals
    titles = _unrepeated(header.titles)
    rows = list(_rows_below(header, sheet, len(titles)))
    return Table(
        titles,
        rows,
        sheet,
        header.number,
        frozenset(number for number, cells in sheet.rows if any(cells[len(titles) :])),
        [one.name for one in sheets if one is not sheet],
    )


def _rows_below(header: Header, sheet: Sheet, width: int) -> Iterator[Row]:
    """The rows that are not blank, each cell on one line: but for one that is too long."""
    line = lru_cache(10_000)(clean_line)  # many cells of a list are alike
    for number, cells in sheet.rows:
        if number > header.number:
            lines = [cell if len(cell) > CELL_MOST else line(cell) for cell in cells[:width]]
            if any(lines):
                yield number, lines + [""] * (width - len(lines))


def refuse_at_sight(data: bytes) -> None:
    """Raises FileTooBig, or NotAList for a file that neither is text nor may be a spreadsheet."""
    if len(data) > MOST_MEGABYTES * 1_000_000:
        raise FileTooBig(most=MOST_MEGABYTES)
    if not is_spreadsheet(data):
        refuse_other_bytes(data)


def _sheets(data: bytes, encoding: str | None, wanted: frozenset[str]) -> list[Sheet]:
    refuse_at_sight(data)
    if is_spreadsheet(data):
        return read_spreadsheet(data)
    decoded = decode(data, encoding)
    refuse_other_text(decoded.text)
    return [read_delimited(decoded, wanted)]


def _header(sheet: Sheet, wanted: frozenset[str]) -> Header | None:
    return find_header(_top(sheet), wanted)


def _top(sheet: Sheet) -> list[Row]:
    top = []
    for row in sheet.rows:
        if is_filled(row[1]):
            top.append(row)
            if len(top) == TOP_ROWS:
                break
    return top


def _first_row(sheets: Iterable[Sheet]) -> list[str]:
    top = [cells for sheet in sheets for _, cells in _top(sheet)[:1]]
    if not top:
        raise EmptyFile
    return [clean_line(cell[:TITLE_MOST]) for cell in top[0]]


def _unrepeated(titles: Sequence[str]) -> list[str]:
    """The titles, a second "Company" as "Company (2)"; empty titles stay empty."""
    seen: Counter[str] = Counter()
    unrepeated = []
    for title in titles:
        seen[title] += 1
        again = title and seen[title] > 1
        unrepeated.append(f"{title} ({seen[title]})" if again else title)
    return unrepeated
