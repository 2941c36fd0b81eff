"""Find RSVPs by key, ticket, badge or person."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import joinedload

from eventapp.core.any_of import any_of
from eventapp.core.caseless import caseless
from eventapp.core.db import db, execute, found, in_portions
from eventapp.model import LINES, CheckIn, Event, MergedGuest, OutboxMail, Person, Rsvp

_BY_KEY = (  # built once: each page of an own answer asks
    select(Rsvp)
    .where(Rsvp.key == bindparam("key"))
    .options(joinedload(Rsvp.event).joinedload(Event.community), joinedload(Rsvp.person))
)


def rsvp_by_key(key: str) -> Rsvp:
    """The RSVP that this mailed key manages. Raises NotFound."""
    return found(_BY_KEY, {"key": key})


def rsvp_by_ticket(ticket: str) -> Rsvp | None:
    return db.session.scalar(
        select(Rsvp).where(Rsvp.caseless_ticket == caseless(ticket)).options(joinedload(Rsvp.event))
    )


def rsvp_by_badge(badge: str) -> Rsvp | None:
    """Who wears this badge; of one who became one with another, the other."""
    kept = select(MergedGuest.rsvp_id).where(MergedGuest.badge == badge).scalar_subquery()
    wears = or_(Rsvp.badge == badge, Rsvp.id == kept)
    return db.session.scalar(select(Rsvp).where(wears).options(joinedload(Rsvp.event)))


def rsvp_mailed(mail: OutboxMail) -> Rsvp | None:
    """The RSVP that a mail is about, if it belongs to the mail's addressee."""
    return db.session.scalar(
        select(Rsvp)
        .join(Rsvp.person)
        .where(Rsvp.id == mail.about_id, Person.email == mail.to_email)
        .options(joinedload(Rsvp.event).joinedload(Event.community))
        .execution_options(populate_existing=True)
    )


_OF_PERSON = select(Rsvp).where(
    Rsvp.event_id == bindparam("event_id"), Rsvp.person_id == bindparam("person_id")
)


def rsvp_of(event: Event, person: Person) -> Rsvp | None:
    return db.session.scalar(_OF_PERSON, {"event_id": event.id, "person_id": person.id})


def rsvps_of(person: Person) -> Sequence[Rsvp]:
    """A person's RSVPs to all events, newest event first."""
    return db.session.scalars(
        select(Rsvp)
        .join(Event, Rsvp.event_id == Event.id)
        .where(Rsvp.person_id == person.id)
        .options(joinedload(Rsvp.event))
        .order_by(Event.starts_at.desc())
    ).all()


def rsvp_of_last_time(person: Person, event: Event) -> Rsvp | None:
    """The newest RSVP to an earlier event of this community at which this person told the others
    something in a line.
    """
    return db.session.scalar(
        select(Rsvp)
        .join(Event, Rsvp.event_id == Event.id)
        .where(
            Rsvp.person_id == person.id,
            Rsvp.confirmed_at.is_not(None),
            Event.community_id == event.community_id,
            Event.starts_at < event.starts_at,
            or_(*(line != "" for line in LINES)),
        )
        .order_by(Event.starts_at.desc())
        .limit(1)
    )


def is_in(rsvp: Rsvp) -> bool:
    """Whether they are checked in."""
    return bool(db.session.scalar(select(exists().where(CheckIn.rsvp_id == rsvp.id))))


def who_is_in(rsvp_ids: Collection[int]) -> set[int]:
    """Those of these who are checked in."""
    came = select(CheckIn.rsvp_id).where(CheckIn.rsvp_id.in_(rsvp_ids))
    return set(db.session.scalars(came))


_SHORT_CODES = select(Rsvp.short_code).where(
    Rsvp.event_id == bindparam("event_id"), any_of(Rsvp.short_code, "short_codes")
)


def short_codes_taken(event: Event, short_codes: Collection[str]) -> set[str]:
    """Those of these codes that are used at the event."""
    return {
        code
        for some in in_portions(short_codes)
        for code in execute(_SHORT_CODES, {"event_id": event.id, "short_codes": some}).scalars()
    }
