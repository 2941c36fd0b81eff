"""Whether the cells of a row stand in the wrong columns, as one too many or too few stands before
them. Asked of rows without an address: what else they say would be read as something it is not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from eventapp.guests.reading.addresses import holds_address, name_beside, tries_address
from eventapp.guests.reading.columns import Column, of
from eventapp.guests.reading.entry import Entry
from eventapp.guests.reading.statuses import BLANK, UNKNOWN, Meanings, is_distinct, read_status


class ShiftReader:
    def __init__(
        self, columns: Sequence[Column], meanings: Meanings, too_wide: Collection[int]
    ) -> None:
        self._meanings, self._too_wide = meanings, too_wide
        self._statuses = {one.index for one in of(columns, "status")}
        addressed = {one.index for one in of(columns, "email")}
        beside = {index + step for index in addressed for step in (-1, 1)}
        self._beside = {one.index for one in columns} & beside - addressed

    def is_shifted(self, entry: Entry, cells: Sequence[str], *, address: str) -> bool:
        """Whether a row shows it, of which the name was read, and this cell, which is no address:
        the name is none or a number, a cell is one too many, an address stands beside its column,
        or the status in another one.
        """
        if "@" in address:
            return False
        if entry.number in self._too_wide or not any(map(str.isalpha, entry.name)):
            return True
        is_beside = any(_is_bare_address(cells[index]) for index in self._beside)
        return (is_beside and not tries_address(address)) or self._has_status_elsewhere(cells)

    def _has_status_elsewhere(self, cells: Sequence[str]) -> bool:
        said = {read_status(cells[index], self._meanings) for index in self._statuses}
        if not self._statuses or said - {BLANK, UNKNOWN}:
            return False
        return any(is_distinct(cell) for cell in cells)


def _is_bare_address(cell: str) -> bool:
    return holds_address(cell) and not name_beside(cell)
