"""Mail imported guests their ticket, and ask them what an import could not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select, true
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Event, Notice, NoticeKind, OutboxMail, Rsvp, Source, Status
from eventapp.rsvp.actions import (
    WAS_SENT_TICKET,
    forget_ticket,
    invitation,
    lock_rsvp,
    mails_to_come,
    notify,
    tell_once,
)
from eventapp.rsvp.actions.notify import ticket_values
from eventapp.rsvp.queries import rsvp_mailed

TICKET = "guests/mail/ticket"
SAYS_ANSWER = (TICKET, notify.ANSWERED, notify.ALREADY, notify.APPROVED, notify.PROMOTED)
GETS_TICKET = (Status.GOING, Status.WAITLISTED)  # the waitlisted are told their position


class NoTicketNeeded(Refusal):
    code = "event_over"
    message = _l("This event is over or called off: nobody needs a ticket for it.")


def ask_for_tickets(event: Event, *, at: datetime) -> int:
    """Have the worker mail each imported guest who is going or waitlisted their ticket or position,
    and ask who may see them (`ticket_mails`). Returns how many guests that are, but for those of
    whom it was asked before. Raises NoTicketNeeded.
    """
    lock(event)
    refuse_if_over(event, at)
    if count := count_without_ticket(event):
        event.tickets_asked_at = at
    return count


def send_tickets(event: Event, *, at: datetime, to: Sequence[int] | None = None) -> int:
    """Mail those of these guests who have none their ticket or position, once; None stands for all
    of the event. Returns the number of mails. Raises NoTicketNeeded.
    """
    refuse_if_over(event, at)
    guests = _without_ticket(event, *([] if to is None else [Rsvp.id.in_(to)]))
    for rsvp in guests:
        mail_ticket(rsvp, at=at)
    return len(guests)


def next_without_ticket(event: Event, most: int) -> Sequence[int]:
    """The first of those whom the hosts asked to be mailed."""
    asked = select(Rsvp.id).where(Rsvp.event_id == event.id, needs_ticket(), ~_is_unasked(event))
    return db.session.scalars(asked.order_by(Rsvp.id).limit(most)).all()


def refuse_if_over(event: Event, at: datetime) -> None:
    """Raises NoTicketNeeded."""
    if _is_over(event, at):
        raise NoTicketNeeded


def tickets_to_send(event: Event, *, at: datetime) -> list[OutboxMail]:
    """The mails that the worker will write if it is asked now."""
    guests = _without_ticket(event, _is_unasked(event))
    return mails_to_come(TICKET, guests, partial(_values, at=at))


def mail_ticket(rsvp: Rsvp, *, at: datetime) -> None:
    """Mail an imported guest who has an address their ticket, once."""
    tell_once(NoticeKind.TICKET, rsvp, TICKET, at=at, values=_values(rsvp, at))


def may_be_mailed(rsvp: Rsvp, at: datetime) -> bool:
    """Whether there is an answer of theirs to mail them."""
    is_told = rsvp.status in notify.SENT_FOR[notify.ANSWERED]
    return rsvp.person_id is not None and is_told and not _is_over(rsvp.event, at)


def mail_answer(rsvp: Rsvp, *, at: datetime) -> bool:
    """Mail one guest their ticket, or where else they stand, though they were mailed before.
    Returns whether there was anything to mail.
    """
    lock_rsvp(rsvp)
    if not may_be_mailed(rsvp, at):
        return False
    was_mailed = mailed_at(rsvp) is not None
    if rsvp.is_brought and rsvp.status in GETS_TICKET and not was_mailed:
        forget_ticket(rsvp)
        mail_ticket(rsvp, at=at)
    else:
        notify.ticket(rsvp, at=at, is_again=was_mailed)
    return True


def mailed_at(rsvp: Rsvp) -> datetime | None:
    """When a guest was last mailed where they stand, at the address they have; or when such a mail
    was written that waits. Returns None if none is known, or if it failed.
    """
    if rsvp.person is None:
        return None
    failed = OutboxMail.failed_at.is_not(None)
    mails = select(func.max(func.coalesce(OutboxMail.sent_at, OutboxMail.created_at))).where(
        OutboxMail.about_id == rsvp.id,
        OutboxMail.to_key == rsvp.person.email_key,
        OutboxMail.template.in_(SAYS_ANSWER),
        ~failed,
    )
    told = select(func.max(Notice.at)).where(  # of a mail that is not kept any more
        Notice.rsvp_id == rsvp.id,
        Notice.person_id == rsvp.person_id,
        Notice.kind == NoticeKind.TICKET,
        ~exists().where(OutboxMail.notice_id == Notice.id, failed),
    )
    return max(filter(None, map(db.session.scalar, (mails, told))), default=None)


def was_mailed_answer() -> ColumnElement[bool]:
    """Whether a mail that says where a guest stands was sent, or waits to be."""
    mails = OutboxMail.about_id == Rsvp.id, OutboxMail.failed_at.is_(None)
    return or_(exists().where(*mails, OutboxMail.template.in_(SAYS_ANSWER)), WAS_SENT_TICKET)


def count_without_ticket(event: Event) -> int:
    """Asks first whether anybody was imported: most lists are not, and some are long."""
    imported = exists().where(Rsvp.event_id == event.id, Rsvp.source == Source.IMPORT)
    if not db.session.scalar(select(imported)):
        return 0
    counted = select(func.count()).select_from(Rsvp).where(Rsvp.event_id == event.id)
    return db.session.scalar(counted.where(needs_ticket(), _is_unasked(event))) or 0


def _is_unasked(event: Event) -> ColumnElement[bool]:
    """Whether the worker is not asked to mail a guest."""
    asked_at = event.tickets_asked_at
    return true() if asked_at is None else Rsvp.created_at > asked_at


def _without_ticket(event: Event, *which: ColumnElement[bool]) -> list[Rsvp]:
    """Imported guests who are going or waitlisted, have an address, and were mailed no ticket."""
    found = select(Rsvp).where(Rsvp.event_id == event.id, needs_ticket(), *which)
    return list(db.session.scalars(found.options(joinedload(Rsvp.person)).order_by(Rsvp.id)))


def needs_ticket() -> ColumnElement[bool]:
    return (
        Rsvp.status.in_(GETS_TICKET)
        & (Rsvp.source == Source.IMPORT)
        & Rsvp.person_id.is_not(None)
        & Rsvp.confirmed_at.is_(None)
        & ~WAS_SENT_TICKET
    )


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of a ticket mail if it is sent now. Returns None if it is not needed any more."""
    rsvp = rsvp_mailed(mail)
    if rsvp is None or rsvp.status not in GETS_TICKET or _is_over(rsvp.event, at):
        return None
    return {**_values(rsvp, at), "calendar": invitation(rsvp, at=at)}


def _is_over(event: Event, at: datetime) -> bool:
    return bool(event.called_off_at) or event.ends_at <= at


def _values(rsvp: Rsvp, at: datetime) -> dict[str, Any]:
    community = rsvp.event.community.name
    return {**ticket_values(rsvp, at), "community": community, "brought_by": community}
