"""The mails about RSVPs, written to the outbox by the actions that cause them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from eventapp.core.db import db
from eventapp.core.links import absolute
from eventapp.core.mail_budgets import Budget
from eventapp.core.outbox import queue, queue_capped
from eventapp.events.queries import mail_values
from eventapp.model import AWAITED, NoticeKind, OutboxMail, Person, Rsvp, Status
from eventapp.rsvp.actions.invitation import invitation
from eventapp.rsvp.actions.notices import brought_by, note_told, tell_once
from eventapp.rsvp.queries import (
    count_waiting_before,
    is_asked_again,
    rsvp_mailed,
    waitlist_position,
)

ANSWERED = "rsvp/mail/answered"
ALREADY = "rsvp/mail/already"
CALLED_OFF = "rsvp/mail/called_off"
BACK_ON = "rsvp/mail/back_on"
CHANGED = "rsvp/mail/changed"
PROMOTED = "rsvp/mail/promoted"
CANCELLED = "rsvp/mail/cancelled"
APPROVED = "rsvp/mail/approved"
DECLINED = "rsvp/mail/declined"
BRINGS_TICKET = (ANSWERED, PROMOTED, APPROVED, BACK_ON)
TELLS_ANSWER = (ANSWERED, PROMOTED, APPROVED, DECLINED, CANCELLED)
SAYS_THE_SAME = (PROMOTED, APPROVED, CHANGED)  # as a reminder, which is not needed for some hours

DIGITS_VALID = timedelta(minutes=30)

# The statuses in which each of these mails is still true.
SENT_FOR: dict[str, tuple[str, ...]] = {
    ANSWERED: tuple(status for status in Status if status != Status.CANCELLED),
    ALREADY: tuple(Status),
    PROMOTED: (Status.GOING,),
    CANCELLED: tuple(status for status in Status if status != Status.GOING),
    APPROVED: (Status.GOING, Status.WAITLISTED),
    DECLINED: (Status.NOT_GOING,),
    CALLED_OFF: AWAITED,
    BACK_ON: AWAITED,
}
NO_INVITATION = (ALREADY,)
NOT_AFTERWARDS = (CALLED_OFF, BACK_ON, PROMOTED, APPROVED, DECLINED)


def answered(
    rsvp: Rsvp,
    template: str,
    *,
    budgets: Sequence[Budget],
    network: str | None,
    digits: str,
    at: datetime,
) -> datetime | None:
    """Mail the ticket, or where else the guest stands, with the digits that the page asks for.

    Mails to one mailbox are limited: returns None if this one goes out, else when the next may.
    """
    assert rsvp.person is not None  # noqa: S101  whoever answers has an address
    if rsvp.status != Status.WAITLISTED:  # takes as long as if they were: times must not tell
        count_waiting_before(rsvp)
    return queue_capped(
        template,
        budgets=budgets,
        to=rsvp.person.email,
        language=rsvp.language,
        at=at,
        values={**ticket_values(rsvp, at), "digits": digits},
        about_id=rsvp.id,
        network=network,
    )


def ticket(rsvp: Rsvp, *, at: datetime, is_again: bool = False) -> None:
    """Mail the ticket, or the position on the waitlist, without digits."""
    _tell(ANSWERED, rsvp, at=at, is_again=is_again)


def promoted(rsvp: Rsvp, *, at: datetime) -> None:
    _tell(PROMOTED, rsvp, at=at)


def cancelled(rsvp: Rsvp, *, at: datetime) -> None:
    _tell(CANCELLED, rsvp, at=at)


def gave_place_back(rsvp: Rsvp, *, at: datetime) -> None:
    """Mail who had a place and has none what takes the event out of their calendar, if a mail has
    put it there, or is about to: they said maybe, or no, or hosts took them off the list.
    """
    on_its_way = exists().where(OutboxMail.about_id == rsvp.id, OutboxMail.leased_until > at)
    if rsvp.in_calendar_since or db.session.scalar(select(on_its_way)):
        _tell(CANCELLED, rsvp, at=at)


def came_back(rsvp: Rsvp, *, at: datetime) -> None:
    """Mail their ticket to who comes after all, if a mail took the event out of their calendar."""
    gone = OutboxMail.about_id == rsvp.id, OutboxMail.template == CANCELLED
    if db.session.scalar(select(exists().where(*gone, OutboxMail.sent_at.is_not(None)))):
        ticket(rsvp, at=at)


def approved(rsvp: Rsvp, *, at: datetime) -> None:
    """Mail that a host said yes: with the ticket, or the position on the waitlist."""
    _tell(APPROVED, rsvp, at=at)


def declined(rsvp: Rsvp, *, at: datetime) -> None:
    _tell(DECLINED, rsvp, at=at)


def called_off(rsvp: Rsvp, *, at: datetime) -> None:
    """Mail that the event is called off: once each time that it is."""
    values, off_at = values_of(CALLED_OFF, rsvp, at), rsvp.event.called_off_at
    which = off_at.isoformat() if off_at else ""
    tell_once(NoticeKind.CALLED_OFF, rsvp, CALLED_OFF, at=at, values=values, which=which)


def back_on(rsvp: Rsvp, *, at: datetime) -> None:
    """Mail that the event takes place after all."""
    _tell(BACK_ON, rsvp, at=at)


def _tell(template: str, rsvp: Rsvp, *, at: datetime, **more: Any) -> None:
    if rsvp.person:
        notice_id = _note_ticket(template, rsvp, rsvp.person, at=at)
        queue(
            template,
            to=rsvp.person.email,
            language=rsvp.language,
            at=at,
            values={**values_of(template, rsvp, at, notice_id), **more},
            about_id=rsvp.id,
            notice_id=notice_id,
        )


def _note_ticket(template: str, rsvp: Rsvp, person: Person, *, at: datetime) -> int | None:
    """Note that a mail brings a guest of a list their ticket, or their position on the waitlist, so
    that no other does. Returns the id of the notice, or None if they have it.
    """
    brings = template in BRINGS_TICKET and rsvp.status in (Status.GOING, Status.WAITLISTED)
    if not brings or not rsvp.is_brought:
        return None
    return note_told(NoticeKind.TICKET, person, rsvp, at=at)


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of one of these mails if it is sent now. Returns None if it is no longer true."""
    rsvp = rsvp_mailed(mail)
    if rsvp is None or rsvp.status not in SENT_FOR[mail.template]:
        return None
    if bool(rsvp.event.called_off_at) != (mail.template == CALLED_OFF):
        return None
    if mail.template in NOT_AFTERWARDS and rsvp.event.ends_at <= at:
        return None
    if mail.template == DECLINED and rsvp.declined_at is None:
        return None
    is_theirs = rsvp.status == Status.CANCELLED and rsvp.removed_at is None
    if mail.template == CANCELLED and not is_theirs and rsvp.in_calendar_since is None:
        return None
    digits = mail.values.get("digits") if at < mail.created_at + DIGITS_VALID else None
    values = {**values_of(mail.template, rsvp, at, mail.notice_id), "digits": digits}
    values["is_again"] = mail.values.get("is_again")
    if mail.template not in NO_INVITATION:
        values["calendar"] = invitation(rsvp, at=at)
    return values


def values_of(
    template: str, rsvp: Rsvp, at: datetime, notice_id: int | None = None
) -> dict[str, Any]:
    """The values of one of these mails. Who is declined is shown what else there is."""
    values = ticket_values(rsvp, at, notice_id=notice_id)
    if template == CANCELLED:
        values["is_removed"] = rsvp.removed_at is not None
    if template == CALLED_OFF:
        values["because"] = rsvp.event.called_off_because
    if template != DECLINED:
        return values
    community = rsvp.event.community
    url = absolute("events.community", slug=community.slug)
    return {**values, "community": community.name, "community_url": url}


def ticket_values(rsvp: Rsvp, at: datetime, *, notice_id: int | None = None) -> dict[str, Any]:
    """What a mail says of an RSVP: the event, the answer, and the ticket if it holds a seat; and to
    a guest of a list, if it is the first or has this notice of their ticket, whose list it was.
    """
    qr = absolute("door.ticket", ticket=rsvp.ticket)  # for each guest: times must not tell
    values: dict[str, Any] = {
        **mail_values(rsvp.event),
        "name": rsvp.name,
        "status": rsvp.status,
        "exact_address": rsvp.exact_address,
        "private_link": rsvp.private_link,
        "whole_place": rsvp.whole_place,
        "needs_a_yes": rsvp.needs_a_yes,
        "is_declined": rsvp.declined_at is not None,
        "party": rsvp.party,
        "waitlist_position": waitlist_position(rsvp),
        "brought_by": brought_by(rsvp, but=notice_id),
        "is_asked_again": is_asked_again(rsvp, at),
        "url": absolute("rsvp.own", key=rsvp.key),
    }
    if rsvp.holds_a_seat:
        values |= {"short_code": rsvp.short_code, "qr": qr}
    return values
