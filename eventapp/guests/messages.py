"""What organisers write to guests in words of their own, by mail.

A message is about the event that its readers answered, so it goes to who is expected, until that is
over: who does not come any more gets none, which is also how one ends them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, select, true

from eventapp.core.any_of import among
from eventapp.core.db import db
from eventapp.core.due import deletion
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import absolute
from eventapp.core.mail_budgets import Budget
from eventapp.core.outbox import used_up
from eventapp.core.sent_forms import add_once
from eventapp.events.queries import mail_values
from eventapp.guests.act_plan import Plan, plan
from eventapp.guests.acts import HAS_ADDRESS, IS_LISTED, IS_UNPROVEN, Act, Doing
from eventapp.guests.choice import REMOVED, Mark, has_failed_mail
from eventapp.model import (
    AWAITED,
    AuditVerb,
    Event,
    HostMessage,
    Notice,
    NoticeKind,
    OutboxMail,
    Person,
    Rsvp,
)
from eventapp.rsvp.actions import brought_by, mails_to_come, tell_once
from eventapp.rsvp.queries import rsvp_mailed

MESSAGE = "guests/mail/message"
BUDGET = Budget("message")  # of each mailbox, whoever writes
UNPROVEN, MANY_MAILS = "unproven", "many_mails"  # why somebody gets none

_IS_EXPECTED = Rsvp.status.in_(AWAITED)
_REACHES = IS_LISTED & HAS_ADDRESS & _IS_EXPECTED & ~IS_UNPROVEN & ~has_failed_mail()
_KINDS = (
    (~IS_LISTED, REMOVED),
    (~HAS_ADDRESS, Mark.NO_ADDRESS),
    (~_IS_EXPECTED, Rsvp.status),
    (IS_UNPROVEN, UNPROVEN),
    (has_failed_mail(), Mark.MAIL_FAILED),
)


class NobodyExpected(Refusal):
    code = "event_over"
    message = _l("This event is over, and nobody is expected any more: there's nobody to write to.")


@dataclass(frozen=True)
class Written:
    """What an organiser typed, in which form, and who they are."""

    subject: str
    words: str
    form_id: str
    by_id: int


def writing(written: Written) -> Act:
    """The act that mails a message to many guests. Done again by the same form, it goes on with
    those who were not mailed.
    """
    return Act(
        "write",
        _REACHES,
        partial(_write, written),
        AuditVerb.GUESTS_WRITTEN_TO,
        mails=true(),
        kinds=_KINDS,
    )


def refuse_if_over(event: Event, at: datetime) -> None:
    """Raises NobodyExpected."""
    if event.ends_at <= at:
        raise NobodyExpected


def may_be_written_to(rsvp: Rsvp, at: datetime) -> bool:
    """Whether a message may reach a guest, as far as it is known without their mails."""
    has_address = rsvp.person_id is not None and not rsvp.is_unproven
    return has_address and rsvp.status in AWAITED and at < rsvp.event.ends_at


def plan_of_message(event: Event, act: Act, ids: Sequence[int], doing: Doing) -> Plan:
    """To whom it goes, and who gets none. Raises NobodyExpected."""
    refuse_if_over(event, doing.at)
    full = _who_had_many(ids, doing.at)
    planned = plan(event, act, [one for one in ids if one not in full], doing)
    if full:
        planned.skipped[MANY_MAILS] = len(full)
    return planned


def samples(event: Event, planned: Plan, written: Written) -> dict[str, tuple[int, OutboxMail]]:
    """By language: to how many it goes, and the mail to the first of them."""
    counted = (
        select(Rsvp.language, func.count(), func.min(Rsvp.id))
        .where(among(Rsvp.id, planned.mailed_ids))
        .group_by(Rsvp.language)
        .order_by(func.count().desc(), Rsvp.language)
    )
    found = {}
    for language, count, first in db.session.execute(counted).all():
        guest = db.session.get_one(Rsvp, first)
        values = partial(_values, subject=written.subject, words=written.words)
        (mail,) = mails_to_come(MESSAGE, [guest], values)
        found[language] = (count, mail)
    return found


def _write(written: Written, event: Event, guests: Sequence[Rsvp], doing: Doing) -> int:
    if event.ends_at <= doing.at:
        return 0
    message = _added(written, event, at=doing.at)
    full = _who_had_many([rsvp.id for rsvp in guests], doing.at)
    told = (rsvp for rsvp in guests if rsvp.id not in full)
    return sum(mail_message(message, rsvp, at=doing.at) for rsvp in told)


def mail_message(message: HostMessage, rsvp: Rsvp, *, at: datetime) -> bool:
    """Mail a guest a message, once. Returns whether they are mailed now."""
    return tell_once(
        NoticeKind.MESSAGE,
        rsvp,
        MESSAGE,
        at=at,
        values=_values(rsvp, subject=message.subject, words=message.words),
        which=str(message.id),
        budget=BUDGET,
    )


def _added(written: Written, event: Event, *, at: datetime) -> HostMessage:
    def add() -> HostMessage:
        said = {"subject": written.subject, "words": written.words, "by_id": written.by_id}
        message = HostMessage(event_id=event.id, created_at=at, **said)
        db.session.add(message)
        db.session.flush()
        return message

    there = select(HostMessage).where(HostMessage.event_id == event.id)
    typed = (event.id, replace(written, form_id=""))
    return add_once(written.form_id, typed, there, add, at=at)


def _who_had_many(ids: Sequence[int], at: datetime) -> set[int]:
    """Those of these guests whose mailbox has had all messages that one gets in an hour."""
    found = select(Rsvp.id, Person.email).join(Rsvp.person).where(among(Rsvp.id, ids))
    addresses = dict(db.session.execute(found).all())
    full = used_up(BUDGET, {*addresses.values()}, at=at)
    return {rsvp_id for rsvp_id, email in addresses.items() if email in full}


def _values(rsvp: Rsvp, *, subject: str, words: str) -> dict[str, Any]:
    return {
        **mail_values(rsvp.event),
        "name": rsvp.name,
        "subject": subject,
        "message": words,
        "community": rsvp.event.community.name,
        "whole_place": rsvp.whole_place,
        "brought_by": brought_by(rsvp),
        "url": absolute("rsvp.own", key=rsvp.key),
    }


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of a message if it is sent now. Returns None if its reader is not expected any
    more, or the event is over.
    """
    rsvp, message = rsvp_mailed(mail), messages_in([mail]).get(mail.id)
    if rsvp is None or message is None or rsvp.status not in AWAITED or rsvp.event.ends_at <= at:
        return None
    return _values(rsvp, subject=message.subject, words=message.words)


def messages_of(notices: Sequence[Notice]) -> dict[int, HostMessage]:
    """The messages that these notices are of, by the id of the notice; others have none."""
    of_messages = [notice for notice in notices if notice.kind == NoticeKind.MESSAGE]
    ids = {int(notice.which) for notice in of_messages}
    rows = db.session.scalars(select(HostMessage).where(HostMessage.id.in_(ids))) if ids else ()
    there = {str(message.id): message for message in rows}
    return {one.id: there[one.which] for one in of_messages if one.which in there}


def messages_in(mails: Sequence[OutboxMail]) -> dict[int, HostMessage]:
    """The messages in these mails, by the id of the mail; others have none."""
    ids = [mail.notice_id for mail in mails if mail.template == MESSAGE]
    notices = db.session.scalars(select(Notice).where(Notice.id.in_(ids))).all() if ids else []
    by_notice = messages_of(notices)
    return {mail.id: by_notice[mail.notice_id] for mail in mails if mail.notice_id in by_notice}


def messages_to(rsvp: Rsvp) -> Sequence[tuple[Notice, HostMessage]]:
    """What organisers wrote to a guest, with the notice of each."""
    notices = db.session.scalars(select(Notice).where(Notice.rsvp_id == rsvp.id)).all()
    messages = messages_of(notices)
    return [(one, messages[one.id]) for one in notices if one.id in messages]


def messages_not_sent(rsvp: Rsvp) -> list[HostMessage]:
    """Those whose mail to a guest waits, or failed."""
    unsent = select(OutboxMail).where(OutboxMail.about_id == rsvp.id, OutboxMail.sent_at.is_(None))
    mails = db.session.scalars(unsent.order_by(OutboxMail.id)).all()
    return [*messages_in(mails).values()]


def _is_told_nobody(at: datetime) -> ColumnElement[bool]:
    """Who was told is forgotten some months after the event: see `keep_months`."""
    of_event = Rsvp.event_id == HostMessage.event_id, Notice.rsvp_id == Rsvp.id
    is_of_it = Notice.kind == NoticeKind.MESSAGE, Notice.which == cast(HostMessage.id, String)
    return ~exists().where(*of_event, *is_of_it)


forget_messages = deletion(HostMessage.id, _is_told_nobody)
