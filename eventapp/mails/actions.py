"""Send a failed mail again, or correct its address."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from eventapp.account.actions import meet_person
from eventapp.core import delivery, text
from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests.choice import has_failed_mail
from eventapp.guests.joined_encounters import is_in_contacts
from eventapp.guests.messages import mail_unread, messages_in, messages_not_sent
from eventapp.guests.own_answer import has_account
from eventapp.guests.tickets import mail_ticket
from eventapp.mails import kinds
from eventapp.model import Event, OutboxMail, Rsvp, Source
from eventapp.rsvp.actions import (
    drop_mail,
    drop_unsent_mails,
    forget_proof,
    forget_ticket,
    give_to,
    lock_rsvp,
    notify,
)
from eventapp.rsvp.queries import rsvp_of


class AddressConfirmed(Refusal):
    code = "address_confirmed"
    message = _l("Somebody has shown that this mailbox is theirs, so only they can change it.")


class AddressHasContacts(Refusal):
    code = "address_has_contacts"
    message = _l(
        "Somebody was met under this address, and those contacts are for whoever reads its mail. "
        "Add the other address as a guest of its own."
    )


class AddressTaken(Refusal):
    code = "address_taken"
    message = _l("Another guest of this event has this address: %(name)s.")


def send_again(
    mail: OutboxMail, rsvp: Rsvp, *, at: datetime
) -> Literal["queued", "unchanged", "deleted"]:
    """Queue a failed mail about an RSVP again, brought up to date. Idempotent: a mail that waits or
    was sent meanwhile is left unchanged. It is deleted if what it says is no longer true.
    """
    lock_rsvp(rsvp)
    lock(mail)
    if mail.failed_at is None:
        return "unchanged"
    values = kinds.says_now(mail, at)
    if values is None:
        drop_mail(mail)
        return "deleted"
    delivery.wait_again(OutboxMail.id == mail.id, at=at, values=values)
    lock(mail)  # as it is now
    return "queued"


def send_all_again(event: Event, *, at: datetime) -> int:
    """Queue all failed mails of an event again. Returns how many. Those that are no longer true are
    deleted when they are due.
    """
    of_event = select(Rsvp.id).where(Rsvp.event_id == event.id)
    return delivery.wait_again(OutboxMail.about_id.in_(of_event), at=at)


def mails_to_send_again(event: Event, *, at: datetime) -> list[OutboxMail]:
    """The failed mails of an event, as they would be sent now, none of them in the outbox. What the
    first of a kind says that is still true, the others say under their guest's name.
    """
    failed = (
        select(OutboxMail, Rsvp.name)
        .join(Rsvp, Rsvp.id == OutboxMail.about_id)
        .where(Rsvp.event_id == event.id, OutboxMail.failed_at.is_not(None))
        .order_by(OutboxMail.id)
    )
    rows = db.session.execute(failed).all()
    messages = messages_in([mail for mail, _ in rows])
    firsts: dict[tuple[Any, ...], dict[str, Any]] = {}
    mails = []
    for mail, name in rows:
        kind = mail.template, mail.language, messages.get(mail.id)
        first = firsts.get(kind) or kinds.says_now(mail, at)
        if first is None:
            continue
        firsts[kind] = first
        again = OutboxMail(template=mail.template, to_email=mail.to_email, about_id=mail.about_id)
        again.language, again.values = mail.language, {**first, "name": name}
        mails.append(again)
    return mails


def correct_address(rsvp: Rsvp, email: str, *, at: datetime) -> bool:
    """Give an unconfirmed RSVP to another address, with a new key, ticket and digits, and mail it
    what the old address did not get. Idempotent: the same address changes nothing, unless a mail
    to it failed. Returns whether anything changed.

    Raises InvalidEmail, AddressConfirmed, AddressHasContacts where the address was proven elsewhere
    and its account has contacts here, AddressTaken.
    """
    lock_rsvp(rsvp)
    if rsvp.is_confirmed:
        raise AddressConfirmed
    is_theirs = rsvp.person is not None and rsvp.person.email_key == text.email_key(email)
    if has_account(rsvp) and not is_theirs and is_in_contacts(rsvp):
        raise AddressHasContacts
    return _give_to_address(rsvp, email, at=at)


def move_address(rsvp: Rsvp, email: str, *, at: datetime) -> bool:
    """Do the same with an RSVP whose address is proven, and which its guest has moved away from: it
    is unproven again, and what they chose and wrote for others is forgotten. The contacts of who
    reads the old address go to nobody else.

    Raises InvalidEmail, AddressHasContacts, AddressTaken.
    """
    lock_rsvp(rsvp)
    if rsvp.person and rsvp.person.email_key == text.email_key(email):
        return False
    if is_in_contacts(rsvp):
        raise AddressHasContacts
    forget_proof(rsvp)
    return _give_to_address(rsvp, email, at=at)


def _give_to_address(rsvp: Rsvp, email: str, *, at: datetime) -> bool:
    person = meet_person(email, name=rsvp.name, language=rsvp.language, at=at)
    there = rsvp_of(rsvp.event, person)
    if there is not None and there is not rsvp:
        raise AddressTaken(name=there.name)
    if there is rsvp and not _has_failed_mail(rsvp):
        return False
    give_to(rsvp, person)
    forget_ticket(rsvp)  # it may have been sent to this address before
    unread = messages_not_sent(rsvp)
    drop_unsent_mails(rsvp)
    _mail_anew(rsvp, at=at)
    mail_unread(unread, rsvp, at=at)
    return True


def _has_failed_mail(rsvp: Rsvp) -> bool:
    return bool(db.session.scalar(select(Rsvp.id).where(Rsvp.id == rsvp.id, has_failed_mail())))


def _mail_anew(rsvp: Rsvp, *, at: datetime) -> None:
    """Mail the answer or the ticket. If the event is over or called off, the worker mails them as
    it does everybody, since no such mail is about them now.
    """
    event = rsvp.event
    if event.called_off_at or event.ends_at <= at:
        rsvp.morning_after_at = None
    elif rsvp.status in notify.SENT_FOR[notify.ANSWERED]:
        mail_ticket(rsvp, at=at) if rsvp.source == Source.IMPORT else notify.ticket(rsvp, at=at)
