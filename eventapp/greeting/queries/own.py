"""What a guest chose about whom they meet, at all of their events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from eventapp.core.db import db
from eventapp.greeting.queries.led_to import LedTo, led_to
from eventapp.model import AWAITED, Event, Person, Rsvp, Status


@dataclass(frozen=True)
class Wish:
    """What somebody ticked for one event, and whom they are led to there."""

    rsvp: Rsvp
    led: LedTo
    is_open: bool  # may be changed
    is_over: bool  # as is the event


def wishes_of(person: Person, *, at: datetime) -> Sequence[Wish]:
    """Of the events at which they offered to greet or asked to meet somebody, the newest first."""
    ticked = or_(Rsvp.hosts_since.is_not(None), Rsvp.may_be_suggested, Rsvp.wants_a_host)
    rsvps = db.session.scalars(
        select(Rsvp)
        .join(Rsvp.event)
        .where(Rsvp.person_id == person.id, ticked, Rsvp.status.in_(AWAITED))
        .options(contains_eager(Rsvp.event))
        .order_by(Event.starts_at.desc(), Rsvp.id.desc())
    )
    return [
        Wish(
            rsvp,
            led_to(rsvp, at=at),
            is_open=may_choose(rsvp, at=at),
            is_over=at >= rsvp.event.ends_at,
        )
        for rsvp in rsvps.all()
    ]


def may_choose(rsvp: Rsvp, *, at: datetime) -> bool:
    """Whether there is anything to choose: for who comes, or may come, by an address that is
    proven.
    """
    event = rsvp.event
    may_come = rsvp.answer != Status.NOT_GOING and rsvp.person_id is not None
    is_on = event.published_at and not event.called_off_at and at < event.ends_at
    return bool(is_on and may_come and not rsvp.is_unproven)
