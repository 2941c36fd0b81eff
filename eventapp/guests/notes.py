"""Refusals as JSON, so that a page can tell them later, in the language of who reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from eventapp.core.errors import Refusal
from eventapp.guests import refusals
from eventapp.guests.reading import refusals as of_reading
from eventapp.guests.reading.guest_row import RowNote

_KINDS: dict[str, type[Refusal]] = {
    name: kind
    for module in (of_reading, refusals)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Refusal)
}


def as_json(no: Refusal) -> list[Any]:
    return [type(no).__name__, {name: _plain(value) for name, value in no.values.items()}]


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | list) else str(value)


def refusal_of(kept: Sequence[Any]) -> Refusal:
    name, values = kept
    return _KINDS[name](**values)


def notes_as_json(notes: Iterable[RowNote]) -> list[list[Any]]:
    return [[one.number, one.name, *as_json(one.refusal)] for one in notes]


def notes_of(kept: Iterable[Sequence[Any]]) -> list[RowNote]:
    return [RowNote(number, refusal_of(no), name) for number, name, *no in kept]
