"""Ask those who said maybe once more, two days before the event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, literal_column, or_, select
from sqlalchemy.orm import joinedload

from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.index_hints import by_index
from eventapp.model import Event, Notice, NoticeKind, OutboxMail, Rsvp, Source, Status
from eventapp.rsvp.actions.notices import tell_once
from eventapp.rsvp.actions.notify import ticket_values
from eventapp.rsvp.queries import ASKED_AGAIN_BEFORE, SAID_LATELY, rsvp_mailed

STILL_MAYBE = "rsvp/mail/still_maybe"

# Built once: the worker asks each minute, and building them costs more than running them.
_SOON = (
    Event.starts_at > bindparam("at"),
    Event.starts_at <= bindparam("by"),
    Event.published_at.is_not(None),
    Event.called_off_at.is_(None),
    or_(Event.rsvp_closes_at.is_(None), Event.rsvp_closes_at > bindparam("at")),
)
_TO_BE_ASKED = (
    Rsvp.status == literal_column(f"'{Status.MAYBE}'"),  # not a parameter: the index is partial
    Rsvp.person_id.is_not(None),
    or_(Rsvp.confirmed_at.is_not(None), Rsvp.source == Source.IMPORT),  # not `is_unproven`
    func.coalesce(Rsvp.changed_at, Rsvp.created_at) <= bindparam("said_by"),
    ~exists().where(
        Notice.rsvp_id == Rsvp.id,
        Notice.kind == NoticeKind.STILL_MAYBE,
        Notice.person_id == Rsvp.person_id,
    ),
)
_EVENTS = by_index(select(Event.id), Event, "ix_event_starts_at").where(*_SOON)
_GUESTS = (
    by_index(select(Rsvp.id), Rsvp, "ix_rsvp_not_decided")
    .where(any_of(Rsvp.event_id, "event_ids"), *_TO_BE_ASKED)
    .order_by(Rsvp.event_id)
    .limit(AT_ONCE)
)
_LOCKED_GUESTS = (
    select(Rsvp)
    .join(Event, Event.id == Rsvp.event_id)
    .where(any_of(Rsvp.id, "rsvp_ids"), *_SOON, *_TO_BE_ASKED)
    .options(joinedload(Rsvp.person), joinedload(Rsvp.event))
    .with_for_update(of=Rsvp, skip_locked=True, key_share=True)
)


def _find(at: datetime) -> Sequence[int]:
    """Guests who said maybe to events that start soon."""
    events = execute(_EVENTS, _window(at)).scalars().all()
    if not events:
        return []
    asked = {"event_ids": events, "said_by": at - SAID_LATELY}
    return execute(_GUESTS, asked).scalars().all()


def _ask_all(rsvp_ids: Sequence[int], at: datetime) -> int:
    asked = {"rsvp_ids": rsvp_ids, "said_by": at - SAID_LATELY, **_window(at)}
    guests = db.session.scalars(_LOCKED_GUESTS, asked).all()
    for rsvp in guests:
        tell_once(NoticeKind.STILL_MAYBE, rsvp, STILL_MAYBE, at=at, values=_values(rsvp, at))
    return len(guests)


def _window(at: datetime) -> dict[str, datetime]:
    return {"at": at, "by": at + ASKED_AGAIN_BEFORE}


def _values(rsvp: Rsvp, at: datetime) -> dict[str, Any]:
    return {**ticket_values(rsvp, at), "is_full": rsvp.event.is_full}


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of such a mail if it is sent now. Returns None if they answered meanwhile, or the
    event was called off or moved: then they are asked before its new date.
    """
    rsvp = rsvp_mailed(mail)
    if rsvp is None or rsvp.status != Status.MAYBE or _has_answered_since(rsvp, mail):
        return None
    event = rsvp.event
    is_soon = at < event.starts_at <= at + ASKED_AGAIN_BEFORE
    return _values(rsvp, at) if is_soon and event.takes_rsvps(at) else None


def _has_answered_since(rsvp: Rsvp, mail: OutboxMail) -> bool:
    return rsvp.changed_at is not None and rsvp.changed_at > mail.created_at


ask_maybes_again = Due("mails to those who said maybe", _find, _ask_all)
