"""The people whom a person met, over all events, or to whom they were introduced, and what may be
taken home of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import aliased

from eventapp.attendees.queries import (
    card_fields_for,
    ids_met_mutually,
    introduced_to,
    name_parts_for,
    rsvps_apart_from,
)
from eventapp.contacts.contact import Contact, Introduced, Occasion
from eventapp.core.db import db, found
from eventapp.core.errors import NotFound
from eventapp.model import CARD_FIELDS, Encounter, Event, NotedName, Person, Rsvp

# The namespace of UIDs in address books. Changing it would duplicate all contacts there.
NAMESPACE = UUID("6f0c5f0e-5a53-4a0e-9b53-0d8b6a1f7c11")

# Columns instead of rows of the model: somebody may have met a thousand people.
_OWN = aliased(Rsvp)
_NOTED = (
    select(
        *(Rsvp.id, Rsvp.person_id, Rsvp.name, Rsvp.name_key),
        func.coalesce(Person.created_at, Rsvp.created_at).label("created_at"),
        *(Encounter.note, Encounter.tags, Encounter.follow_up_on, Encounter.unsure_since),
        *(Event.slug, Event.title, Event.place, Event.starts_at, Event.tz),
    )
    .join_from(Encounter, _OWN, _OWN.id == Encounter.noter_id)
    .join(Rsvp, Rsvp.id == Encounter.met_id)
    .join(Event, Event.id == Encounter.event_id)
    .outerjoin(Person, Person.id == Rsvp.person_id)
    .where(
        _OWN.person_id == bindparam("person_id"),
        Encounter.taken_back_at.is_(None),
        Encounter.met_id.not_in(rsvps_apart_from(bindparam("person_id"))),
    )
    .order_by(Event.starts_at.desc(), Encounter.noted_at.desc(), Encounter.id.desc())
)


@dataclass(frozen=True)
class Known:
    """Somebody whom a person noted, and what they noted at each event, the newest first; or to whom
    they were introduced.
    """

    noted: tuple[Row[Any], ...]
    has_met_mutually: bool  # both said that they met
    introduced: Row[Any] | None = None  # where both accepted to be

    @property
    def is_mutual(self) -> bool:
        """Whether each may hold the other's card."""
        return self.has_met_mutually or self.introduced is not None

    @property
    def newest(self) -> Row[Any]:
        """Who they were at the last event at which they were noted, and that event; without any,
        who they are to whoever introduced them.
        """
        newest = self.noted[0] if self.noted else self.introduced
        assert newest is not None  # noqa: S101  one of the two is why they are known
        return newest

    @property
    def id(self) -> int:
        """Of their RSVP to that event. Those to the earlier ones lead to the same contact. If they
        never met, of the one by which they were introduced.
        """
        row_id: int = self.newest.id
        return row_id

    @property
    def owner_id(self) -> int | None:
        """The person whose card may be held: nobody's, unless both agreed."""
        return self.newest.person_id if self.is_mutual else None


def known_to(person: Person) -> list[Known]:
    """Everybody whom this person noted having met, or to whom they were introduced: those with whom
    both agreed first, then by the last event. One row a person, however often they met.
    """
    met: dict[tuple[int | None, int], list[Any]] = {}
    for row in db.session.execute(_NOTED, {"person_id": person.id}):
        met.setdefault((row.person_id, 0 if row.person_id else row.id), []).append(row)
    mutual = set(db.session.scalars(ids_met_mutually(person.id)))
    introduced = _introduced(person)
    known = [
        Known(tuple(rows), of in mutual, introduced.pop(of, None)) for (of, _), rows in met.items()
    ]
    known += [Known((), has_met_mutually=False, introduced=row) for row in introduced.values()]
    return sorted(known, key=lambda one: not one.is_mutual)


def _introduced(person: Person) -> dict[int | None, Row[Any]]:
    """The newest introduction to each, by their person."""
    rows = db.session.execute(introduced_to(person.id)).all()
    return {row.person_id: row for row in reversed(rows)}


def contacts_of(person: Person, known: Iterable[Known], *, at: datetime) -> list[Contact]:
    """These people as contacts, in their order. Who has not confirmed has only a name and the
    person's own notes; the others also the fields that they share.
    """
    known = list(known)
    owner_ids = [one.owner_id for one in known if one.owner_id]
    fields, parts = card_fields_for(person, owner_ids), name_parts_for(person, owner_ids)
    return [
        Contact(
            uid=_uid(one.newest),
            name=one.newest.name,
            name_parts=parts.get(one.owner_id or 0, ("", "")),
            **{name: fields.get(one.owner_id or 0, {}).get(name) for name in CARD_FIELDS},
            occasions=tuple(map(_occasion, one.noted)),
            introduced=_introduction(one.introduced) if one.introduced else None,
            mutual=one.is_mutual,
            updated_at=at,
        )
        for one in known
    ]


def contacts_named(names: Iterable[NotedName], *, at: datetime) -> list[Contact]:
    """The names that a person noted for themselves as contacts, with their own note of each."""
    nothing = dict.fromkeys(CARD_FIELDS)
    return [
        Contact(
            uid=uuid5(NAMESPACE, f"name/{one.id}/{one.noted_at.isoformat()}").urn,
            name=one.name,
            name_parts=("", ""),
            **nothing,
            occasions=(_occasion_named(one),),
            mutual=False,
            updated_at=at,
        )
        for one in names
    ]


def contact_with(known: Sequence[Known], rsvp_id: int) -> Known:
    """The one of these who has this RSVP, to whichever event. Raises NotFound."""
    for one in known:
        if rsvp_id == one.id or any(row.id == rsvp_id for row in one.noted):
            return one
    raise NotFound


def encounter_with(person: Person, rsvp_id: int) -> Encounter:
    """What this person noted of the guest with this RSVP. Raises NotFound."""
    own = select(Rsvp.id).where(Rsvp.person_id == person.id)
    said = Encounter.noter_id.in_(own), Encounter.taken_back_at.is_(None)
    is_shown = Encounter.met_id.not_in(rsvps_apart_from(person.id))
    return found(select(Encounter).where(Encounter.met_id == rsvp_id, *said, is_shown))


def _uid(row: Row[Any]) -> str:
    """The same in every download and at every event, but different on another server."""
    kind, row_id = ("person", row.person_id) if row.person_id else ("rsvp", row.id)
    return uuid5(NAMESPACE, f"{kind}/{row_id}/{row.created_at.isoformat()}").urn


def _introduction(row: Row[Any]) -> Introduced:
    return Introduced(row.introducer, row.joined_at.astimezone(ZoneInfo(row.tz)).date(), row.reason)


def _occasion(row: Row[Any]) -> Occasion:
    return Occasion(
        event_title=row.title,
        place=row.place or None,
        met_on=row.starts_at.astimezone(ZoneInfo(row.tz)).date(),
        note=row.note or None,
        tags=tuple(row.tags),
        follow_up_on=row.follow_up_on,
    )


def _occasion_named(one: NotedName) -> Occasion:
    event = one.rsvp.event
    return Occasion(
        event_title=event.title,
        place=event.place or None,
        met_on=event.starts_at.astimezone(ZoneInfo(event.tz)).date(),
        note=one.note or None,
        tags=(),
        follow_up_on=None,
    )
