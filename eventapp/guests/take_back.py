"""Take an import back: who came by it goes, who was changed by it gets back what they were, and who
has acted since then stays.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, lock
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.portions import short_portions
from eventapp.core.retry import in_transaction
from eventapp.door.import_check_ins import take_back_check_in
from eventapp.door.log import IMPORT
from eventapp.guests.handed_in import CARRIED_ON_AFTER
from eventapp.guests.imported import who_acted
from eventapp.guests.imported_content import WORDS, Values, content_of, restored_content
from eventapp.guests.importer import ROWS_LEAST
from eventapp.guests.seating import GuestIsIn, NoRoom
from eventapp.guests.ticket_codes import take_back_codes
from eventapp.guests.undo import restore_one
from eventapp.model import (
    CheckIn,
    Event,
    GuestImport,
    ImportedGuest,
    Person,
    Status,
    Stays,
)
from eventapp.rsvp.actions import erase_all, lock_list, lock_seats, promote
from eventapp.rsvp.queries import who_is_in


class NotImported(Refusal):
    code = "import_not_finished"
    message = _l("This list isn't imported yet, so there's nothing to take back.")


def ask_back(kept: GuestImport, *, at: datetime) -> bool:
    """Have an import be taken back: of a long list by the worker, which also carries on what a
    request left halfway. Returns False if it is already. Raises NotImported.
    """
    lock(kept)
    if kept.finished_at is None:
        raise NotImported
    if kept.taken_back_at:
        return False
    kept.taken_back_at = at
    kept.due_at = at if kept.is_long else at + CARRIED_ON_AFTER
    return True


def take_back_at_once(kept: GuestImport, *, at: datetime) -> None:
    """Take back all of it, in transactions short enough for others to go on."""
    kept_id = kept.id
    while rsvp_ids := _not_taken_back(kept_id):
        for some in short_portions(rsvp_ids, least=ROWS_LEAST):
            in_transaction(partial(take_back_some, kept_id, some, at=at))
    in_transaction(partial(finish, kept_id, at=at))


def take_back_some(kept_id: int, rsvp_ids: Sequence[int], *, at: datetime) -> int:
    """Take back what an import did to some guests, in this order. Seats that become free are kept
    for those who come next. Returns how many guests there were. Idempotent.
    """
    kept = db.session.get_one(GuestImport, kept_id)
    event = db.session.get_one(Event, kept.event_id)
    lock_list(event.id)
    lock_seats(event)
    stays = {one.rsvp_id: one.why for one in who_acted(kept, rsvp_ids)}
    done = _done_to(kept_id, rsvp_ids)
    came = _came_with_a_list(rsvp_ids)
    gone, changed = [], []
    for one in done:
        if why := stays.get(one.rsvp_id):
            one.stays = why
            continue
        if one.rsvp_id in came and brought_check_in(one.before, one.after):
            take_back_check_in(event, one.rsvp_id, at=at)
        if one.before is None:
            take_back_codes(one.rsvp, one.after or {})
            gone.append(one.rsvp)
        else:
            changed.append(one)
    db.session.flush()
    erase_all(event, gone)
    are_in = who_is_in([one.rsvp_id for one in changed])
    for one in changed:
        _give_back(one, came=are_in, at=at)
    return len(done)


def _give_back(one: ImportedGuest, *, came: Collection[int], at: datetime) -> None:
    """Give a guest back what they were, where nobody has changed it since; or nothing of it."""
    rsvp, now = one.rsvp, content_of(one.rsvp)
    said = restored_content(one.before or {}, one.after or {}, now)
    try:
        restore_one(rsvp, said, came=came, at=at)
    except (NoRoom, GuestIsIn) as no:
        one.stays = Stays.NO_ROOM if isinstance(no, NoRoom) else Stays.CAME
        return
    for name in WORDS:
        setattr(rsvp, name, said[name])
    if said["person_id"] != now["person_id"]:
        rsvp.person = db.session.get(Person, said["person_id"]) if said["person_id"] else None
    take_back_codes(rsvp, one.after or {})
    db.session.delete(one)


def _done_to(kept_id: int, rsvp_ids: Sequence[int]) -> list[ImportedGuest]:
    """What is left of what an import did to some guests, in their order."""
    found = select(ImportedGuest).where(*_is_left(kept_id), ImportedGuest.rsvp_id.in_(rsvp_ids))
    anew = found.options(joinedload(ImportedGuest.rsvp)).execution_options(populate_existing=True)
    rows = db.session.scalars(anew).all()
    by_id = {one.rsvp_id: one for one in rows}
    return [by_id[rsvp_id] for rsvp_id in rsvp_ids if rsvp_id in by_id]


def brought_check_in(before: Values | None, after: Values | None) -> bool:
    """Whether an import brought a guest's check-in, if a list did."""
    return before is None or bool((after or {}).get("came"))


def _came_with_a_list(rsvp_ids: Collection[int]) -> set[int]:
    """Those whom a list checked in, and no door."""
    came = select(CheckIn.rsvp_id).where(CheckIn.rsvp_id.in_(rsvp_ids), CheckIn.by == IMPORT)
    return set(db.session.scalars(came))


def in_order(kept_id: int, *columns: Any) -> Select[Any]:
    """Of those who are left to be taken back: who goes, who gives seats back, and then who may need
    some.
    """
    before, after = ImportedGuest.before, ImportedGuest.after
    fewer = before["companions"].as_integer() < after["companions"].as_integer()
    gives_back = or_(after["status"].as_string() == Status.GOING, fewer)
    place = case((before.is_(None), 0), (gives_back, 1), else_=2)
    return select(*columns).where(*_is_left(kept_id)).order_by(place, ImportedGuest.rsvp_id)


def _is_left(kept_id: int) -> tuple[ColumnElement[bool], ...]:
    return ImportedGuest.import_id == kept_id, ImportedGuest.stays.is_(None)


def _not_taken_back(kept_id: int) -> Sequence[int]:
    return db.session.scalars(in_order(kept_id, ImportedGuest.rsvp_id).limit(AT_ONCE)).all()


def finish(kept_id: int, *, at: datetime) -> None:
    """Give the seats that are free now to the waitlist, by mail."""
    kept = db.session.get_one(GuestImport, kept_id)
    event = db.session.get_one(Event, kept.event_id)
    lock_seats(event)
    promote(event, at=at)
    kept.due_at = None


class _Worker:
    """Takes one long import back, at most AT_ONCE guests in a round. One that fails comes after the
    others.
    """

    def __init__(self) -> None:
        self._kept_id = 0
        self._failed: set[int] = set()

    def find(self, at: datetime) -> Sequence[int]:
        """The RSVPs that come next; one that is none where nothing is left but to say so."""
        asked = GuestImport.taken_back_at.is_not(None), GuestImport.due_at <= at
        asked_first = select(GuestImport.id).where(*asked).order_by(GuestImport.due_at).limit(1)
        kept_id = db.session.scalar(asked_first.where(GuestImport.id.not_in(self._failed)))
        if kept_id is None:
            self._failed.clear()
            return []
        self._kept_id = kept_id
        return _not_taken_back(kept_id) or [0]

    def do(self, rsvp_ids: Sequence[int], at: datetime) -> int:
        self._failed.add(self._kept_id)
        done = self._do(rsvp_ids, at)
        self._failed.discard(self._kept_id)
        return done

    def _do(self, rsvp_ids: Sequence[int], at: datetime) -> int:
        if rsvp_ids[0]:
            return take_back_some(self._kept_id, rsvp_ids, at=at)
        finish(self._kept_id, at=at)
        return 1


_worker = _Worker()
take_back_imports = Due("imports to be taken back", _worker.find, _worker.do, least=ROWS_LEAST)
