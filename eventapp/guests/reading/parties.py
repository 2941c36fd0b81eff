"""How many come by one row: by the columns for companions, for people in all, for their names."""

from __future__ import annotations

from collections.abc import Sequence

from eventapp.guests.reading.columns import Column, of
from eventapp.guests.reading.companions import (
    Companions,
    is_amount,
    read_companions,
    read_people,
    says_all,
)
from eventapp.guests.reading.entry import Entry
from eventapp.guests.reading.guesses import UnclearCompanions
from eventapp.guests.reading.refusals import CellTooLong
from eventapp.guests.reading.sheet import CELL_MOST

_SHOWN_MOST = 60  # characters of a cell, in a reason


class PartyReader:
    def __init__(self, columns: Sequence[Column]) -> None:
        self._companions = of(columns, "companions")
        last = of(columns, "companion_last_names")
        first = of(columns, "companion_names")
        self._names = first or last
        self._last_names = dict(zip(first, last, strict=False)) if first else {}
        self._people = of(columns, "people")
        self._ages = of(columns, "adults", "kids")

    def read(self, entry: Entry, cells: Sequence[str]) -> None:
        """Reads the companions, and keeps what is more than a number as an answer."""
        along = [read_companions(self._cell(entry, cells, one)) for one in self._companions]
        named = [read_companions(self._name(entry, cells, one)) for one in self._names]
        in_all = [read_people(self._cell(entry, cells, one)) for one in self._people]
        by_age = [read_companions(self._cell(entry, cells, one)) for one in self._ages]
        in_all_ages = Companions(max(sum(one.count for one in by_age) - 1, 0))
        is_said = any(cells[one.index] for one in self._companions)
        counts = along if is_said else [in_all_ages, *(one for one in in_all if one)]
        counted = max((one.count for one in counts), default=0)
        entry.along = max(entry.along, counted, sum(one.count for one in named))
        everybody = [name for one in (*along, *named) for name in one.names]
        entry.companion_names = tuple(dict.fromkeys(everybody))
        self._note_unclear(entry, cells, [*along, *named, *in_all, *by_age])
        for column in self._ages:  # what the party does not say: how many of them are children
            if line := cells[column.index]:
                entry.answers[column.heading] = line

    def _cell(self, entry: Entry, cells: Sequence[str], column: Column) -> str:
        cell = cells[column.index]
        if len(cell) > CELL_MOST:
            raise CellTooLong(column=column.title[:40], most=CELL_MOST)
        return cell

    def _name(self, entry: Entry, cells: Sequence[str], column: Column) -> str:
        """A companion's name, from one column or from two."""
        name, last = self._cell(entry, cells, column), self._last_names.get(column)
        return f"{name} {self._cell(entry, cells, last)}".strip() if last else name

    def _keep_words(self, entry: Entry, column: Column, line: str, one: Companions | None) -> None:
        """What the count and the names do not say yet is an answer too."""
        if line and not (is_amount(line) or (one and says_all(line, one))):
            entry.answers[column.heading] = line

    def _note_unclear(
        self, entry: Entry, cells: Sequence[str], read: Sequence[Companions | None]
    ) -> None:
        columns = [*self._companions, *self._names, *self._people, *self._ages]
        for column, one in zip(columns, read, strict=True):
            line = cells[column.index]
            self._keep_words(entry, column, line, one)
            if one and not one.is_clear:
                words = line[:_SHOWN_MOST]
                entry.guesses.append(UnclearCompanions(words=words, companions=one.count))
