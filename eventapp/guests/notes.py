"""Refusals as JSON, so that a page can tell them later, in the language of who reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from eventapp.core.errors import Refusal
from eventapp.guests.reading.guesses import Guess
from eventapp.guests.reading.guest_row import RowNote
from eventapp.guests.reading.refusals import FileRefused, RowRefused


def as_json(no: Refusal) -> list[Any]:
    return [type(no).__name__, {name: _plain(value) for name, value in no.values.items()}]


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | list) else str(value)


def refusal_of(kept: Sequence[Any]) -> Refusal:
    name, values = kept
    return _kinds()[name](**values)


@cache
def _kinds() -> dict[str, type[Refusal]]:
    """All that there is to say of lists, in whatever module it stands."""
    return {kind.__name__: kind for kind in _below(FileRefused, RowRefused, Guess)}


def _below(*kinds: type[Refusal]) -> Iterator[type[Refusal]]:
    for kind in kinds:
        yield kind
        yield from _below(*kind.__subclasses__())


def notes_as_json(notes: Iterable[RowNote]) -> list[list[Any]]:
    return [[one.number, one.name, *as_json(one.refusal)] for one in notes]


def notes_of(kept: Iterable[Sequence[Any]]) -> list[RowNote]:
    return [RowNote(number, refusal_of(no), name) for number, name, *no in kept]
