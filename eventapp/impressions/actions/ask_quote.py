"""Ask, in one mail, whether the recap may quote what somebody wrote of an event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import aliased, joinedload

from eventapp.attendees.queries import came
from eventapp.communities.queries import letterhead
from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.index_hints import by_index
from eventapp.core.links import absolute
from eventapp.core.outbox import queue
from eventapp.met.actions import end_of_mail
from eventapp.model import Audience, Impression, OutboxMail, Person, Quote, Rsvp

ASK_QUOTE = "impressions/mail/ask_quote"
GATHERED_FOR = timedelta(minutes=20)  # while hosts go through the impressions
NOT_AGAIN_FOR = timedelta(days=1)  # of one event; what they choose meanwhile is asked together

_others, _written = aliased(Quote), aliased(Impression)
_WAS_JUST_ASKED = (
    exists()
    .where(_others.impression_id == _written.id, _others.told_at > bindparam("since"))
    .where(_written.person_id == Impression.person_id, _written.event_id == Impression.event_id)
)
# Built once: the worker asks each minute, and building them costs more than running them.
_UNASKED = (
    by_index(select(Quote.impression_id), Quote, "ix_quote_to_ask")
    .join(Impression, Impression.id == Quote.impression_id)
    .where(Quote.told_at.is_(None), Quote.asked_at <= bindparam("before"), ~_WAS_JUST_ASKED)
    .order_by(Quote.asked_at)
    .limit(AT_ONCE)
)
_LOCKED = (
    select(Quote)
    .join(Quote.impression)
    .where(any_of(Quote.impression_id, "impression_ids"), Quote.told_at.is_(None))
    .where(~_WAS_JUST_ASKED)
    .options(joinedload(Quote.impression).joinedload(Impression.person))
    .order_by(Quote.impression_id)
    .with_for_update(of=Quote, skip_locked=True)
)


def _find(at: datetime) -> Sequence[int]:
    when = {"before": at - GATHERED_FOR, "since": at - NOT_AGAIN_FOR}
    return execute(_UNASKED, when).scalars().all()


def _ask_all(impression_ids: Sequence[int], at: datetime) -> int:
    """Mail each writer once a day for each event, of which all that is open is then asked."""
    which = {"impression_ids": impression_ids, "since": at - NOT_AGAIN_FOR}
    quotes = db.session.scalars(_LOCKED, which).all()
    whom = {}
    for quote in quotes:
        quote.told_at = at
        impression = quote.impression
        whom[impression.person_id, impression.event_id] = impression
    for impression in whom.values():
        _ask(impression, at=at)
    return len(quotes)


def _ask(impression: Impression, *, at: datetime) -> None:
    """Without `about_id`: organisers see mails about RSVPs, and this one is answered or not."""
    to = impression.person
    rsvp = db.session.scalar(_answer_of(impression.person_id, impression.event_id))
    if rsvp and (values := _values(rsvp)):
        queue(ASK_QUOTE, to=to.email, language=rsvp.language, at=at, values=values)


def _answer_of(person_id: int, event_id: int) -> Select[Rsvp]:
    own = Rsvp.person_id == person_id, Rsvp.event_id == event_id
    return select(Rsvp).where(*own, came())


def _values(rsvp: Rsvp) -> dict[str, Any] | None:
    """What is asked of a guest and open; None if nothing is, or they want no such mail."""
    if rsvp.person is None or rsvp.person.met_mail_ended_at:
        return None
    asked = db.session.scalars(
        select(Impression)
        .join(Quote, Quote.impression_id == Impression.id)
        .where(
            Impression.person_id == rsvp.person_id,
            Impression.event_id == rsvp.event_id,
            Impression.audience != Audience.EVERYONE,
            Impression.hidden_at.is_(None),
            *(Quote.place.is_not(None), Quote.asked_at.is_not(None)),
            *(Quote.allowed_at.is_(None), Quote.refused_at.is_(None)),
        )
        .order_by(Impression.id)
    ).all()
    if not asked:
        return None
    return {
        "rsvp_id": rsvp.id,
        "title": rsvp.event.title,
        "said": [one.words for one in asked],
        "url": absolute("impressions.impressions_by_key", key=rsvp.key),
        **letterhead(rsvp.event),
        **end_of_mail(rsvp),
    }


def ask_quote_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of such a mail if it is sent now. Returns None if nothing is to be asked any more,
    or its reader is another by now.
    """
    own = Rsvp.id == mail.values["rsvp_id"], Person.email == mail.to_email
    rsvp = db.session.scalar(select(Rsvp).join(Rsvp.person).where(*own, came()))
    return _values(rsvp) if rsvp else None


ask_about_quotes = Due("questions about quotes", _find, _ask_all)
