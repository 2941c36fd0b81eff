"""The people whom a person met, as contacts; and the person's own card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import card_fields_for, mutual_meetings
from eventapp.contacts.contact import Contact, Occasion
from eventapp.core import text
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.model import (
    CARD_FIELDS,
    Card,
    CardShare,
    CardWithdrawal,
    Encounter,
    Event,
    Person,
    Rsvp,
)

# The namespace of UIDs in address books. Changing it would duplicate all contacts there.
NAMESPACE = UUID("6f0c5f0e-5a53-4a0e-9b53-0d8b6a1f7c11")


@dataclass(frozen=True)
class Known:
    """A contact, with what the page needs for each of its occasions."""

    contact: Contact
    them: Rsvp  # at the newest of the events
    rsvp_ids: tuple[int, ...]
    slugs: tuple[str, ...]  # of the events


def contacts_of(person: Person, *, at: datetime, typed: str = "") -> list[Known]:
    """Everybody whom this person noted having met, at all events, newest first.

    One contact per person, however often they met. If they have not confirmed it, it has only a
    name and the person's own notes; otherwise also the fields that they share. `typed` selects
    those whose name has, for each typed word, a word that begins with it.
    """
    met = _by_contact(_encounters_of(person))
    fields = card_fields_for(person, [key for key in met if key > 0])
    mutual = _ids_of_mutual(person)
    return [
        _known(encounters, fields.get(key, {}), mutual=key in mutual, at=at)
        for key, encounters in met.items()
        if _is_called(encounters[0].met.name, typed)
    ]


def contact_with(person: Person, rsvp_id: int, *, at: datetime) -> Contact:
    """The contact that this RSVP belongs to. Raises NotFound if they were not met."""
    for known in contacts_of(person, at=at):
        if rsvp_id in known.rsvp_ids:
            return known.contact
    raise NotFound


def _encounters_of(person: Person) -> Sequence[Encounter]:
    noter = select(Rsvp.id).where(Rsvp.person_id == person.id)
    whom = joinedload(Encounter.met)
    return db.session.scalars(
        select(Encounter)
        .join(Event, Encounter.event_id == Event.id)
        .where(Encounter.noter_id.in_(noter), Encounter.taken_back_at.is_(None))
        .options(whom.joinedload(Rsvp.person), whom.joinedload(Rsvp.event))
        .order_by(Event.starts_at.desc(), Encounter.noted_at.desc(), Encounter.id.desc())
    ).all()


def _by_contact(encounters: Sequence[Encounter]) -> dict[int, list[Encounter]]:
    """The encounters with each person, by person id; for a guest without a person, by the negative
    RSVP id.
    """
    met: dict[int, list[Encounter]] = {}
    for encounter in encounters:
        met.setdefault(encounter.met.person_id or -encounter.met_id, []).append(encounter)
    return met


def _ids_of_mutual(person: Person) -> set[int]:
    met = mutual_meetings(person).subquery()
    return set(db.session.scalars(select(met.c.person_id)))


def _is_called(name: str, typed: str) -> bool:
    words = text.words(name)
    return all(any(word.startswith(begun) for word in words) for begun in text.words(typed))


def _known(
    encounters: list[Encounter], fields: Mapping[str, str], *, mutual: bool, at: datetime
) -> Known:
    newest = encounters[0].met
    contact = Contact(
        uid=_uid(newest),
        name=newest.name,
        **{field: fields.get(field) for field in CARD_FIELDS},
        occasions=tuple(_occasion(encounter) for encounter in encounters),
        mutual=mutual,
        updated_at=at,
    )
    return Known(
        contact,
        newest,
        rsvp_ids=tuple(encounter.met_id for encounter in encounters),
        slugs=tuple(encounter.met.event.slug for encounter in encounters),
    )


def _uid(rsvp: Rsvp) -> str:
    """The same in every download and at every event, but different on another server."""
    row = rsvp.person or rsvp
    kind = "person" if rsvp.person else "rsvp"
    return uuid5(NAMESPACE, f"{kind}/{row.id}/{row.created_at.isoformat()}").urn


def _occasion(encounter: Encounter) -> Occasion:
    event = encounter.met.event
    return Occasion(
        event_title=event.title,
        place=event.place or None,
        met_on=event.starts_at.astimezone(event.zone).date(),
        note=encounter.note or None,
        tags=tuple(encounter.tags),
        follow_up_on=encounter.follow_up_on,
    )


def card_of(person: Person) -> Card:
    """Their card, or an empty one that is not stored yet."""
    return db.session.get(Card, person.id) or Card(
        person_id=person.id, phone="", company="", role="", linkedin="", web="", about=""
    )


def shares_of(person: Person) -> Sequence[CardShare]:
    return db.session.scalars(select(CardShare).where(CardShare.person_id == person.id)).all()


def withdrawn_from(owner: Person) -> list[tuple[int, str]]:
    """Person id and name of those from whom this person took their card back."""
    met = mutual_meetings(owner).subquery()
    rows = db.session.execute(
        select(met.c.person_id, met.c.name)
        .join(CardWithdrawal, CardWithdrawal.holder_id == met.c.person_id)
        .where(CardWithdrawal.owner_id == owner.id)
        .order_by(met.c.at)
    )
    return list({row.person_id: row.name for row in rows}.items())


def person_met(owner: Person, person_id: int) -> Person:
    """A person who agrees that they met this one. Raises NotFound."""
    if person_id not in _ids_of_mutual(owner):
        raise NotFound
    return db.session.get_one(Person, person_id)


def usual_zone(person: Person) -> str | None:
    """The time zone of the last event they answered, which tells their phone's country."""
    return db.session.scalar(
        select(Event.tz)
        .join(Rsvp, Rsvp.event_id == Event.id)
        .where(Rsvp.person_id == person.id)
        .order_by(Event.starts_at.desc())
        .limit(1)
    )
