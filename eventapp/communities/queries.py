"""Find communities by address and organiser; and read their audit log."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import false, func, select
from sqlalchemy.orm import joinedload

from eventapp.communities.letterhead import letterhead, letterhead_of, mail_picture
from eventapp.core.db import db, found
from eventapp.model import AuditEntry, AuditVerb, Community, Event, Organiser, Person

__all__ = [
    "all_communities",
    "communities_of",
    "community_at",
    "community_organised_by",
    "event_in",
    "hosts_of",
    "is_organiser",
    "letterhead",
    "letterhead_of",
    "log_of",
    "mail_picture",
    "organiser_for",
    "organiser_of",
    "organisers_of",
    "organises_something",
]

ON_REPORTS = (AuditVerb.REPORT_ANSWERED, AuditVerb.REPORT_CLOSED)


def community_at(slug: str) -> Community:
    """The community with this address. Raises NotFound."""
    community = select(Community).where(Community.slug == slug)
    return found(community.options(joinedload(Community.logo)))


def community_organised_by(person: Person, slug: str) -> Community:
    """The community with this address, if the person organises it. Raises NotFound."""
    return found(
        select(Community)
        .join(Organiser)
        .where(Community.slug == slug, Organiser.person_id == person.id)
    )


def communities_of(person: Person) -> Sequence[Community]:
    """The communities that a person organises, by name."""
    return db.session.scalars(
        select(Community)
        .join(Organiser)
        .where(Organiser.person_id == person.id)
        .order_by(Community.name)
    ).all()


def organises_something(person: Person) -> bool:
    found = select(Organiser.id).where(Organiser.person_id == person.id).limit(1)
    return db.session.scalar(found) is not None


def all_communities() -> Sequence[Community]:
    communities = select(Community).options(joinedload(Community.logo))
    return db.session.scalars(communities.order_by(Community.name)).all()


def organisers_of(community: Community) -> Sequence[Organiser]:
    """A community's organisers, the longest-serving first."""
    return db.session.scalars(
        select(Organiser)
        .where(Organiser.community_id == community.id)
        .options(joinedload(Organiser.person), joinedload(Organiser.portrait))
        .order_by(Organiser.since, Organiser.id)
    ).all()


def hosts_of(community: Community) -> Sequence[Organiser]:
    """The organisers who agreed to be named on public pages, the longest-serving first."""
    return [each for each in organisers_of(community) if each.named_since]


def is_organiser(person: Person, community_id: int) -> bool:
    found = select(Organiser.id).where(
        Organiser.person_id == person.id, Organiser.community_id == community_id
    )
    return db.session.scalar(found) is not None


def organiser_of(community: Community, organiser_id: int) -> Organiser:
    """An organiser of the community. Raises NotFound."""
    return found(
        select(Organiser).where(
            Organiser.id == organiser_id, Organiser.community_id == community.id
        )
    )


def organiser_for(person: Person, community: Community) -> Organiser:
    """This person as an organiser of the community. Raises NotFound."""
    return found(
        select(Organiser).where(
            Organiser.person_id == person.id, Organiser.community_id == community.id
        )
    )


def event_in(community: Community, slug: str) -> Event:
    """The community's event with this address. Raises NotFound."""
    return found(select(Event).where(Event.slug == slug, Event.community_id == community.id))


def log_of(
    community: Community, reader: Person, *, event: Event | None, before: int | None, limit: int
) -> Sequence[AuditEntry]:
    """Audit entries before the one with this id, newest first, of one event or of all; but for
    those on reports about the organiser who reads it.
    """
    about_reader = AuditEntry.verb.in_(ON_REPORTS) & (AuditEntry.person_id == reader.id)
    entries = (
        select(AuditEntry)
        .where(AuditEntry.community_id == community.id, ~func.coalesce(about_reader, false()))
        .options(
            *(
                joinedload(one)
                for one in (
                    *(AuditEntry.by, AuditEntry.event, AuditEntry.rsvp),
                    *(AuditEntry.person, AuditEntry.door_link),
                )
            )
        )
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    if event:
        entries = entries.where(AuditEntry.event_id == event.id)
    if before:
        entries = entries.where(AuditEntry.id < before)
    return db.session.scalars(entries).all()
