"""What an organiser may do to many guests at once: approve, promote or mail them, take them off the
list or put them back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, exists, false, select, true
from sqlalchemy.orm import joinedload

from eventapp.core.any_of import among
from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.sent_forms import is_sent_first
from eventapp.guests import by_hand, tickets, undo
from eventapp.guests.approval import let_in
from eventapp.guests.choice import REMOVED, Mark
from eventapp.model import AuditEntry, AuditVerb, CheckIn, Event, Rsvp, Source, Status
from eventapp.rsvp.actions import lock_list, lock_seats, notify, promote, take_place

NOBODY = false()
IS_LISTED = Rsvp.removed_at.is_(None)
CAME = exists().where(CheckIn.rsvp_id == Rsvp.id)
HAS_ADDRESS = Rsvp.person_id.is_not(None)
IS_UNPROVEN = HAS_ADDRESS & Rsvp.confirmed_at.is_(None) & (Rsvp.source != Source.IMPORT)
NO_LIMIT_OVER = 1_000_000_000  # people over the capacity: as many as there are

Record = Callable[..., AuditEntry]  # makes an entry of the community's audit log


@dataclass(frozen=True)
class Doing:
    """When an act is done, and by what form, and how it is noted."""

    at: datetime
    record: Record
    form_id: str = ""
    over_capacity_by: int = 0  # people, as many as was said yes to
    left_off: dict[int, tuple[str, Refusal]] = field(default_factory=dict)  # the name, and why

    def seats_left(self, event: Event) -> int | None:
        """None means no limit."""
        return event.seats_left_once(self.over_capacity_by)

    def goes_over(self, event: Event, party: int) -> bool:
        """Whether a party may have seats of a locked event though it is full: while no more people
        are beyond its capacity than was said yes to, whoever else gives places meanwhile.
        """
        left = self.seats_left(event)
        return bool(self.over_capacity_by) and (left is None or party <= left)


@dataclass(frozen=True)
class Act:
    """What is done to guests who meet a condition; `do` returns to how many."""

    name: str
    applies: ColumnElement[bool]
    do: Callable[[Event, Sequence[Rsvp], Doing], int]
    verb: AuditVerb | None = None  # of one entry in the audit log that counts them all
    order: ColumnElement[Any] = Rsvp.id.expression
    seats: ColumnElement[bool] = NOBODY  # gets a place by it, if there is one
    needs_place: bool = False  # and stays as they are if there is none
    mails: ColumnElement[bool] = NOBODY  # is mailed that
    # Why it does not apply, first that which says most; else it is their status.
    kinds: Sequence[tuple[ColumnElement[bool], Any]] = ((~IS_LISTED, REMOVED), (CAME, "came"))


def _approve(event: Event, guests: Sequence[Rsvp], doing: Doing) -> int:
    let_in(guests, at=doing.at)
    return len(guests)


def _promote(event: Event, guests: Sequence[Rsvp], doing: Doing) -> int:
    """Who does not fit keeps their position, unless they may go over the capacity. Each is noted as
    if it were done to them alone, so that it can be undone alone.
    """
    return sum(_is_promoted(rsvp, doing) for rsvp in guests)


def _is_promoted(rsvp: Rsvp, doing: Doing) -> bool:
    event, before = rsvp.event, by_hand.content_of(rsvp)
    if not take_place(rsvp, over_capacity=doing.goes_over(event, rsvp.party)):
        return False
    notify.promoted(rsvp, at=doing.at)
    entry = doing.record(by_hand.verb_of_place(event), event, rsvp_id=rsvp.id)
    undo.note_change(rsvp, before, entry, at=doing.at)
    return True


def _remove(event: Event, guests: Sequence[Rsvp], doing: Doing) -> int:
    """Each is noted as if it were done to them alone, so that it can be undone alone."""
    lock_list(event.id)
    for rsvp in guests:
        before = by_hand.take_off_list(rsvp, at=doing.at)
        entry = doing.record(AuditVerb.GUEST_REMOVED, event, rsvp_id=rsvp.id)
        undo.note_change(rsvp, before, entry, at=doing.at)
    db.session.flush()
    promote(event, at=doing.at)
    return len(guests)


def _put_back(event: Event, guests: Sequence[Rsvp], doing: Doing) -> int:
    """Who cannot be, as when their place is taken, stays off the list, and it is said why."""
    return sum(_is_put_back(rsvp, doing) for rsvp in guests)


def _is_put_back(rsvp: Rsvp, doing: Doing) -> bool:
    change = undo.last_removal(rsvp)
    over = doing.goes_over(rsvp.event, rsvp.party)
    try:
        if change is None:
            raise undo.ChangedSince(name=rsvp.name)
        undo.refuse_undo(change, at=doing.at, needs_room=not over)
    except Refusal as no:
        doing.left_off[rsvp.id] = (rsvp.name, no)
        return False
    doing.left_off.pop(rsvp.id, None)  # of a try that was undone
    undo.undo_change(change, at=doing.at, over_capacity=over)
    doing.record(AuditVerb.GUEST_PUT_BACK, rsvp.event, rsvp_id=rsvp.id)
    return True


def _mail(event: Event, guests: Sequence[Rsvp], doing: Doing) -> int:
    """Mail each their ticket, or where else they stand; once for each time a form is filled in."""
    return sum(
        is_sent_first(doing.form_id, (event.id, rsvp.id), at=doing.at)
        and tickets.mail_answer(rsvp, at=doing.at)
        for rsvp in guests
    )


APPROVE = Act(
    "approve",
    Rsvp.status == Status.PENDING,
    _approve,
    AuditVerb.GUESTS_APPROVED,
    seats=true(),
    mails=HAS_ADDRESS & ((Rsvp.source != Source.IMPORT) | Rsvp.confirmed_at.is_not(None)),
)
PROMOTE = Act(
    "promote",
    Rsvp.status == Status.WAITLISTED,
    _promote,
    order=Rsvp.waitlisted_at.expression,
    seats=true(),
    needs_place=True,
    mails=HAS_ADDRESS,
)
MAY_BE_MAILED = IS_LISTED & HAS_ADDRESS & Rsvp.status.in_(notify.SENT_FOR[notify.ANSWERED])
_NOT_MAILED = ((~HAS_ADDRESS, Mark.NO_ADDRESS), (MAY_BE_MAILED, "mailed"))
MAIL = Act(
    "mail",
    MAY_BE_MAILED & ~tickets.was_mailed_answer(),
    _mail,
    AuditVerb.GUESTS_MAILED,
    mails=true(),
    kinds=_NOT_MAILED,
)
MAIL_AGAIN = replace(MAIL, name="mail-again", applies=MAY_BE_MAILED)
REMOVE = Act(
    "remove",
    IS_LISTED & ~CAME,
    _remove,
    mails=HAS_ADDRESS & (Rsvp.status == Status.GOING) & Rsvp.in_calendar_since.is_not(None),
)
PUT_BACK = Act("put-back", ~IS_LISTED, _put_back, seats=undo.had_place(), needs_place=True)
ACTS = {act.name: act for act in (APPROVE, PROMOTE, MAIL, MAIL_AGAIN, REMOVE, PUT_BACK)}


def rows_of(event: Event, act: Act, ids: Sequence[int]) -> Sequence[Row[Any]]:
    """These guests in the order of the act, with whether it applies to each; if not, by what `kind`
    of guest they are.
    """
    kind = case(*act.kinds, else_=Rsvp.status)
    found = select(
        Rsvp.id,
        Rsvp.name,
        Rsvp.status,
        (1 + Rsvp.companions).label("party"),
        act.applies.label("applies"),
        act.seats.label("seats"),
        act.mails.label("mails"),
        kind.label("kind"),
        IS_UNPROVEN.label("unproven"),
    )
    there = found.where(Rsvp.event_id == event.id, among(Rsvp.id, ids))
    return db.session.execute(there.order_by(act.order, Rsvp.id)).all()


def locked(event: Event, act: Act, ids: Sequence[int]) -> Sequence[Rsvp]:
    """Those of these guests to whom the act applies still, read anew with the seats locked."""
    lock_seats(event)
    found = select(Rsvp).where(Rsvp.event_id == event.id, among(Rsvp.id, ids), act.applies)
    in_order = found.options(joinedload(Rsvp.person)).order_by(act.order, Rsvp.id)
    return db.session.scalars(in_order.execution_options(populate_existing=True)).all()
