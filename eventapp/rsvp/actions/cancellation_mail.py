"""Mail the guests of events that were called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.index_hints import by_index
from eventapp.model import AWAITED, Event, Rsvp
from eventapp.rsvp.actions import notify

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
