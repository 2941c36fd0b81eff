"""How tests read a guest list."""

from __future__ import annotations

from eventapp.guests.reading.guest_file import GuestFile, read
from eventapp.guests.reading.guest_row import GuestRow


def guests(text: str, **options) -> GuestFile:
    return read(text.encode(), **options)


def only_guest(text: str, **options) -> GuestRow:
    file = guests(text, **options)
    assert file.skipped == []
    (guest,) = file.rows
    return guest


def skipped(file: GuestFile) -> list[tuple[int, str]]:
    return [(row.number, row.code) for row in file.skipped]


def flagged(file: GuestFile) -> list[tuple[int, str]]:
    return [(row.number, row.code) for row in file.flagged]


def told(file: GuestFile) -> list[str]:
    """All that was read, in lines: the guests, the rows that were skipped, and those in which
    something was guessed.
    """
    return [
        *map(_line, file.rows),
        *(f"- {number} {code}" for number, code in skipped(file)),
        *(f"? {number} {code}" for number, code in flagged(file)),
    ]


def _line(guest: GuestRow) -> str:
    along = f" +{guest.companions}" if guest.companions else ""
    here = " in" if guest.checked_in else ""
    return f"{guest.name} <{guest.email or ''}> {guest.status}{along}{here}"
