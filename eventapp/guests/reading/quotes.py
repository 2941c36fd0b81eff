"""Rows of delimited text in which quotes are not doubled, or not closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eventapp.guests.reading.sheet import CELL_MOST

_LINE_END = re.compile(r"\r\n?|\n")
_BY_CHANCE_MOST = 3  # delimiters in a line that somebody wrote
Record = tuple[list[str], bool]
"""The cells of a row, and whether its quotes had to be mended."""


def mended_records(text: str, delimiter: str) -> Iterator[Record]:
    """Each row, in linear time. A quote opens a cell only at its beginning, and closes it only
    before a delimiter or the end of a line; any other belongs to the text. One that closes nowhere,
    or only after whole rows, opens nothing.
    """
    yield from QuoteReader(text, delimiter)


class QuoteReader:
    def __init__(self, text: str, delimiter: str) -> None:
        self.cut = 0  # cells so far with one of two quotes: another delimiter would not cut them
        self.text, self.delimiter = text, delimiter
        self.end = re.compile(rf"[{re.escape(delimiter)}\r\n]")
        self.quotes = re.compile(rf'"+(?=[ ]*(?:{re.escape(delimiter)}|[\r\n]|\Z))')
        self.next_run = (-1, -1)  # of quotes that may close a cell: from, to
        self.closes_rows = -1  # where a quote closes only after whole rows

    def __iter__(self) -> Iterator[Record]:
        at, cells, is_mended, width = 0, list[str](), False, 0
        while at < len(self.text):
            cell, mended, at = self._cell(at, width)
            cells.append(cell)
            is_mended |= mended
            if self.text[at : at + 1] == self.delimiter:
                at += 1
                if at < len(self.text):
                    continue
                cells.append("")
            at += 2 if self.text.startswith("\r\n", at) else 1
            yield ([] if cells == [""] else cells), is_mended
            width = max(width, len(cells))
            cells, is_mended = [], False

    def _cell(self, at: int, width: int) -> tuple[str, bool, int]:
        """A cell, whether it was mended, and where it ends."""
        if self.text.startswith('"', at):
            closed = self._closing(at)
            if closed is not None and self._may_be_one_cell(at, closed, width):
                inner = self.text[at + 1 : closed]
                end = self.end.search(self.text, closed + 1)
                stop = end.start() if end else len(self.text)
                return inner.replace('""', '"'), _has_lone_quote(inner), stop
        end = self.end.search(self.text, at)
        stop = end.start() if end else len(self.text)
        self.cut += self.text.count('"', at, stop) % 2
        return self.text[at:stop], self.text.startswith('"', at), stop

    def _closing(self, at: int) -> int | None:
        """Where the quote at this place is closed: by the last of an odd number before an end."""
        start, stop = self.next_run
        while True:
            if start <= at:
                run = self.quotes.search(self.text, at + 1)
                start, stop = run.span() if run else (len(self.text), len(self.text))
            if start >= len(self.text):
                self.next_run = (start, stop)
                return None
            if (stop - start) % 2:
                self.next_run = (start, stop)
                return stop - 1
            at = stop - 1

    def _may_be_one_cell(self, at: int, closed: int, width: int) -> bool:
        if closed - at > 2 * CELL_MOST:
            return False
        if not _LINE_END.search(self.text, at, closed):
            return True
        if closed != self.closes_rows:
            inner = self.text[at + 1 : closed]
            below = _LINE_END.split(inner)[1:]
            if not _has_lone_quote(inner) and not any(
                is_row(line, self.delimiter, width) for line in below
            ):
                return True
        self.closes_rows = closed  # for the lines between as well: each is looked at once
        return False


def is_row(line: str, delimiter: str, width: int) -> bool:
    """Whether a line inside a cell is a row of a table as wide as this, by all appearances."""
    delimiters = line.count(delimiter)
    return delimiters >= max(width - 1, 1) and ("@" in line or delimiters > _BY_CHANCE_MOST)


def _has_lone_quote(inner: str) -> bool:
    return '"' in inner.replace('""', "")
