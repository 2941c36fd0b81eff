"""An event is called off: whoever counted on it hears of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, cast, exists, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.core.outbox import OutboxMail
from eventapp.model import Event, Rsvp
from eventapp.rsvp.actions import notify

AT_ONCE = 200
COUNTED_ON_IT = ("going", "waitlisted", "pending")


def tell_what_was_called_off(at: datetime) -> int:
    """Mail those who are coming, or wait, to an event to come that was called off; once.

    Takes AT_ONCE of them; returns how many, so that whoever calls comes again.
    """
    told = exists().where(OutboxMail.once == notify.CALLED_OFF + ":" + cast(Rsvp.id, String))
    guests = db.session.scalars(
        select(Rsvp)
        .join(Event, Event.id == Rsvp.event_id)
        .where(
            Event.called_off_at.is_not(None),
            Event.ends_at > at,
            Rsvp.status.in_(COUNTED_ON_IT),
            Rsvp.person_id.is_not(None),
            ~told,
        )
        .options(joinedload(Rsvp.person), joinedload(Rsvp.event))
        .order_by(Rsvp.id)
        .limit(AT_ONCE)
        .with_for_update(of=Rsvp, skip_locked=True, key_share=True)
    ).all()
    for rsvp in guests:
        notify.called_off(rsvp, at=at)
    return len(guests)
