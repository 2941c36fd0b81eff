"""The mails of what organisers write to guests, and who was told what: see `writing`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, String, cast, exists, select

from eventapp.core.any_of import among
from eventapp.core.db import db
from eventapp.core.due import deletion
from eventapp.core.insert import insert_missing
from eventapp.core.links import absolute
from eventapp.core.mail_budgets import Budget
from eventapp.core.outbox import queue
from eventapp.events.queries import mail_values
from eventapp.model import AWAITED, Notice, NoticeKind, OrganiserMessage, OutboxMail, Rsvp, Source
from eventapp.rsvp.actions import WAS_SENT_TICKET
from eventapp.rsvp.queries import rsvp_mailed

MESSAGE = "guests/mail/message"
BUDGET = Budget("message")  # of each mailbox, whoever writes
# It says how they came onto the list: whom the hosts brought, and who had no mail of us yet.
IS_FIRST_MAIL = (
    Rsvp.person_id.is_not(None)
    & Rsvp.confirmed_at.is_(None)
    & (Rsvp.source == Source.IMPORT)
    & ~WAS_SENT_TICKET
)


class Words(Protocol):
    """What is written."""

    @property
    def subject(self) -> str: ...
    @property
    def words(self) -> str: ...


def mail_message(message: OrganiserMessage, guests: Sequence[Rsvp], *, at: datetime) -> int:
    """Mail a message to these guests of a locked event who were `not_told` it. Returns how many
    they are. What is asked is asked of all of them at once: they may be thousands.
    """
    of_message = {"kind": NoticeKind.MESSAGE, "which": str(message.id), "event_id": None, "at": at}
    rows = [{**of_message, "rsvp_id": rsvp.id, "person_id": rsvp.person_id} for rsvp in guests]
    insert_missing(Notice, rows)
    notices, values = _notices_of(message, guests), values_for(guests, message)
    for rsvp in guests:
        assert rsvp.person is not None  # noqa: S101  who has no address is told nothing
        queue(
            MESSAGE,
            to=rsvp.person.email,
            language=rsvp.language,
            at=at,
            values=values[rsvp.id],
            about_id=rsvp.id,
            notice_id=notices[rsvp.id],
            budget=BUDGET,
        )
    return len(guests)


def not_told(message: OrganiserMessage, guests: Sequence[Rsvp]) -> list[Rsvp]:
    """Those of these guests who were not told a message, at the address that they have."""
    were_told = _notices_of(message, guests)
    return [rsvp for rsvp in guests if rsvp.id not in were_told]


def _notices_of(message: OrganiserMessage, guests: Sequence[Rsvp]) -> dict[int, int]:
    """The ids of the notices to those of these guests who were told, by the guest's."""
    of_message = Notice.kind == NoticeKind.MESSAGE, Notice.which == str(message.id)
    people = {rsvp.id: rsvp.person_id for rsvp in guests}
    found = select(Notice.rsvp_id, Notice.id, Notice.person_id).where(*of_message)
    rows = db.session.execute(found.where(among(Notice.rsvp_id, [*people])))
    return {rsvp_id: id_ for rsvp_id, id_, to in rows if rsvp_id and people[rsvp_id] == to}


def values_for(guests: Sequence[Rsvp], message: Words) -> dict[int, dict[str, Any]]:
    """What a message says to each of these guests of one event, by their ids."""
    if not guests:
        return {}
    event = guests[0].event
    community = event.community.name
    said = {**mail_values(event), "subject": message.subject, "message": message.words}
    ids = [rsvp.id for rsvp in guests if rsvp.is_brought]
    first = select(Rsvp.id).where(among(Rsvp.id, ids), IS_FIRST_MAIL)
    is_first = {*db.session.scalars(first)}
    return {
        rsvp.id: {
            **said,
            "name": rsvp.name,
            "status": rsvp.status,
            "community": community,
            "whole_place": rsvp.whole_place,
            "brought_by": community if rsvp.id in is_first else None,
            "url": absolute("rsvp.own", key=rsvp.key),
        }
        for rsvp in guests
    }


def mail_unread(messages: Sequence[OrganiserMessage], rsvp: Rsvp, *, at: datetime) -> None:
    """Mail a guest those of these messages that they were not told, while they are expected."""
    if rsvp.person and is_expected(rsvp, at):
        for message in messages:
            mail_message(message, not_told(message, [rsvp]), at=at)


def is_expected(rsvp: Rsvp, at: datetime) -> bool:
    """Whether a message is about an event to which a guest may come still."""
    return rsvp.status in AWAITED and at < rsvp.event.ends_at


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of a message if it is sent now. Returns None if its reader is not expected any
    more, or the event is over.
    """
    rsvp, message = rsvp_mailed(mail), messages_in([mail]).get(mail.id)
    if rsvp is None or message is None or not is_expected(rsvp, at):
        return None
    return values_for([rsvp], message)[rsvp.id]


def messages_of(notices: Sequence[Notice]) -> dict[int, OrganiserMessage]:
    """The messages that these notices are of, by the id of the notice; others have none."""
    of_messages = [notice for notice in notices if notice.kind == NoticeKind.MESSAGE]
    ids = {int(notice.which) for notice in of_messages}
    found = select(OrganiserMessage).where(OrganiserMessage.id.in_(ids))
    rows = db.session.scalars(found) if ids else ()
    there = {str(message.id): message for message in rows}
    return {one.id: there[one.which] for one in of_messages if one.which in there}


def messages_in(mails: Sequence[OutboxMail]) -> dict[int, OrganiserMessage]:
    """The messages in these mails, by the id of the mail; others have none."""
    ids = [mail.notice_id for mail in mails if mail.template == MESSAGE]
    notices = db.session.scalars(select(Notice).where(Notice.id.in_(ids))).all() if ids else []
    by_notice = messages_of(notices)
    return {mail.id: by_notice[mail.notice_id] for mail in mails if mail.notice_id in by_notice}


def messages_to(rsvp: Rsvp) -> Sequence[tuple[Notice, OrganiserMessage]]:
    """What organisers wrote to a guest, with the notice of each."""
    notices = db.session.scalars(select(Notice).where(Notice.rsvp_id == rsvp.id)).all()
    messages = messages_of(notices)
    return [(one, messages[one.id]) for one in notices if one.id in messages]


def messages_not_sent(rsvp: Rsvp) -> list[OrganiserMessage]:
    """Those whose mail to a guest waits, or failed."""
    unsent = select(OutboxMail).where(OutboxMail.about_id == rsvp.id, OutboxMail.sent_at.is_(None))
    mails = db.session.scalars(unsent.order_by(OutboxMail.id)).all()
    return [*messages_in(mails).values()]


IS_TOLD = exists().where(
    Rsvp.event_id == OrganiserMessage.event_id,
    Notice.rsvp_id == Rsvp.id,
    Notice.kind == NoticeKind.MESSAGE,
    Notice.which == cast(OrganiserMessage.id, String),
)


def _is_told_nobody(at: datetime) -> ColumnElement[bool]:
    """Who was told is forgotten some months after the event: see `keep_months`."""
    return ~IS_TOLD


forget_messages = deletion(OrganiserMessage.id, _is_told_nobody)
