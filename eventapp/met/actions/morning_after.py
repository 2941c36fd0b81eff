"""The morning after: everybody who was there is asked, once, whom they met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import came, is_unasked
from eventapp.core.db import db
from eventapp.core.links import absolute
from eventapp.core.outbox import queue
from eventapp.met.actions.links import link_to_met
from eventapp.model import Event, Rsvp

ASKED_AFTER = timedelta(hours=8)
NOT_AFTER = timedelta(days=3)  # a worker that stood still for longer lets it be
AT_ONCE = 200


def ask_who_they_met(at: datetime) -> int:
    """Mail those who were at an event that ended some hours ago, and note that they were asked.

    Who was never asked about being listed is asked that, too. Takes AT_ONCE of them; returns
    how many, so that whoever calls comes again while there are some.
    """
    guests = _to_ask(at)
    for rsvp in guests:
        rsvp.morning_after_at = at
        _ask(rsvp, at=at)
    return len(guests)


def _to_ask(at: datetime) -> Sequence[Rsvp]:
    return db.session.scalars(
        select(Rsvp)
        .join(Event, Rsvp.event_id == Event.id)
        .where(
            Event.ends_at <= at - ASKED_AFTER,
            Event.ends_at > at - NOT_AFTER,
            Event.published_at.is_not(None),
            Event.called_off_at.is_(None),
            Rsvp.status == "going",
            Rsvp.person_id.is_not(None),
            Rsvp.morning_after_at.is_(None),
            came(),
        )
        .options(joinedload(Rsvp.person), joinedload(Rsvp.event))
        .order_by(Rsvp.id)
        .limit(AT_ONCE)
        .with_for_update(of=Rsvp, skip_locked=True, key_share=True)
    ).all()


def _ask(rsvp: Rsvp, *, at: datetime) -> None:
    assert rsvp.person is not None  # noqa: S101  those without are not asked
    queue(
        "met/mail/morning_after",
        to=rsvp.person.email,
        language=rsvp.language,
        at=at,
        values={
            **link_to_met(rsvp.person, rsvp.event, at=at),
            "name": rsvp.name,
            "own_url": absolute("rsvp.own", key=rsvp.key) if is_unasked(rsvp) else None,
        },
        once=f"morning-after:{rsvp.id}",
    )
