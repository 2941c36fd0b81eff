"""A guest notes whom they met, declines, or takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, false, or_, select, update
from sqlalchemy.orm import aliased, joinedload

from eventapp.core.database_errors import Vanished
from eventapp.core.db import db
from eventapp.core.due import deletion
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.insert import insert_once
from eventapp.core.outbox import queue
from eventapp.met.actions.links import form_of
from eventapp.met.queries import Attendee
from eventapp.model import Encounter, Event, Notice, NoticeKind, OutboxMail, Person, Rsvp
from eventapp.rsvp.actions import lock_rsvps, note_told

DID_YOU_MEET = "met/mail/did_you_meet"


class MetNotOpen(Refusal):
    code = "met_not_open"
    message = _l("The event has not started. From then on you can say whom you met.")


class MetClosed(Refusal):
    code = "met_closed"
    message = _l("This event is too long ago to say whom you met. What was said stays.")


class MetCalledOff(Refusal):
    code = "met_called_off"
    message = _l("This event was called off, so nobody can have met there.")


def lock_both(one: Rsvp, other: Rsvp) -> None:
    """Lock both RSVPs, so that two guests who note each other at once are handled one after the
    other. Raises Vanished if one of them was deleted since they were loaded.
    """
    people = one.person_id, other.person_id
    lock_rsvps([one.id, other.id])
    if people != (one.person_id, other.person_id):
        raise Vanished


def say_we_met(guest: Attendee, them: Rsvp, *, at: datetime, note: Mapping[str, Any]) -> None:
    """Note that the guest met them, with the guest's own note, tags and day to follow up.

    If they noted it too, it is mutual now, even if the guest had declined it before. If they did
    not, they are asked by mail, once and for all. A repeat changes only the note. Raises
    MetNotOpen, MetClosed, MetCalledOff.
    """
    _refuse_outside(guest.event, at)
    lock_both(guest.rsvp, them)
    is_new = insert_once(
        Encounter,
        {
            "event_id": guest.event.id,
            "noter_id": guest.rsvp.id,
            "met_id": them.id,
            "noted_at": at,
        },
    )
    if not is_new:
        _say_again(guest.rsvp, them, at=at)
    if note:
        _change(guest.rsvp, them, **note)
    is_mutual = _change(them, guest.rsvp, declined_at=None) and not _drop_taken_back(
        them, guest.rsvp
    )
    if is_new and not is_mutual:
        _ask_them(guest, them, at=at)


def decline(guest: Attendee, them: Rsvp, *, at: datetime) -> None:
    """Decline that they met the guest. They are not told. Noting it later undoes this."""
    forget(guest, them, at=at)
    _change(them, guest.rsvp, declined_at=at)


def forget(guest: Attendee, them: Rsvp, *, at: datetime) -> None:
    """Take back that the guest met them, with the guest's note. Cards are shared no longer.

    If they had declined, that stays, invisibly: noting it again must not ask them again.
    """
    lock_both(guest.rsvp, them)
    _change(guest.rsvp, them, taken_back_at=at, note="", tags=[], follow_up_on=None)
    db.session.execute(
        delete(Encounter).where(_said(guest.rsvp, them), Encounter.declined_at.is_(None))
    )


def _refuse_outside(event: Event, at: datetime) -> None:
    if event.called_off_at:
        raise MetCalledOff
    if at < event.starts_at:
        raise MetNotOpen
    if not event.takes_encounters(at):
        raise MetClosed


def _said(noter: Rsvp, met: Rsvp) -> ColumnElement[bool]:
    return and_(Encounter.noter_id == noter.id, Encounter.met_id == met.id)


def _say_again(noter: Rsvp, met: Rsvp, *, at: datetime) -> None:
    """Note again what was taken back after the other had declined it, without asking them again."""
    again = update(Encounter).where(_said(noter, met), Encounter.taken_back_at.is_not(None))
    db.session.execute(again.values(taken_back_at=None, noted_at=at))


def _drop_taken_back(noter: Rsvp, met: Rsvp) -> bool:
    """Delete the row that only kept a decline, now undone. Returns whether there was one."""
    dropped = delete(Encounter).where(_said(noter, met), Encounter.taken_back_at.is_not(None))
    return db.session.execute(dropped.returning(Encounter.id)).first() is not None


def _change(noter: Rsvp, met: Rsvp, **values: Any) -> bool:
    """Change the encounter that one noted with the other. Returns whether there is one."""
    changed = db.session.execute(
        update(Encounter).where(_said(noter, met)).values(**values).returning(Encounter.id)
    )
    return changed.first() is not None


def _ask_them(guest: Attendee, them: Rsvp, *, at: datetime) -> None:
    if them.person is None:
        return
    notice_id = note_told(NoticeKind.DID_YOU_MEET, them.person, guest.rsvp, at=at)
    if notice_id is None:
        return
    # Without `about_id`: organisers see mails about RSVPs, and must not see who met whom.
    queue(
        DID_YOU_MEET,
        to=them.person.email,
        language=them.language,
        at=at,
        values={**form_of(them), "name": guest.rsvp.name},
        notice_id=notice_id,
    )


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of a mail that asks "did you meet?" if it is sent now. Returns None if that was
    taken back or answered, or cannot be answered any more.
    """
    noter = _still_asks(mail)
    if noter is None or not noter.event.takes_encounters(at):
        return None
    return {**mail.values, "name": noter.name}


def _still_asks(mail: OutboxMail) -> Rsvp | None:
    """The guest who noted having met the mail's addressee, if that is unanswered."""
    answer, met = aliased(Encounter), aliased(Rsvp)
    answered = select(answer).where(
        answer.noter_id == Encounter.met_id, answer.met_id == Encounter.noter_id
    )
    return db.session.scalar(
        select(Rsvp)
        .join(Notice, Notice.rsvp_id == Rsvp.id)
        .join(Encounter, Encounter.noter_id == Rsvp.id)
        .join(met, met.id == Encounter.met_id)
        .join(Person, Person.id == met.person_id)
        .where(
            Notice.id == mail.notice_id,
            Person.id == Notice.person_id,
            Person.email == mail.to_email,
            Encounter.taken_back_at.is_(None),
            Encounter.declined_at.is_(None),
            ~answered.where(answer.taken_back_at.is_(None)).exists(),
        )
        .options(joinedload(Rsvp.event))
    )


def _asks_in_vain(at: datetime) -> ColumnElement[bool]:
    closed = [
        and_(Event.met_closes_days_after == days, Event.ends_at <= at - timedelta(days=days))
        for days in db.session.scalars(select(Event.met_closes_days_after).distinct())
    ]
    noters = select(Rsvp.id).join(Event, Event.id == Rsvp.event_id).where(or_(false(), *closed))
    return and_(Notice.kind == NoticeKind.DID_YOU_MEET, Notice.rsvp_id.in_(noters))


# It names who said that they met whom, also after they took that back: kept until the guests of
# an event can say it no longer, so that nobody is asked twice. Its mail is deleted with it.
forget_who_was_asked = deletion(Notice.id, _asks_in_vain)
