"""What a community said it keeps for some months after an event is forgotten then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from sqlalchemy import and_, delete, exists, false, or_, select

from eventapp.core.db import db
from eventapp.me.actions.traces import (
    NOBODY,
    anonymise,
    delete_codes,
    delete_encounters,
    delete_mails,
    delete_traces,
)
from eventapp.model import Community, Event, Organiser, Person, Rsvp, Session

AT_ONCE = 200
PERSON_KEPT = timedelta(days=31)  # without any event, and signed in nowhere


def forget_past_events(at: datetime) -> int:
    """Forget guests of events that are longer ago than their community keeps them, with whom
    they met there. What the event counts stays. Takes AT_ONCE of them; returns how many.
    """
    guests = _to_forget(at)
    for rsvp in guests:
        delete_mails(rsvp)
        anonymise(rsvp)
    rsvp_ids = [rsvp.id for rsvp in guests]
    delete_encounters(rsvp_ids)
    delete_codes(rsvp_ids)
    return len(guests)


def _to_forget(at: datetime) -> Sequence[Rsvp]:
    long_ago = [
        and_(
            Event.community_id == community.id,
            Event.ends_at < at - relativedelta(months=community.keep_months),
        )
        for community in db.session.scalars(select(Community))
    ]
    return db.session.scalars(
        select(Rsvp)
        .join(Event, Event.id == Rsvp.event_id)
        .where(
            or_(false(), *long_ago),
            or_(Rsvp.name != NOBODY, Rsvp.person_id.is_not(None)),  # some call themselves so
        )
        .order_by(Rsvp.id)
        .limit(AT_ONCE)
        .with_for_update(of=Rsvp, skip_locked=True, key_share=True)
    ).all()


def forget_people_without_events(at: datetime) -> int:
    """Delete whoever is on no event's list, organises nothing and is signed in nowhere.

    Takes AT_ONCE of them; returns how many.
    """
    people = db.session.scalars(
        select(Person)
        .where(
            Person.created_at < at - PERSON_KEPT,
            ~exists().where(Rsvp.person_id == Person.id),
            ~exists().where(Organiser.person_id == Person.id),
            ~exists().where(Session.person_id == Person.id, Session.expires_at > at),
        )
        .order_by(Person.id)
        .limit(AT_ONCE)
        .with_for_update(of=Person, skip_locked=True)
    ).all()
    for person in people:
        delete_traces(person, [])
        db.session.execute(delete(Person).where(Person.id == person.id))
    return len(people)
