"""Mail the guests of events that were called off, and of those that take place after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.orm import joinedload

from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute, in_portions
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.index_hints import by_index
from eventapp.core.outbox import is_waiting
from eventapp.model import AWAITED, Event, Notice, OutboxMail, Rsvp
from eventapp.rsvp.actions import notify
from eventapp.rsvp.actions.notices import drop_mail
from eventapp.rsvp.actions.to_come import mails_to_come

NOT_AFTER = timedelta(days=1)  # not told any more if the worker was down for longer

# Built once: the worker asks every two seconds, and building them costs more than running them.
_CALLED_OFF = (Event.called_off_at.is_not(None), Event.ends_at > bindparam("at"))
_TO_BE_TOLD = (
    Rsvp.status.in_(AWAITED),
    Rsvp.person_id.is_not(None),
    Rsvp.called_off_mailed_at.is_(None),
)
_EVENTS = by_index(select(Event.id), Event, "ix_event_called_off").where(*_CALLED_OFF)
_GUESTS = (
    by_index(select(Rsvp.id), Rsvp, "ix_rsvp_not_told")
    .where(any_of(Rsvp.event_id, "event_ids"), *_TO_BE_TOLD)
    .order_by(Rsvp.event_id)
    .limit(AT_ONCE)
)
_LOCKED_GUESTS = (
    select(Rsvp)
    .join(Event, Event.id == Rsvp.event_id)
    .where(any_of(Rsvp.id, "rsvp_ids"), *_CALLED_OFF, *_TO_BE_TOLD)
    .options(joinedload(Rsvp.person), joinedload(Rsvp.event))
    .with_for_update(of=Rsvp, skip_locked=True, key_share=True)
)


def _find(at: datetime) -> Sequence[int]:
    """The ids of RSVPs, going or waiting, to future events that were called off, not yet told."""
    events = execute(_EVENTS, {"at": at}).scalars().all()
    return execute(_GUESTS, {"event_ids": events}).scalars().all() if events else []


def _tell(rsvp_ids: Sequence[int], at: datetime) -> int:
    guests = db.session.scalars(_LOCKED_GUESTS, {"rsvp_ids": rsvp_ids, "at": at}).all()
    for rsvp in guests:
        rsvp.called_off_mailed_at = at
        notify.called_off(rsvp, at=at)
    return len(guests)


send_cancellation_mails = Due("mails of events called off", _find, _tell)


def mails_of_call_off(event: Event, *, because: str, at: datetime) -> list[OutboxMail]:
    """The mails that the worker will write to the guests of an event if it is called off, for this
    reason. To be read before it is: thousands take a while, and others would wait for the lock.
    """
    guests = select(Rsvp).where(Rsvp.event_id == event.id, *_TO_BE_TOLD).order_by(Rsvp.id)
    there = db.session.scalars(guests.options(joinedload(Rsvp.person))).all()

    def read(rsvp: Rsvp) -> dict[str, Any]:
        return {**notify.values_of(notify.CALLED_OFF, rsvp, at), "because": because}

    return mails_to_come(notify.CALLED_OFF, there, read)


_BACK_ON = (
    Event.back_on_at > bindparam("not_before"),
    Event.called_off_at.is_(None),
    Event.ends_at > bindparam("at"),
)
_WERE_TOLD = Rsvp.called_off_mailed_at.is_not(None)
_EVENTS_ON = by_index(select(Event.id), Event, "ix_event_back_on").where(*_BACK_ON)
_GUESTS_TOLD = (
    by_index(select(Rsvp.id), Rsvp, "ix_rsvp_event_id_status_waitlisted_at")
    .where(any_of(Rsvp.event_id, "event_ids"), _WERE_TOLD)
    .limit(AT_ONCE)
)
_LOCKED_GUESTS_TOLD = (
    select(Rsvp)
    .join(Event, Event.id == Rsvp.event_id)
    .where(any_of(Rsvp.id, "rsvp_ids"), *_BACK_ON, _WERE_TOLD)
    .options(joinedload(Rsvp.person), joinedload(Rsvp.event))
    .with_for_update(of=Rsvp, skip_locked=True, key_share=True)
)


def _find_told(at: datetime) -> Sequence[int]:
    """Guests who were told that an event is off which takes place after all."""
    events = execute(_EVENTS_ON, {"at": at, "not_before": at - NOT_AFTER}).scalars().all()
    return execute(_GUESTS_TOLD, {"event_ids": events}).scalars().all() if events else []


def _tell_on(rsvp_ids: Sequence[int], at: datetime) -> int:
    asked = {"rsvp_ids": rsvp_ids, "at": at, "not_before": at - NOT_AFTER}
    guests = db.session.scalars(_LOCKED_GUESTS_TOLD, asked).all()
    for rsvp in guests:
        rsvp.called_off_mailed_at = None
        if not _drop_waiting(rsvp) and rsvp.status in AWAITED:
            notify.back_on(rsvp, at=at)
    return len(guests)


def _drop_waiting(rsvp: Rsvp) -> bool:
    """Drop the mail that the event is off, if no worker has it yet: then they have not heard."""
    about = OutboxMail.about_id == rsvp.id, OutboxMail.template == notify.CALLED_OFF
    free = select(OutboxMail).where(*about, is_waiting(), OutboxMail.leased_until.is_(None))
    waiting = db.session.scalars(free.with_for_update(skip_locked=True)).all()
    for mail in waiting:
        drop_mail(mail)
    return bool(waiting)


def withdraw_call_off_mails(event: Event) -> None:
    """Drop the mails of a call-off that is taken back, but for those that a worker has already."""
    told = select(Rsvp.id).where(Rsvp.event_id == event.id, _WERE_TOLD).order_by(Rsvp.id)
    guests = db.session.scalars(told.with_for_update(key_share=True)).all()
    free = OutboxMail.template == notify.CALLED_OFF, is_waiting(), OutboxMail.leased_until.is_(None)
    for some in in_portions(guests):
        dropped = delete(OutboxMail).where(OutboxMail.about_id.in_(some), *free)
        rows = execute(dropped.returning(OutboxMail.about_id, OutboxMail.notice_id)).all()
        notices, unheard = [row.notice_id for row in rows], [row.about_id for row in rows]
        execute(delete(Notice).where(Notice.id.in_(notices)))
        execute(update(Rsvp).where(Rsvp.id.in_(unheard)).values(called_off_mailed_at=None))


def mails_of_back_on(event: Event, *, at: datetime) -> list[OutboxMail]:
    """The mails that the worker will write to guests who were told that the event is off."""
    guests = _told_of_call_off(event).options(joinedload(Rsvp.person)).order_by(Rsvp.id)
    there = db.session.scalars(guests).all()
    return mails_to_come(notify.BACK_ON, there, partial(notify.values_of, notify.BACK_ON, at=at))


def is_told_back_on(event: Event) -> bool:
    """Whether there would be such mails."""
    return db.session.scalars(_told_of_call_off(event).limit(1)).first() is not None


def _told_of_call_off(event: Event) -> Select[Rsvp]:
    told = Rsvp.event_id == event.id, _WERE_TOLD, Rsvp.status.in_(AWAITED)
    unsent = select(OutboxMail.about_id).where(
        OutboxMail.about_id == Rsvp.id, OutboxMail.template == notify.CALLED_OFF, is_waiting()
    )
    return select(Rsvp).where(*told, Rsvp.person_id.is_not(None), ~unsent.exists())


tell_back_on = Due("mails of events on again", _find_told, _tell_on)
