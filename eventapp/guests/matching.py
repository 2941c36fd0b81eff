"""Which rows of a guest list are about guests who are on the event's list already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from eventapp.account.actions import meet_people
from eventapp.core import text
from eventapp.core.any_of import any_of
from eventapp.core.db import db, in_portions
from eventapp.guests.reading.guest_row import GuestRow, RowNote
from eventapp.guests.reading.refusals import RepeatedGuest
from eventapp.guests.row_mapping import source_ref
from eventapp.model import Event, MergedRef, Person, Rsvp, Source

_SHORT_CODE = "short_code:"  # starts the `ref` of rows of our own export


def _by(column: InstrumentedAttribute[Any], found: Any) -> Any:
    """Those of an event's RSVPs where a column has one of many values."""
    return found.where(Rsvp.event_id == bindparam("event_id"), any_of(column, "values"))


_BY_ID = _by(Rsvp.id, select(Rsvp).options(joinedload(Rsvp.person))).execution_options(
    populate_existing=True
)
_BY_MAILBOX = _by(
    Person.email_key,
    select(Person.email_key, Rsvp.id).join(Rsvp, Rsvp.person_id == Person.id),
)
_BY_SHORT_CODE = _by(Rsvp.short_code, select(Rsvp.short_code, Rsvp.id, Rsvp.name_key))
_BY_SOURCE_REF = _by(
    Rsvp.source_ref, select(Rsvp.source_ref, Rsvp.id).where(Rsvp.source == Source.IMPORT)
)
_BY_MERGED_REF = _by(
    MergedRef.source_ref, select(MergedRef.source_ref, MergedRef.rsvp_id).join(Rsvp)
)

Claims = dict[int, int]
"""Which row is about which RSVP: the row's number by the RSVP's id."""


@dataclass(frozen=True)
class Matches:
    people: dict[int, Person]  # by the number of the row with their address
    rsvps: dict[int, Rsvp]  # by the number of the row that is about them
    repeated: dict[int, RowNote]  # by the number of a row whose guest another row is about


def claims_of(event: Event, rows: Sequence[GuestRow]) -> Claims:
    """Where two rows match one RSVP, the one with its address gets it, else the first."""
    claims: Claims = {}
    for row, rsvp_id in _matches(event, rows):
        claims.setdefault(rsvp_id, row.number)
    return claims


def match_guests(
    event: Event, rows: Sequence[GuestRow], claims: Claims, *, at: datetime
) -> Matches:
    """Find each row's RSVP, as it is in the database now, and add those who answered meanwhile to
    the claims. Addresses that are new here become people.
    """
    matched, repeated = {}, {}
    for row, rsvp_id in list(_matches(event, rows)):
        claimed_by = claims.setdefault(rsvp_id, row.number)
        if claimed_by == row.number:
            matched[rsvp_id] = row.number
        else:
            why = RepeatedGuest(number=claimed_by)
            repeated[row.number] = RowNote(row.number, why, row.name)
    rsvps = {matched[rsvp.id]: rsvp for rsvp in _current_rsvps(event, matched)}
    return Matches(_meet_people(event, rows, at=at), rsvps, repeated)


def _meet_people(event: Event, rows: Sequence[GuestRow], *, at: datetime) -> dict[int, Person]:
    names = {row.email: row.name for row in rows if row.email}
    people = meet_people(names, language=event.community.language, at=at)
    return {row.number: people[row.mailbox] for row in rows if row.email}


def _matches(event: Event, rows: Sequence[GuestRow]) -> Iterator[tuple[GuestRow, int]]:
    """Each row that is about an RSVP of the event, with its id: first those that match by their
    address, then by their id in the list they come from. A few queries per thousand rows.
    """
    by_mailbox = _rsvp_ids_by_mailbox(event, [row.mailbox for row in rows if row.email])
    others = []
    for row in rows:
        if rsvp_id := by_mailbox.get(row.mailbox):
            yield row, rsvp_id
        else:
            others.append(row)
    yield from _matches_by_ref(event, others)


def _matches_by_ref(event: Event, rows: Sequence[GuestRow]) -> Iterator[tuple[GuestRow, int]]:
    codes = [_short_code(row) for row in rows]
    by_code = _rsvps_by_short_code(event, list(filter(None, codes)))
    by_ref = _rsvp_ids_by_source_ref(event, [source_ref(row) for row in rows])
    for row, code in zip(rows, codes, strict=True):
        rsvp_id, name_key = by_code.get(code, (None, None))
        # At another event the same code may be somebody else's.
        if rsvp_id is None or name_key != text.fold(row.name):
            rsvp_id = by_ref.get(source_ref(row))
        if rsvp_id:
            yield row, rsvp_id


def _short_code(row: GuestRow) -> str:
    return row.ref.removeprefix(_SHORT_CODE) if row.ref.startswith(_SHORT_CODE) else ""


def _current_rsvps(event: Event, rsvp_ids: Collection[int]) -> Iterator[Rsvp]:
    """These RSVPs, read anew even if the session has them."""
    for some in in_portions(rsvp_ids):
        yield from db.session.scalars(_BY_ID, {"event_id": event.id, "values": some})


def _rsvp_ids_by_mailbox(event: Event, mailboxes: Collection[str]) -> dict[str, int]:
    """By the `email_key` of their person."""
    return dict(_rows_by(event, _BY_MAILBOX, mailboxes))


def _rsvps_by_short_code(event: Event, codes: Collection[str]) -> dict[str, tuple[int, str]]:
    """The id and the folded name of each."""
    rows = _rows_by(event, _BY_SHORT_CODE, codes)
    return {code: (rsvp_id, name_key) for code, rsvp_id, name_key in rows}


def _rsvp_ids_by_source_ref(event: Event, refs: Collection[str]) -> dict[str, int]:
    """Imported guests, by their id in the list that they came from; and who became one with another
    as the one who was kept.
    """
    return {
        **dict(_rows_by(event, _BY_MERGED_REF, refs)),
        **dict(_rows_by(event, _BY_SOURCE_REF, refs)),
    }


def _rows_by(event: Event, found: Any, values: Collection[str]) -> Iterator[Any]:
    for some in in_portions(values):
        yield from db.session.execute(found, {"event_id": event.id, "values": some})
