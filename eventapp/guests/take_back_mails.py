"""The mails that taking an import back would send: to whom of the waitlist gets a place."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import joinedload

from eventapp.core.any_of import among
from eventapp.core.db import db, reading
from eventapp.door.log import IMPORT
from eventapp.guests.imported import who_acted
from eventapp.guests.imported_content import Values, restored_content
from eventapp.guests.take_back import brought_check_in, in_order
from eventapp.model import CheckIn, GuestImport, ImportedGuest, OutboxMail, Person, Rsvp, Status
from eventapp.rsvp.actions import mails_to_come, notify, set_status
from eventapp.rsvp.queries import fitting


class _Waiting(NamedTuple):
    """A party on the waitlist: they sort as they came."""

    since: datetime
    rsvp_id: int
    party: int


def mails_of_take_back(kept: GuestImport, *, at: datetime) -> list[OutboxMail]:
    """Reads one snapshot, with as many statements for a long list as for a short one."""
    with reading(), db.session.no_autoflush:
        if not (kept.finished_at and kept.event.takes_rsvps(at)):
            return []
        after = _After(kept)
        ids = [one.rsvp_id for one in fitting(after.waiting(), after.seats_left)]
        found = select(Rsvp).where(among(Rsvp.id, ids)).options(joinedload(Rsvp.person))
        guests = {rsvp.id: rsvp for rsvp in db.session.scalars(found)}
        moving = [_with_a_place(guests[one], after.said.get(one)) for one in ids]
        read = partial(notify.values_of, notify.PROMOTED, at=at)
        return mails_to_come(notify.PROMOTED, [one for one in moving if one.person], read)


def _with_a_place(rsvp: Rsvp, said: Values | None) -> Rsvp:
    """A guest as their mail has them. Nothing of it is written."""
    set_status(rsvp, Status.GOING)
    if said:
        rsvp.name = said["name"]
        if said["person_id"] != rsvp.person_id:
            rsvp.person = db.session.get(Person, said["person_id"]) if said["person_id"] else None
    return rsvp


class _After:
    """Seats and waitlist, once an import is taken back: what `take_back_some` does with seats, to
    the same guests in the same order, on plain values.
    """

    def __init__(self, kept: GuestImport) -> None:
        event = kept.event
        self.capacity, self.taken = event.capacity, event.seats_taken
        self.said: dict[int, Values] = {}  # what guests are again, by their ids
        self._event_id = event.id
        self._gone: set[int] = set()
        self._take_back(kept)

    @property
    def seats_left(self) -> int | None:
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    def waiting(self) -> list[_Waiting]:
        """The waitlist, in order of arrival."""
        line = select(Rsvp.waitlisted_at, Rsvp.id, 1 + Rsvp.companions)
        here = line.where(Rsvp.event_id == self._event_id, Rsvp.status == Status.WAITLISTED)
        changed = self._gone | self.said.keys()
        waited = (
            _Waiting(datetime.fromisoformat(said["waitlisted_at"]), rsvp_id, _party(said))
            for rsvp_id, said in self.said.items()
            if said["status"] == Status.WAITLISTED
        )
        wait = (_Waiting._make(row) for row in db.session.execute(here))
        return sorted([*waited, *(one for one in wait if one.rsvp_id not in changed)])

    def _take_back(self, kept: GuestImport) -> None:
        stay = {one.rsvp_id for one in who_acted(kept)}
        for row in db.session.execute(_done_to(kept)):
            if row.rsvp_id in stay:
                continue
            now = _now(row)
            if row.before is None:
                self._gone.add(row.rsvp_id)
                self.taken -= _held(now)
                continue
            before = {name: row.before[name] for name in now if name in row.before}
            said = restored_content(before, row.after or {}, now)
            if self._fits(said, more=_held(said) - _held(now)) and not _must_come(row, said):
                self.taken += _held(said) - _held(now)
                self.said[row.rsvp_id] = said

    def _fits(self, said: Values, *, more: int) -> bool:
        left = self.seats_left
        return said["status"] != Status.GOING or more <= 0 or left is None or more <= left


def _done_to(kept: GuestImport) -> Select[Any]:
    columns = Rsvp.status, Rsvp.companions, Rsvp.waitlisted_at, Rsvp.name, Rsvp.person_id
    done = in_order(
        kept.id, ImportedGuest.rsvp_id, ImportedGuest.before, ImportedGuest.after, *columns
    )
    let_in = CheckIn.by.label("let_in")
    with_rsvp = done.join(Rsvp, Rsvp.id == ImportedGuest.rsvp_id)
    return with_rsvp.outerjoin(CheckIn, CheckIn.rsvp_id == Rsvp.id).add_columns(let_in)


def _now(row: Row[Any]) -> Values:
    """Of what `content_of` says of a guest, what is about places and mail."""
    return {
        "status": row.status,
        "companions": row.companions,
        "waitlisted_at": row.waitlisted_at and row.waitlisted_at.isoformat(),
        "name": row.name,
        "person_id": row.person_id,
    }


def _held(said: Values) -> int:
    return _party(said) if said["status"] == Status.GOING else 0


def _party(said: Values) -> int:
    return 1 + int(said["companions"])


def _must_come(row: Row[Any], said: Values) -> bool:
    """Whether they are in the room, and so stay as they are."""
    is_in = row.let_in and not (row.let_in == IMPORT and brought_check_in(row.before, row.after))
    return bool(is_in) and said["status"] != Status.GOING
