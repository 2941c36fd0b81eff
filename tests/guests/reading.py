"""How tests read a guest list."""

from eventapp.guests.guest_file import GuestFile, read
from eventapp.guests.guest_row import GuestRow


def guests(text: str, **options) -> GuestFile:
    return read(text.encode(), **options)


def only_guest(text: str, **options) -> GuestRow:
    file = guests(text, **options)
    assert file.skipped == []
    (guest,) = file.rows
    return guest


def skipped(file: GuestFile) -> list[tuple[int, str]]:
    return [(row.number, row.code) for row in file.skipped]
