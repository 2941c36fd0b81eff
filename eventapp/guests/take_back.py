"""Take an import back: who came by it goes, who was changed by it gets back what they were, and who
has acted since then stays.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, lock
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.portions import short_portions
from eventapp.core.retry import in_transaction
from eventapp.door.event import event_at_door
from eventapp.door.log import IMPORT, DoorAction
from eventapp.door.undo import undo
from eventapp.guests.by_hand import GuestIsIn, NoRoom
from eventapp.guests.handed_in import CARRIED_ON_AFTER
from eventapp.guests.imported import who_acted
from eventapp.guests.imported_content import WORDS, content_of
from eventapp.guests.importer import ROWS_LEAST
from eventapp.guests.undo import restore
from eventapp.model import (
    CheckIn,
    Event,
    GuestImport,
    ImportedGuest,
    OutboxMail,
    Person,
    Stays,
    TicketCode,
)
from eventapp.rsvp.actions import erase_all, lock_seats, mails_of_promotion, promote


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


def mails_of_take_back(kept: GuestImport, *, at: datetime) -> list[OutboxMail]:
    """The mails to whom of the waitlist gets the seats of those who came by the list and go."""
    found = select(ImportedGuest).where(*_is_left(kept.id))
    done = db.session.scalars(found.options(joinedload(ImportedGuest.rsvp))).all()
    stays = {one.rsvp_id for one in who_acted(kept)}
    goes = [one.rsvp for one in done if one.before is None and one.rsvp_id not in stays]
    freed = sum(rsvp.party for rsvp in goes if rsvp.holds_a_seat)
    gone = {rsvp.id for rsvp in goes}
    event = db.session.get_one(Event, kept.event_id)
    return mails_of_promotion(event, freed=freed, gone=gone, at=at) if freed else []


def take_back_at_once(kept: GuestImport, *, at: datetime) -> None:
    """Take back all of it, in transactions short enough for others to go on."""
    kept_id = kept.id
    while rsvp_ids := _not_taken_back(kept_id):
        for some in short_portions(rsvp_ids, least=ROWS_LEAST):
            in_transaction(partial(take_back_some, kept_id, some, at=at))
    in_transaction(partial(_finish, kept_id))


def take_back_some(kept_id: int, rsvp_ids: Sequence[int], *, at: datetime) -> int:
    """Take back what an import did to some guests. Returns how many there were. Idempotent."""
    kept = db.session.get_one(GuestImport, kept_id)
    event = db.session.get_one(Event, kept.event_id)
    lock_seats(event)
    stays = {one.rsvp_id: one.why for one in who_acted(kept, rsvp_ids)}
    found = select(ImportedGuest).where(*_is_left(kept_id), ImportedGuest.rsvp_id.in_(rsvp_ids))
    done = db.session.scalars(found.options(joinedload(ImportedGuest.rsvp))).all()
    came = _came_with_a_list(rsvp_ids)
    gone = []
    for one in done:
        if why := stays.get(one.rsvp_id):
            one.stays = why
            continue
        if one.rsvp_id in came:
            _undo_arrival(event, one.rsvp_id, at=at)
        if one.before is None:
            gone.append(one.rsvp)
        else:
            _give_back(one, at=at)
    db.session.flush()
    erase_all(event, gone)
    promote(event, at=at)
    return len(done)


def _give_back(one: ImportedGuest, *, at: datetime) -> None:
    """Give a guest back what they were, where nobody has changed it since."""
    rsvp, before, after = one.rsvp, one.before or {}, one.after or {}
    if codes := after.get("codes"):
        theirs = TicketCode.event_id == rsvp.event_id, TicketCode.rsvp_id == rsvp.id
        db.session.execute(delete(TicketCode).where(*theirs, TicketCode.key.in_(codes)))
    now = content_of(rsvp)
    said = {**now, **{name: before[name] for name in before if now[name] == after[name]}}
    try:
        restore(rsvp, said, at=at)
    except (NoRoom, GuestIsIn) as no:
        one.stays = Stays.NO_ROOM if isinstance(no, NoRoom) else Stays.CAME
        return
    for name in WORDS:
        setattr(rsvp, name, said[name])
    if said["person_id"] != now["person_id"]:
        rsvp.person = db.session.get(Person, said["person_id"]) if said["person_id"] else None
    db.session.delete(one)


def _came_with_a_list(rsvp_ids: Collection[int]) -> set[int]:
    """Those whom a list checked in, and no door."""
    came = select(CheckIn.rsvp_id).where(CheckIn.rsvp_id.in_(rsvp_ids), CheckIn.by == IMPORT)
    return set(db.session.scalars(came))


def _undo_arrival(event: Event, rsvp_id: int, *, at: datetime) -> None:
    action = DoorAction(str(uuid4()), "Import", IMPORT, at, at, is_lead=True)
    undo(event_at_door(event.slug), rsvp_id, action)
    db.session.expire(event, ["admitted", "door_revision"])


def _is_left(kept_id: int) -> tuple[ColumnElement[bool], ...]:
    return ImportedGuest.import_id == kept_id, ImportedGuest.stays.is_(None)


def _not_taken_back(kept_id: int) -> Sequence[int]:
    ids = select(ImportedGuest.rsvp_id).where(*_is_left(kept_id)).order_by(ImportedGuest.rsvp_id)
    return db.session.scalars(ids.limit(AT_ONCE)).all()


def _finish(kept_id: int) -> None:
    db.session.get_one(GuestImport, kept_id).due_at = None


class _Worker:
    """Takes one long import back, at most AT_ONCE guests in a round."""

    def __init__(self) -> None:
        self._kept_id = 0

    def find(self, at: datetime) -> Sequence[int]:
        """The RSVPs that come next; one that is none where nothing is left but to say so."""
        asked = GuestImport.taken_back_at.is_not(None), GuestImport.due_at <= at
        found = select(GuestImport.id).where(*asked).order_by(GuestImport.due_at).limit(1)
        if not (kept_id := db.session.scalar(found)):
            return []
        self._kept_id = kept_id
        return _not_taken_back(kept_id) or [0]

    def do(self, rsvp_ids: Sequence[int], at: datetime) -> int:
        if rsvp_ids[0]:
            return take_back_some(self._kept_id, rsvp_ids, at=at)
        _finish(self._kept_id)
        return 1


_worker = _Worker()
take_back_imports = Due("imports to be taken back", _worker.find, _worker.do, least=ROWS_LEAST)
