"""The row that says what the columns are: where titles stand, not where somebody's answer is one.

"Guest", "WhatsApp" and "Participant" are answers as well as titles. A row of titles has no address,
no phone number and no date in it, and none of its titles stands again in its own column.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eventapp.core.text import clean_line, fold
from eventapp.guests.reading.addresses import holds_address, spells_address, tries_address
from eventapp.guests.reading.arrivals import is_only_moment
from eventapp.guests.reading.sheet import TITLE_MOST, Row
from eventapp.guests.reading.titles import WHO, read_title
from eventapp.guests.reading.vocabulary import key

TOP_ROWS = 60  # that are looked at
WITHIN_ROWS = 25  # there may be headings above the header
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{6,}")
_ADDRESSES_LEAST = 0.8  # of the cells below, for a column to be that of the addresses


class Understood(NamedTuple):
    """How well a header is understood; greater is better."""

    says_who: bool
    recognised: int


@dataclass(frozen=True, slots=True)
class Header:
    number: int  # of its row
    titles: list[str]
    understood: Understood


def find_header(top: Sequence[Row], wanted: Collection[str] = ()) -> Header | None:
    """The header among the first rows of a sheet, those that are blank left out. Titles in `wanted`
    are known already, by their keys.

    Where no title is known, the header is the row above the addresses. Returns None if no row says
    whom the others are about.
    """
    rows = [(number, [clean_line(cell[:TITLE_MOST]) for cell in cells]) for number, cells in top]
    rows = [row for row in rows if any(map(fold, row[1]))]
    headers = [
        Header(number, titles, _understood(titles, rows[index + 1 :], wanted))
        for index, (number, titles) in enumerate(rows[:WITHIN_ROWS])
        if not any(map(_is_data, titles))
    ]
    best = max(headers, key=lambda one: (one.understood, -one.number), default=None)
    if best and best.understood.says_who:
        return best
    return _above_addresses(headers, rows)


def _understood(titles: Sequence[str], below: Sequence[Row], wanted: Collection[str]) -> Understood:
    known, says_who = 0, False
    for index, title in enumerate(titles):
        if not title or _stands_again(title, index, below):
            continue
        read = read_title(title)
        is_wanted = key(title) in wanted
        known += bool(read) or is_wanted
        says_who |= is_wanted or (read is not None and read.meaning in WHO)
    return Understood(says_who, known)


def _stands_again(title: str, index: int, below: Sequence[Row]) -> bool:
    """Whether a title is an answer that others gave too. A whole header may stand again."""
    return any(
        index < len(cells)
        and cells[index] == title
        and sum(map(bool, cells)) > 1
        and not _is_heading(cells)
        for _, cells in below
    )


def _is_heading(cells: Sequence[str]) -> bool:
    there = [cell for cell in cells if cell]
    return all(read_title(cell) for cell in there)


def _is_data(cell: str) -> bool:
    if holds_address(cell) or spells_address(cell):  # but "Email (ana@example.org)"
        return read_title(cell) is None
    return is_only_moment(cell) or bool(_PHONE.fullmatch(cell))


def _above_addresses(headers: Sequence[Header], rows: Sequence[Row]) -> Header | None:
    """The last row before those with an address each, in one column; not that of somebody among
    them whose own address is none.
    """
    numbers = [number for number, _ in rows]
    for header in headers:
        below = [cells for number, cells in rows if number > header.number]
        above = next((cells for number, cells in reversed(rows) if number < header.number), [])
        if header.number == numbers[-1] or not any(map(holds_address, below[0])):
            continue
        for index, title in enumerate(header.titles):
            cells = [row[index] for row in below if index < len(row) and row[index]]
            addresses = sum(map(holds_address, cells))
            are_there = addresses and addresses >= _ADDRESSES_LEAST * len(cells)
            if title and are_there and not tries_address(title) and not _has_address(above, index):
                return header
    return None


def _has_address(cells: Sequence[str], index: int) -> bool:
    return index < len(cells) and holds_address(cells[index])
