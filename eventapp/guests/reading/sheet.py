"""A sheet of a file: numbered rows of cells, all text; and how much of a file is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from eventapp.core.text import clean_line

MOST_MEGABYTES = 10
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELLS = 3_000_000  # of a spreadsheet
MOST_SHEETS = 20
MOST_UNPACKED = 300_000_000  # bytes of a spreadsheet
CELL_MOST = 10_000  # characters; the rest is not read, and the row is skipped
TITLE_MOST = 300  # characters; the rest is not read

Row = tuple[int, list[str]]
"""Its number as a spreadsheet shows it (the first row of the file is 1), and its cells."""


def is_filled(cells: Iterable[str]) -> bool:
    """Whether anything that can be seen stands in a row."""
    return any(clean_line(cell[:TITLE_MOST]) for cell in cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: list[Row]
    name: str = ""  # of a spreadsheet's sheet
    encoding: str = ""  # of a text file
    is_sure: bool = True  # of the encoding
    mended: Collection[int] = field(default_factory=frozenset)  # rows whose quotes did not close
