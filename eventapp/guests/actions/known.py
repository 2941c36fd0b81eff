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

Claims = dict[int, int]
"""Which row of a list is about which RSVP: the row's number by the RSVP's id."""


@dataclass(frozen=True)
class KnownGuests:
    people: dict[int, Person]  # by the number of the row with their address
    rsvps: dict[int, Rsvp]  # by the number of the row that is about them
    repeated: dict[int, SkippedRow]  # about a guest whom another row is about


def claims_of(event: Event, rows: Sequence[GuestRow]) -> Claims:
    """Of two rows that lead to one RSVP, the one with its address has it, else the first."""
    claims: Claims = {}
    for row, rsvp_id in _found(event, rows):
        claims.setdefault(rsvp_id, row.number)
    return claims


def meet_guests(
    event: Event, rows: Sequence[GuestRow], claims: Claims, *, at: datetime
) -> KnownGuests:
    """Find the RSVP of each row, as it is now. Whoever answered since the claims were made is
    claimed as well. Addresses that nobody here has become people.
    """
    ours, repeated = {}, {}
    for row, rsvp_id in list(_found(event, rows)):
        owner = claims.setdefault(rsvp_id, row.number)
        if owner == row.number:
            ours[rsvp_id] = row.number
        else:
            repeated[row.number] = SkippedRow(row.number, RepeatedGuest(number=owner))
    rsvps = {ours[rsvp.id]: rsvp for rsvp in queries.rsvps_by_id(event, ours)}
    return KnownGuests(_meet_people(event, rows, at=at), rsvps, repeated)


def _meet_people(event: Event, rows: Sequence[GuestRow], *, at: datetime) -> dict[int, Person]:
    names = {row.email: row.name for row in rows if row.email}
    met = meet_people(names, language=event.community.language, at=at)
    return {row.number: met[row.mailbox] for row in rows if row.email}


def _found(event: Event, rows: Sequence[GuestRow]) -> Iterator[tuple[GuestRow, int]]:
    """Each row that leads to an RSVP of the event, with its id: by its address, then by who it
    is in the list it comes from. A few queries for each thousand rows.
    """
    by_mailbox = queries.rsvp_ids_by_mailbox(event, [row.mailbox for row in rows if row.email])
    others = []
    for row in rows:
        if rsvp_id := by_mailbox.get(row.mailbox):
            yield row, rsvp_id
        else:
            others.append(row)
    yield from _found_by_ref(event, others)


def _found_by_ref(event: Event, rows: Sequence[GuestRow]) -> Iterator[tuple[GuestRow, int]]:
    codes = [_own_code(row) for row in rows]
    by_code = queries.rsvps_by_short_code(event, list(filter(None, codes)))
    by_ref = queries.rsvp_ids_by_source_ref(event, [source_ref(row) for row in rows])
    for row, code in zip(rows, codes, strict=True):
        found, name_key = by_code.get(code, (None, None))
        # The same code may be somebody else's at another event.
        if found is None or name_key != text.fold(row.name):
            found = by_ref.get(source_ref(row))
        if found:
            yield row, found


def _own_code(row: GuestRow) -> str:
    return row.ref.removeprefix(_OWN_CODE) if row.ref.startswith(_OWN_CODE) else ""
