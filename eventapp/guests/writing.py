"""An organiser writes to guests in words of their own: to whom it goes, who gets none, and the act.

A message is about the event that its readers answered, so it goes to who is expected, until that is
over: who does not come any more gets none, which is also how one ends them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import Select, func, select, true

from eventapp.core.any_of import among
from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.outbox import left_of
from eventapp.core.sent_forms import add_once, added
from eventapp.guests.act_plan import Plan, plan
from eventapp.guests.acts import HAS_ADDRESS, IS_LISTED, IS_UNPROVEN, Act, Doing
from eventapp.guests.choice import REMOVED, Mark, has_failed_mail
from eventapp.guests.messages import (
    BUDGET,
    IS_FIRST_MAIL,
    IS_TOLD,
    MESSAGE,
    is_expected,
    mail_message,
    not_told,
    values_for,
)
from eventapp.model import AWAITED, AuditVerb, Event, OrganiserMessage, OutboxMail, Person, Rsvp

UNPROVEN, MANY_MAILS = "unproven", "many_mails"  # why somebody gets none

_IS_EXPECTED = Rsvp.status.in_(AWAITED)
MAY_BE_WRITTEN_TO = IS_LISTED & HAS_ADDRESS & _IS_EXPECTED & ~IS_UNPROVEN  # until it is over
_KINDS = (
    (~IS_LISTED, REMOVED),
    (~HAS_ADDRESS, Mark.NO_ADDRESS),
    (~_IS_EXPECTED, Rsvp.status),
    (IS_UNPROVEN, UNPROVEN),
    (has_failed_mail(), Mark.MAIL_FAILED),
)


def may_be_written_to(rsvp: Rsvp, at: datetime) -> bool:
    """The same of one guest: whether a message may reach them, as far as it is known without their
    mails.
    """
    return rsvp.person_id is not None and not rsvp.is_unproven and is_expected(rsvp, at)


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
        MAY_BE_WRITTEN_TO & ~has_failed_mail(),
        partial(_write, written),
        AuditVerb.GUESTS_WRITTEN_TO,
        mails=true(),
        kinds=_KINDS,
    )


def refuse_if_over(event: Event, at: datetime) -> None:
    """Raises NobodyExpected."""
    if event.ends_at <= at:
        raise NobodyExpected


def plan_of_message(event: Event, act: Act, ids: Sequence[int], doing: Doing) -> Plan:
    """To whom it goes, and who gets none. Raises NobodyExpected."""
    refuse_if_over(event, doing.at)
    planned = plan(event, act, ids, doing)
    over = _over_budget(_addresses(planned.ids), doing.at)
    if over:
        planned = plan(event, act, [one for one in ids if one not in over], doing)
        planned.skipped[MANY_MAILS] = len(over)
    return planned


def samples(planned: Plan, written: Written) -> list[tuple[int, OutboxMail]]:
    """The mails that differ, by language and whether it is their first, each as the first of its
    readers gets it; and to how many it goes.
    """
    of_each = select(Rsvp.id, Rsvp.language, IS_FIRST_MAIL.label("is_first"))
    mailed = of_each.where(among(Rsvp.id, planned.mailed_ids)).subquery().c
    kinds = select(func.count(), func.min(mailed.id)).group_by(mailed.language, mailed.is_first)
    found = []
    in_order = kinds.order_by(func.count().desc(), mailed.language, mailed.is_first)
    for count, first in db.session.execute(in_order).all():
        guest = db.session.get_one(Rsvp, first)
        values = values_for([guest], written)[guest.id]
        mail = OutboxMail(template=MESSAGE, language=guest.language, values=values)
        found.append((count, mail))
    return found


def _write(written: Written, event: Event, guests: Sequence[Rsvp], doing: Doing) -> int:
    if not guests or event.ends_at <= doing.at:
        return 0
    message = _added(written, event, at=doing.at)
    untold = not_told(message, guests)
    over = _over_budget({rsvp.id: rsvp.person.email for rsvp in untold if rsvp.person}, doing.at)
    return mail_message(message, [rsvp for rsvp in untold if rsvp.id not in over], at=doing.at)


def _added(written: Written, event: Event, *, at: datetime) -> OrganiserMessage:
    def add() -> OrganiserMessage:
        said = {"subject": written.subject, "words": written.words, "by_id": written.by_id}
        message = OrganiserMessage(event_id=event.id, created_at=at, **said)
        db.session.add(message)
        db.session.flush()
        return message

    return add_once(written.form_id, _typed(written, event), _messages(event), add, at=at)


def was_sent(written: Written, event: Event) -> bool:
    """Whether the form mailed it to somebody before, who is a guest still."""
    sent = _messages(event).where(IS_TOLD)
    return added(written.form_id, _typed(written, event), sent) is not None


def _typed(written: Written, event: Event) -> object:
    return event.id, replace(written, form_id="")


def _messages(event: Event) -> Select[OrganiserMessage]:
    return select(OrganiserMessage).where(OrganiserMessage.event_id == event.id)


def _addresses(ids: Sequence[int]) -> dict[int, str]:
    """Those of these guests, in the order in which they are written to."""
    found = select(Rsvp.id, Person.email).join(Rsvp.person).where(among(Rsvp.id, ids))
    return dict(db.session.execute(found.order_by(Rsvp.id)).all())


def _over_budget(addresses: Mapping[int, str], at: datetime) -> set[int]:
    """Those of these guests whose mailbox gets enough within the hour without theirs."""
    left, over = left_of(BUDGET, {*addresses.values()}, at=at), set()
    for rsvp_id, email in addresses.items():
        key = BUDGET.key(email)
        if not left[key]:
            over.add(rsvp_id)
        else:
            left[key] -= 1
    return over
