"""Door links: the one that is printed so, those of an event, and the phones that came by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.model import DoorLink, DoorPass, Event

PHONES_MOST = 300


def link_by_secret(secret: str) -> DoorLink:
    """The door link that is printed so, unless it was withdrawn. Raises NotFound."""
    link = db.session.scalar(
        select(DoorLink)
        .where(DoorLink.secret == secret, DoorLink.withdrawn_at.is_(None))
        .options(joinedload(DoorLink.event))
    )
    if link is None:
        raise NotFound
    return link


def links_of(event: Event) -> Sequence[DoorLink]:
    """The door links that are good, the oldest first."""
    return db.session.scalars(
        select(DoorLink)
        .where(DoorLink.event_id == event.id, DoorLink.withdrawn_at.is_(None))
        .options(joinedload(DoorLink.event))
        .order_by(DoorLink.id)
    ).all()


def link_of(event: Event, link_id: int) -> DoorLink:
    """One of the event's door links. Raises NotFound."""
    link = db.session.scalar(
        select(DoorLink)
        .where(DoorLink.id == link_id, DoorLink.event_id == event.id)
        .options(joinedload(DoorLink.event))
    )
    if link is None:
        raise NotFound
    return link


def phones_of(event: Event) -> dict[int, list[DoorPass]]:
    """The phones at an event's doors by the id of their link, whoever was seen last first.

    At most PHONES_MOST: a link that leaked must not make the list endless.
    """
    passes = db.session.scalars(
        select(DoorPass)
        .join(DoorPass.door_link)
        .where(DoorLink.event_id == event.id, DoorLink.withdrawn_at.is_(None))
        .order_by(DoorPass.last_seen_at.desc(), DoorPass.id.desc())
        .limit(PHONES_MOST)
    )
    phones: dict[int, list[DoorPass]] = defaultdict(list)
    for one in passes:
        phones[one.door_link_id].append(one)
    return phones


def phone_of(event: Event, link_id: int, pass_id: int) -> DoorPass:
    """One phone at one of the event's doors. Raises NotFound."""
    found = db.session.scalar(
        select(DoorPass)
        .join(DoorPass.door_link)
        .where(DoorPass.id == pass_id, DoorLink.id == link_id, DoorLink.event_id == event.id)
    )
    if found is None:
        raise NotFound
    return found
