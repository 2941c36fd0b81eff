"""A person's own card, whom they took it back from, their feed, and where they go out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import crossings, values_given
from eventapp.contacts.contact import Contact
from eventapp.core.db import db, found
from eventapp.core.errors import NotFound
from eventapp.model import (
    CARD_FIELDS,
    NAME_PARTS,
    Card,
    CardShare,
    CardWithdrawal,
    Community,
    Event,
    FollowUpFeed,
    Organiser,
    Person,
    Rsvp,
)
from eventapp.rsvp.queries import rsvps_of


def card_of(person: Person) -> Card:
    """Their card, or an empty one that is not stored yet."""
    return db.session.get(Card, person.id) or Card(
        person_id=person.id,
        **dict.fromkeys((*NAME_PARTS, *(field for field in CARD_FIELDS if field != "email")), ""),
    )


def shared_card(person: Person, *, at: datetime) -> Contact:
    """What the person's card is to somebody whom they met: the fields that they ticked."""
    given: dict[str, Any] = values_given(person)
    card = card_of(person)
    return Contact(
        uid="",
        name=person.name,
        name_parts=(card.given_name, card.family_name),
        **{field: given.get(field) for field in CARD_FIELDS},
        occasions=(),
        mutual=True,
        updated_at=at,
    )


def rsvps_to_say(person: Person, *, at: datetime) -> list[Rsvp]:
    """Those to the events at which the person has a place, and where guests may now say whom they
    met; the newest event first.
    """
    return [rsvp for rsvp in rsvps_of(person) if rsvp.may_say_whom_they_met(at)]


def badge_now(person: Person, *, at: datetime) -> Rsvp | None:
    """The RSVP whose badge others may scan now, to say that they met."""
    return next(iter(rsvps_to_say(person, at=at)), None)


def shares_of(person: Person) -> Sequence[CardShare]:
    return db.session.scalars(select(CardShare).where(CardShare.person_id == person.id)).all()


def withdrawn_from(owner: Person) -> list[tuple[int, str]]:
    """Person id and name of those from whom this person took their card back."""
    met = crossings(owner).subquery()
    rows = db.session.execute(
        select(met.c.person_id, met.c.name)
        .join(CardWithdrawal, CardWithdrawal.holder_id == met.c.person_id)
        .where(CardWithdrawal.owner_id == owner.id)
        .order_by(met.c.at)
    )
    return list({row.person_id: row.name for row in rows}.items())


def person_met(owner: Person, person_id: int) -> Person:
    """A person who agrees that they met this one, or was introduced. Raises NotFound."""
    met = crossings(owner).subquery()
    if person_id not in db.session.scalars(select(met.c.person_id)).all():
        raise NotFound
    return db.session.get_one(Person, person_id)


def feed_of(person: Person) -> FollowUpFeed | None:
    """Their feed of follow-ups, as it is now."""
    own = select(FollowUpFeed).where(FollowUpFeed.person_id == person.id)
    return db.session.scalar(own.execution_options(populate_existing=True))


def feed_by_key(key: str) -> FollowUpFeed:
    """The feed with this secret. Raises NotFound."""
    by_key = select(FollowUpFeed).where(FollowUpFeed.key == key)
    return found(by_key.options(joinedload(FollowUpFeed.person)))


def usual_zone(person: Person) -> str | None:
    """The time zone of the last event they answered, or else of a community that they organise: it
    tells their phone's country.
    """
    answered = (
        select(Event.tz)
        .join(Rsvp, Rsvp.event_id == Event.id)
        .where(Rsvp.person_id == person.id)
        .order_by(Event.starts_at.desc())
        .limit(1)
    )
    organised = (
        select(Community.tz)
        .join(Organiser)
        .where(Organiser.person_id == person.id)
        .order_by(Organiser.since)
        .limit(1)
    )
    return db.session.scalar(answered) or db.session.scalar(organised)


def zones_of(person: Person) -> list[str]:
    """The time zones of the events that they answered or organise, the usual one first."""
    answered = select(Event.tz).join(Rsvp).where(Rsvp.person_id == person.id)
    organised = select(Community.tz).join(Organiser).where(Organiser.person_id == person.id)
    others = sorted(db.session.scalars(answered.union(organised)))
    return list(dict.fromkeys([*filter(None, [usual_zone(person)]), *others]))


def today_of(person: Person, at: datetime) -> date:
    """The day where they go out."""
    return at.astimezone(ZoneInfo(usual_zone(person) or "UTC")).date()
