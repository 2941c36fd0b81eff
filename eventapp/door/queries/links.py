"""Door links: the one that is printed so, those of an event."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from eventapp.core.db import db
from eventapp.model import DoorLink, Event


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
        .order_by(DoorLink.id)
    ).all()


def link_of(event: Event, link_id: int) -> DoorLink:
    """One of the event's door links. Raises NotFound."""
    link = db.session.scalar(
        select(DoorLink).where(DoorLink.id == link_id, DoorLink.event_id == event.id)
    )
    if link is None:
        raise NotFound
    return link
