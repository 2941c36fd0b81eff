"""Who of a guest list is on the event's list already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.account.actions import meet_people
from eventapp.core import text
from eventapp.guests import queries
from eventapp.guests.actions.said import source_ref
from eventapp.guests.guest_file import SkippedRow
from eventapp.guests.guest_row import GuestRow
from eventapp.guests.refusals import RepeatedGuest
from eventapp.model import Event, Person, Rsvp

_OWN_CODE = "short_code:"  # a row of our own export says it


@dataclass(frozen=True)
class KnownGuests:
    people: dict[int, Person]  # by the number of the row with their address
    rsvps: dict[int, Rsvp]  # by the number of the row that is about them
    repeated: list[SkippedRow]  # about a guest whom another row is about


def meet_guests(event: Event, rows: Sequence[GuestRow], *, at: datetime) -> KnownGuests:
    """Find the RSVP of each row, by its address, else by who it is in the list it comes from.

    Addresses that nobody here has become people. All of it takes a few queries for each
    thousand rows. Of two rows that lead to one RSVP, the one with its address has it.
    """
    people = _meet_people(event, rows, at=at)
    by_person = queries.rsvps_by_person(event, [person.id for person in people.values()])
    rsvps = {
        number: by_person[person.id] for number, person in people.items() if person.id in by_person
    }
    row_of = {rsvp.id: number for number, rsvp in rsvps.items()}
    repeated = []
    for row, rsvp in _found_by_ref(event, [row for row in rows if row.number not in rsvps]):
        if rsvp.id in row_of:
            repeated.append(SkippedRow(row.number, RepeatedGuest(number=row_of[rsvp.id])))
        else:
            rsvps[row.number], row_of[rsvp.id] = rsvp, row.number
    return KnownGuests(people, rsvps, repeated)


def _meet_people(event: Event, rows: Sequence[GuestRow], *, at: datetime) -> dict[int, Person]:
    names = {row.email: row.name for row in rows if row.email}
    met = meet_people(names, language=event.community.language, at=at)
    return {row.number: met[text.email_key(row.email)] for row in rows if row.email}


def _found_by_ref(event: Event, rows: Sequence[GuestRow]) -> Iterator[tuple[GuestRow, Rsvp]]:
    codes = [_own_code(row) for row in rows]
    by_code = queries.rsvps_by_short_code(event, list(filter(None, codes)))
    by_ref = queries.rsvps_by_source_ref(event, [source_ref(row) for row in rows])
    for row, code in zip(rows, codes, strict=True):
        found = by_code.get(code)
        # The same code may be somebody else's at another event.
        if found is None or text.fold(found.name) != text.fold(row.name):
            found = by_ref.get(source_ref(row))
        if found:
            yield row, found


def _own_code(row: GuestRow) -> str:
    return row.ref.removeprefix(_OWN_CODE) if row.ref.startswith(_OWN_CODE) else ""
