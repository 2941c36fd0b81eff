"""One act on many guests of an event: approve, promote, take them off the list or put them back, in
transactions short enough for others to go on meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Row, case, exists, false, select, true
from sqlalchemy.orm import joinedload

from eventapp.core.any_of import among
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.core.i18n import ngettext
from eventapp.core.outbox import OutboxMail
from eventapp.core.outgoing import noting_mails
from eventapp.core.portions import short_portions
from eventapp.core.retry import in_transaction, saying_what_is_done
from eventapp.guests import by_hand, undo
from eventapp.guests.approval import let_in
from eventapp.guests.choice import REMOVED
from eventapp.model import AuditEntry, AuditVerb, CheckIn, Event, Rsvp, Source, Status
from eventapp.rsvp.actions import lock_list, lock_seats, notify, promote, take_place

NOBODY = false()
NAMED_MOST = 12  # guests, before an act


Record = Callable[..., AuditEntry]  # makes an entry of the community's audit log


@dataclass(frozen=True)
class Act:
    """What is done to guests who meet a condition; `do` returns to how many."""

    name: str
    applies: ColumnElement[bool]
    do: Callable[[Event, Sequence[Rsvp], datetime, Record], int]
    verb: AuditVerb | None = None  # of one entry in the audit log that counts them all
    order: ColumnElement[Any] = Rsvp.id.expression
    seats: ColumnElement[bool] = NOBODY  # gets a place by it, if there is one
    mails: ColumnElement[bool] = NOBODY  # is mailed that


def _approve(event: Event, guests: Sequence[Rsvp], at: datetime, _: Record) -> int:
    let_in(guests, at=at)
    return len(guests)


def _promote(event: Event, guests: Sequence[Rsvp], at: datetime, _: Record) -> int:
    """Who does not fit keeps their position."""
    seated = [rsvp for rsvp in guests if take_place(rsvp)]
    db.session.flush()
    for rsvp in seated:
        notify.promoted(rsvp, at=at)
    return len(seated)


def _remove(event: Event, guests: Sequence[Rsvp], at: datetime, record: Record) -> int:
    """Each is noted as if it were done to them alone, so that it can be undone alone."""
    lock_list(event.id)
    for rsvp in guests:
        before = by_hand.take_off_list(rsvp, at=at)
        entry = record(AuditVerb.GUEST_REMOVED, event, rsvp_id=rsvp.id)
        undo.note_change(rsvp, before, entry, at=at)
    db.session.flush()
    promote(event, at=at)
    return len(guests)


def _put_back(event: Event, guests: Sequence[Rsvp], at: datetime, record: Record) -> int:
    """Who cannot be, as their place is taken, stays off the list."""
    return sum(_is_put_back(rsvp, at, record) for rsvp in guests)


def _is_put_back(rsvp: Rsvp, at: datetime, record: Record) -> bool:
    change = next((one for one in undo.changes_of(rsvp) if "removed_at" in one.after), None)
    if change is None:
        return False
    try:
        with db.session.begin_nested():
            undo.undo_change(change, at=at)
            record(AuditVerb.GUEST_PUT_BACK, rsvp.event, rsvp_id=rsvp.id)
    except Refusal:
        return False
    return True


_IS_LISTED = Rsvp.removed_at.is_(None)
_CAME = exists().where(CheckIn.rsvp_id == Rsvp.id)
_HAS_ADDRESS = Rsvp.person_id.is_not(None)
APPROVE = Act(
    "approve",
    Rsvp.status == Status.PENDING,
    _approve,
    AuditVerb.GUESTS_APPROVED,
    seats=true(),
    mails=_HAS_ADDRESS & ((Rsvp.source != Source.IMPORT) | Rsvp.confirmed_at.is_not(None)),
)
PROMOTE = Act(
    "promote",
    Rsvp.status == Status.WAITLISTED,
    _promote,
    AuditVerb.GUESTS_PROMOTED,
    order=Rsvp.waitlisted_at.expression,
    seats=true(),
    mails=_HAS_ADDRESS,
)
REMOVE = Act(
    "remove",
    _IS_LISTED & ~_CAME,
    _remove,
    mails=_HAS_ADDRESS & (Rsvp.status == Status.GOING) & Rsvp.in_calendar_since.is_not(None),
)
PUT_BACK = Act("put-back", ~_IS_LISTED, _put_back)
ACTS = {act.name: act for act in (APPROVE, PROMOTE, REMOVE, PUT_BACK)}


class Stopped(Refusal):
    """The database failed meanwhile. What was done to some guests stays."""

    code = "stopped"

    @staticmethod
    def message(count: int) -> str:
        words: str = ngettext(
            "It stopped after %(num)s guest, because the database isn't answering. Try again in a "
            "moment for the others: nobody is emailed twice.",
            "It stopped after %(num)s guests, because the database isn't answering. Try again in a "
            "moment for the others: nobody is emailed twice.",
            count,
        )
        return words


@dataclass(frozen=True)
class Plan:
    """What an act on these guests comes to, before it is done."""

    ids: Sequence[int]  # of those to whom it applies
    names: Sequence[str]  # of the first of them
    with_place: int
    without_place: int  # where it is about places
    mailed: int
    move_up: int  # of the waitlist, into seats that become free: mailed, too
    skipped: Counter[str]  # by their status, "came", or REMOVED
    sample: OutboxMail | None  # one of the mails

    @property
    def others(self) -> int:
        return len(self.ids) - len(self.names)


def plan(event: Event, act: Act, ids: Sequence[int], *, at: datetime, record: Record) -> Plan:
    there = _rows(event, act, ids)
    applies = [row for row in there if row.applies]
    seated = [row for row in applies if row.seats]
    fitting = list(_fitting(seated, event.seats_left))
    mailed = fitting if act is PROMOTE else applies
    return Plan(
        ids=[row.id for row in applies],
        names=[row.name for row in applies[:NAMED_MOST]],
        with_place=len(fitting),
        without_place=len(seated) - len(fitting),
        mailed=sum(row.mails for row in mailed),
        move_up=_count_moving_up(event, applies, at) if act is REMOVE else 0,
        skipped=Counter(row.kind for row in there if not row.applies),
        sample=_sample(event, act, [row.id for row in applies[:NAMED_MOST]], at, record),
    )


def _rows(event: Event, act: Act, ids: Sequence[int]) -> Sequence[Row[Any]]:
    kind = case((~_IS_LISTED, REMOVED), (_CAME, "came"), else_=Rsvp.status)
    found = select(
        Rsvp.id,
        Rsvp.name,
        Rsvp.status,
        (1 + Rsvp.companions).label("party"),
        act.applies.label("applies"),
        act.seats.label("seats"),
        act.mails.label("mails"),
        kind.label("kind"),
    )
    there = found.where(Rsvp.event_id == event.id, among(Rsvp.id, ids))
    return db.session.execute(there.order_by(act.order, Rsvp.id)).all()


def _fitting(rows: Iterable[Any], left: int | None) -> Iterator[Any]:
    """Those who get a place, one after the other: a party that does not fit is passed over."""
    for row in rows:
        if left is None or row.party <= left:
            yield row
            left = None if left is None else left - row.party


def _count_moving_up(event: Event, removed: Sequence[Row[Any]], at: datetime) -> int:
    """How many of the waitlist get the seats of those who are removed."""
    if event.seats_left is None or not event.takes_rsvps(at):
        return 0
    free = event.seats_left + sum(row.party for row in removed if row.status == Status.GOING)
    waiting = select(Rsvp.id, (1 + Rsvp.companions).label("party")).where(
        Rsvp.event_id == event.id, Rsvp.status == Status.WAITLISTED
    )
    gone = {row.id for row in removed}
    line = db.session.execute(waiting.order_by(Rsvp.waitlisted_at, Rsvp.id)).all()
    return len(list(_fitting([row for row in line if row.id not in gone], free)))


class _OnlyTried(Exception):
    pass


def _sample(
    event: Event, act: Act, ids: Sequence[int], at: datetime, record: Record
) -> OutboxMail | None:
    """The first mail that it would send, tried on some of them and undone."""
    with noting_mails() as mails:
        try:
            with transaction():
                act.do(event, _locked(event, act, ids), at, record)
                db.session.flush()
                raise _OnlyTried
        except _OnlyTried:
            pass
    db.session.refresh(event)
    return next(iter(mails), None)


def _locked(event: Event, act: Act, ids: Sequence[int]) -> Sequence[Rsvp]:
    """Those of these guests to whom the act applies still, read anew with the seats locked."""
    lock_seats(event)
    found = select(Rsvp).where(Rsvp.event_id == event.id, among(Rsvp.id, ids), act.applies)
    in_order = found.options(joinedload(Rsvp.person)).order_by(act.order, Rsvp.id)
    return db.session.scalars(in_order.execution_options(populate_existing=True)).all()


class ManyGuests:
    """The guests on whom an organiser acts. Done again, it goes on with those who are left. An
    entry in the audit log that counts them grows with each portion.
    """

    def __init__(self, event: Event, act: Act, *, at: datetime, record: Record) -> None:
        self.event, self.act, self.at, self.record = event, act, at, record
        self.done = 0  # of those that are committed
        self._entry: AuditEntry | None = None

    def do(self, ids: Sequence[int]) -> int:
        """Returns how many it was done to. Raises Stopped if the database fails after the first
        portion.
        """
        in_order = [row.id for row in _rows(self.event, self.act, ids) if row.applies]
        for some in short_portions(in_order):
            refusal = Stopped(count=self.done) if self.done else None
            with saying_what_is_done(refusal):
                count, self._entry = in_transaction(partial(self._portion, some))
            self.done += count
        return self.done

    def _portion(self, some: Sequence[int]) -> tuple[int, AuditEntry | None]:
        guests = _locked(self.event, self.act, some)
        count = self.act.do(self.event, guests, self.at, self.record)
        entry = self._entry
        if entry:
            entry.count = (entry.count or 0) + count
        elif count and self.act.verb:
            entry = self.record(self.act.verb, self.event, count=count)
        return count, entry
