"""Delete guests' data once the months that a community keeps them after an event are over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from sqlalchemy import ColumnElement, Select, delete, exists, or_, select

from eventapp.core.db import db
from eventapp.core.due import AT_ONCE, Due
from eventapp.events.queries import is_outlived
from eventapp.me.actions.anonymise import (
    anonymise,
    delete_codes,
    delete_encounters,
    delete_mails,
    delete_traces,
)
from eventapp.model import NOBODY, Event, Follow, Organiser, Person, Rsvp, Session

PERSON_KEPT = timedelta(days=31)  # without any event, and signed in nowhere


def _find_guests(at: datetime) -> Sequence[int]:
    """Guests of events that ended longer ago than their community keeps data."""
    return db.session.scalars(_to_forget(at).order_by(Rsvp.event_id).limit(AT_ONCE)).all()


def _forget_guests(rsvp_ids: Sequence[int], at: datetime) -> int:
    """Anonymise these guests, and delete whom they met there. The event's counts stay."""
    guests = db.session.scalars(
        _to_forget(at)
        .with_only_columns(Rsvp)
        .where(Rsvp.id.in_(rsvp_ids))
        .order_by(Rsvp.id)
        .with_for_update(of=(Event, Rsvp), skip_locked=True, key_share=True)
    ).all()
    for rsvp in guests:
        delete_mails(rsvp)
        anonymise(rsvp)
    forgotten = [rsvp.id for rsvp in guests]
    delete_encounters(forgotten)
    delete_codes(forgotten)
    return len(guests)


def _to_forget(at: datetime) -> Select[int]:
    return (
        select(Rsvp.id)
        .join(Event, Event.id == Rsvp.event_id)
        .where(
            is_outlived(Event.ends_at, at, attrgetter("keep_months")),
            or_(Rsvp.name != NOBODY, Rsvp.person_id.is_not(None)),  # a guest may choose that name
        )
    )


def _find_people(at: datetime) -> Sequence[int]:
    return db.session.scalars(select(Person.id).where(*_is_on_no_list(at)).limit(AT_ONCE)).all()


def _forget_people(person_ids: Sequence[int], at: datetime) -> int:
    people = db.session.scalars(
        select(Person)
        .where(Person.id.in_(person_ids), *_is_on_no_list(at))
        .order_by(Person.id)
        .with_for_update(of=Person, skip_locked=True)
    ).all()
    for person in people:
        delete_traces(person, [])
        db.session.execute(delete(Person).where(Person.id == person.id))
    return len(people)


def _is_on_no_list(at: datetime) -> list[ColumnElement[bool]]:
    """Whether a person has no RSVP, organises and follows nothing and is signed in nowhere."""
    return [
        Person.created_at < at - PERSON_KEPT,
        ~exists().where(Rsvp.person_id == Person.id),
        ~exists().where(Organiser.person_id == Person.id),
        ~exists().where(Follow.person_id == Person.id),
        ~exists().where(Session.person_id == Person.id, Session.expires_at > at),
    ]


forget_past_events = Due("forgetting past events", _find_guests, _forget_guests)
forget_people_without_events = Due("forgetting people", _find_people, _forget_people)
