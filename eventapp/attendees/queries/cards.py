"""Which fields of a contact card its holders may see, and since when.

A field is shared once both noted of some event that they met, or both accepted to be introduced,
while its owner ticks it, has not taken the card back from this holder, and neither has blocked the
other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    and_,
    case,
    exists,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from eventapp.attendees.queries.blocks import are_apart
from eventapp.attendees.queries.introduced import crossed_by_introduction
from eventapp.core.any_of import among
from eventapp.core.db import db
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

# Built once: it costs several times what running it does, and a page asks it up to three times.
_own, _other = aliased(Rsvp), aliased(Rsvp)
_noted, _answer = aliased(Encounter), aliased(Encounter)
_later = case((_answer.noted_at > _noted.noted_at, _answer.noted_at), else_=_noted.noted_at)
_MUTUAL_MEETINGS = (
    select(
        *(_other.person_id, _other.name, Event.title, _later.label("at")),
        literal("").label("introducer"),
    )
    .join_from(_own, _noted, _noted.noter_id == _own.id)
    .join(_answer, and_(_answer.noter_id == _noted.met_id, _answer.met_id == _noted.noter_id))
    .join(_other, _other.id == _noted.met_id)
    .join(Event, Event.id == _noted.event_id)
    .where(
        _other.person_id.is_not(None),
        _noted.declined_at.is_(None),
        _answer.declined_at.is_(None),
        _noted.taken_back_at.is_(None),
        _answer.taken_back_at.is_(None),
        ~are_apart(_own.person_id, _other.person_id),
        _noted.unsure_since.is_(None),
        _answer.unsure_since.is_(None),
    )
)
# Columns instead of rows of the model: somebody takes home a thousand cards of seven fields.
_CARDS = select(
    Person.id, Person.email, *(getattr(Card, field) for field in CARD_FIELDS if field != "email")
).outerjoin(Card, Card.person_id == Person.id)


@dataclass(frozen=True)
class Holder:
    """Somebody with whom fields of a person's card are shared."""

    person_id: int
    name: str  # as at the event where they met, or as whoever introduced them knew them
    fields: tuple[str, ...]
    since: datetime  # when the first of the fields was shared
    since_of: Mapping[str, datetime]
    event_title: str  # where they met; "" if they were introduced
    introducer: str


def card_fields_for(
    holder: Person, owner_ids: Collection[int], fields: Collection[str] = CARD_FIELDS
) -> dict[int, dict[str, str]]:
    """Those of these fields of these people's cards that the holder may see: person id → field →
    value.

    Empty fields, and people without any, are left out.
    """
    met = crossings(holder).subquery()
    owners = db.session.execute(
        _CARDS.where(
            Person.id.in_(owner_ids),
            Person.id.in_(select(met.c.person_id)),
            ~_withdrawn(owner=Person.id, holder=holder.id),
        )
    ).all()
    ticked = _ticked_by({owner.id for owner in owners}, fields)
    shown = {owner.id: _shown(owner, ticked[owner.id]) for owner in owners}
    return {owner_id: values for owner_id, values in shown.items() if values}


def name_parts_for(holder: Person, owner_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """The given and the family name of those of these people who set them apart on their card, and
    have not taken it back from the holder.
    """
    met = crossings(holder).subquery()
    rows = db.session.execute(
        select(Card.person_id, Card.given_name, Card.family_name).where(
            Card.person_id.in_(owner_ids),
            Card.person_id.in_(select(met.c.person_id)),
            or_(Card.given_name != "", Card.family_name != ""),
            ~_withdrawn(owner=Card.person_id, holder=holder.id),
        )
    )
    return {owner_id: (given, family) for owner_id, given, family in rows}


def owners_sharing_email(holder: Person) -> set[int]:
    """The people whose address the holder may see, which everybody has. Lighter than the fields of
    their cards, for counting.
    """
    met = crossings(holder).subquery()
    return set(
        db.session.scalars(
            select(CardShare.person_id).where(
                CardShare.field == "email",
                CardShare.person_id.in_(select(met.c.person_id)),
                ~_withdrawn(owner=CardShare.person_id, holder=holder.id),
            )
        )
    )


def holders_of(owner: Person) -> list[Holder]:
    """Everybody who holds fields of this person's card, the newest first."""
    since = _given_by(owner)
    if not since:
        return []
    met = crossings(owner).subquery()
    meetings = db.session.execute(
        select(met).where(~_withdrawn(owner=owner.id, holder=met.c.person_id)).order_by(met.c.at)
    ).all()
    first = {meeting.person_id: meeting for meeting in reversed(meetings)}
    holders = [_holder(meeting, since) for meeting in first.values()]
    return sorted(holders, key=lambda holder: holder.since, reverse=True)


def crossings(person: Person) -> CompoundSelect[Any]:
    """Those whose cards may cross with this person's, and since when: both noted that they met, and
    neither took it back; or both accepted to be introduced.

    One row per event and per introduction: `person_id` and `name` of the other, as they were called
    there, `title` of the event or `introducer`, and `at`, when the second of them said so.
    """
    met = _MUTUAL_MEETINGS.where(_own.person_id == person.id)
    return union_all(met, crossed_by_introduction(person.id))


def ids_met_mutually(person_id: int) -> Select[int | None]:
    """Those of whom a person and they both noted that they met, by the ids of their persons."""
    return _MUTUAL_MEETINGS.where(_own.person_id == person_id).with_only_columns(_other.person_id)


def meetings_among(person_ids: Collection[int]) -> Select[int | None, int | None]:
    """The pairs of these people who both noted that they met, by their ids, each in both orders."""
    ids = list(person_ids)
    both = among(_own.person_id, ids), among(_other.person_id, ids)
    return _MUTUAL_MEETINGS.where(*both).with_only_columns(_own.person_id, _other.person_id)


def _holder(meeting: Row[Any], ticked: Mapping[str, datetime]) -> Holder:
    since_of = {field: max(since, meeting.at) for field, since in ticked.items()}
    return Holder(
        person_id=meeting.person_id,
        name=meeting.name,
        fields=tuple(since_of),
        since=min(since_of.values()),
        since_of=since_of,
        event_title=meeting.title,
        introducer=meeting.introducer,
    )


def _shown(card: Row[Any], ticked: Collection[str]) -> dict[str, str]:
    """The fields that are ticked and filled in, in the order of the card."""
    values = {field: getattr(card, field) for field in CARD_FIELDS if field in ticked}
    return {field: value for field, value in values.items() if value}


def _ticked_by(
    owner_ids: Collection[int], fields: Collection[str] = CARD_FIELDS
) -> dict[int, set[str]]:
    ticked: dict[int, set[str]] = {owner_id: set() for owner_id in owner_ids}
    shares = select(CardShare.person_id, CardShare.field).where(
        CardShare.person_id.in_(owner_ids), CardShare.field.in_(fields)
    )
    for owner_id, field in db.session.execute(shares):
        ticked[owner_id].add(field)
    return ticked


def crosses_anything(owner: Person) -> bool:
    """Whether people who meet them get more than their name."""
    return bool(_given_by(owner))


def fields_given(owner: Person) -> tuple[str, ...]:
    """The fields that people who meet them get, in the order of the card."""
    return tuple(_given_by(owner))


def values_given(owner: Person) -> dict[str, str]:
    """What people who meet them get: field → value, in the order of the card."""
    card = db.session.execute(_CARDS.where(Person.id == owner.id)).one()
    return _shown(card, _ticked_by({owner.id})[owner.id])


def _given_by(owner: Person) -> dict[str, datetime]:
    """The fields that people who meet them get, and since when each is ticked."""
    card = db.session.execute(_CARDS.where(Person.id == owner.id)).one()
    shares = select(CardShare.field, CardShare.since).where(CardShare.person_id == owner.id)
    since = {share.field: share.since for share in db.session.execute(shares)}
    return {field: since[field] for field in _shown(card, since)}


def _withdrawn(
    *, owner: ColumnElement[int] | Any, holder: ColumnElement[int] | Any
) -> ColumnElement[bool]:
    return exists().where(CardWithdrawal.owner_id == owner, CardWithdrawal.holder_id == holder)
