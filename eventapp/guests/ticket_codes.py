"""Keep the codes that a list has of its guests' tickets, for the door to know them by, and take
them back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import delete, exists, select, update

from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute, in_portions
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
        self._done: defaultdict[int, dict[str, Any]] = defaultdict(dict)  # likewise
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
            self._done[wanted[key].rsvp_id].setdefault("codes", []).append(key)
            self.changed.add(wanted[key].rsvp_id)
        if self.changed:
            lock_list(self.event.id)

    def done_to(self, rsvp_id: int) -> dict[str, Any]:
        """What was done to a guest's codes, for JSON, so that `take_back_codes` can take it back:
        the keys of those that are new, who had those that moved, and those that were dropped.
        """
        return dict(self._done[rsvp_id])

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
            dropped = delete(TicketCode).where(*theirs, TicketCode.key.not_in(wanted))
            columns = TicketCode.rsvp_id, TicketCode.key, TicketCode.code
            for row in db.session.execute(dropped.returning(*columns)):
                self._done[row.rsvp_id].setdefault("dropped", {})[row.key] = row.code

    def _there(self, wanted: Iterable[str]) -> dict[str, int]:
        """Who has these codes already."""
        there = select(TicketCode.key, TicketCode.rsvp_id).where(
            TicketCode.event_id == self.event.id, any_of(TicketCode.key, "keys")
        )
        return {
            row.key: row.rsvp_id
            for some in in_portions(wanted)
            for row in execute(there, {"keys": some})
        }

    def _move(self, key: str, rsvp_id: int, row: GuestRow, before: int) -> None:
        self._note(row, MovedTicketCode(name=db.session.get_one(Rsvp, before).name))
        moved = update(TicketCode).where(
            TicketCode.event_id == self.event.id, TicketCode.key == key
        )
        db.session.execute(moved.values(rsvp_id=rsvp_id))
        self._done[rsvp_id].setdefault("moved", {})[key] = before
        self.changed.add(rsvp_id)

    def _note(self, row: GuestRow, why: SharedTicketCode | MovedTicketCode) -> None:
        self.notes.append(RowNote(row.number, why, row.name))


def take_back_codes(rsvp: Rsvp, done: Mapping[str, Any]) -> None:
    """Have the codes of a guest be as before `done_to`, but for those that have moved since. The
    event's list must be locked.
    """
    if not done.keys() & {"codes", "moved", "dropped"}:
        return
    theirs = TicketCode.event_id == rsvp.event_id, TicketCode.rsvp_id == rsvp.id
    if keys := done.get("codes"):
        db.session.execute(delete(TicketCode).where(*theirs, TicketCode.key.in_(keys)))
    for key, before in done.get("moved", {}).items():
        is_there = exists().where(Rsvp.id == before, Rsvp.event_id == rsvp.event_id)
        back = update(TicketCode).where(*theirs, TicketCode.key == key, is_there)
        db.session.execute(back.values(rsvp_id=before))
    ids = {"event_id": rsvp.event_id, "rsvp_id": rsvp.id}
    dropped = done.get("dropped", {}).items()
    insert_missing(TicketCode, [{**ids, "key": key, "code": code} for key, code in dropped])
