"""Keep the codes that a list has of its guests' tickets, for the door to know them by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import delete, select, update

from eventapp.core.db import db, in_portions
from eventapp.core.insert import insert_missing
from eventapp.door.ticket_codes import code_key
from eventapp.guests.reading.guest_row import GuestRow, RowNote
from eventapp.guests.refusals import MovedTicketCode, SharedTicketCode
from eventapp.model import Event, Rsvp, TicketCode
from eventapp.rsvp.actions import lock_list

CodeOwners = dict[str, GuestRow]
"""Whose each code of a list is, by its key: where several rows have it, the first one's."""


def owners_of_codes(rows: Iterable[GuestRow]) -> CodeOwners:
    owners: CodeOwners = {}
    for row in rows:
        for code in row.ticket_codes:
            owners.setdefault(code_key(code), row)
    return owners


class _Wanted(NamedTuple):
    rsvp_id: int
    row: GuestRow
    code: str


class CodeWriter:
    """Writes the codes of one portion of a list to an event whose seats are locked. Guests keep
    codes that are not in this list, as another may have brought them, unless their ticket was
    passed on to somebody else.
    """

    def __init__(self, event: Event, owners: CodeOwners) -> None:
        self.event, self.owners = event, owners
        self.changed: set[int] = set()  # ids of RSVPs
        self.added: defaultdict[int, list[str]] = defaultdict(list)  # keys of new codes, likewise
        self.notes: list[RowNote] = []
        self._passed_on: set[int] = set()

    def is_passed_on(self, rsvp_id: int) -> None:
        """Note that somebody else is the guest now: codes of before let nobody in as them."""
        self._passed_on.add(rsvp_id)

    def write(self, rows: Mapping[int, GuestRow]) -> None:
        """Give guests the codes of their rows, by the ids of their RSVPs. Idempotent."""
        wanted = self._wanted(rows)
        self._drop_those_of_before(wanted)
        there = self._there(wanted)
        for key, (rsvp_id, row, _) in wanted.items():
            if key in there and there[key] != rsvp_id:
                self._move(key, rsvp_id, row, there[key])
        new = [
            {"event_id": self.event.id, "key": key, "rsvp_id": one.rsvp_id, "code": one.code}
            for key, one in wanted.items()
            if key not in there
        ]
        insert_missing(TicketCode, new)
        for key in wanted.keys() - there.keys():
            self.added[wanted[key].rsvp_id].append(key)
        self.changed |= self.added.keys()
        if self.changed:
            lock_list(self.event.id)

    def _wanted(self, rows: Mapping[int, GuestRow]) -> dict[str, _Wanted]:
        wanted: dict[str, _Wanted] = {}
        for rsvp_id, row in rows.items():
            for code in row.ticket_codes:
                owner = self.owners[code_key(code)]
                if owner is row:
                    wanted[code_key(code)] = _Wanted(rsvp_id, row, code)
                else:
                    self._note(row, SharedTicketCode(name=owner.name))
        return wanted

    def _drop_those_of_before(self, wanted: Mapping[str, _Wanted]) -> None:
        for some in in_portions(self._passed_on):
            theirs = TicketCode.event_id == self.event.id, TicketCode.rsvp_id.in_(some)
            kept = TicketCode.key.in_(wanted)
            db.session.execute(delete(TicketCode).where(*theirs, ~kept))

    def _there(self, wanted: Iterable[str]) -> dict[str, int]:
        """Who has these codes already."""
        at_event = select(TicketCode.key, TicketCode.rsvp_id).filter_by(event_id=self.event.id)
        return {
            row.key: row.rsvp_id
            for some in in_portions(wanted)
            for row in db.session.execute(at_event.where(TicketCode.key.in_(some)))
        }

    def _move(self, key: str, rsvp_id: int, row: GuestRow, before: int) -> None:
        self._note(row, MovedTicketCode(name=db.session.get_one(Rsvp, before).name))
        moved = update(TicketCode).where(
            TicketCode.event_id == self.event.id, TicketCode.key == key
        )
        db.session.execute(moved.values(rsvp_id=rsvp_id))
        self.changed.add(rsvp_id)

    def _note(self, row: GuestRow, why: SharedTicketCode | MovedTicketCode) -> None:
        self.notes.append(RowNote(row.number, why, row.name))
