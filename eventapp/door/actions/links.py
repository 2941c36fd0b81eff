"""Door links: made by an organiser, opened by phones, withdrawn at once."""

from __future__ import annotations

from datetime import datetime

from eventapp.core.db import db, insert_once
from eventapp.core.links import absolute, digest
from eventapp.model import DoorLink, DoorPass, Event


def add_link(event: Event, name: str, *, at: datetime) -> DoorLink:
    link = DoorLink(event_id=event.id, name=name, created_at=at)
    db.session.add(link)
    db.session.flush()
    return link


def link_address(link: DoorLink) -> str:
    return absolute("door.link", secret=link.secret)


def open_door(link: DoorLink, *, phone_secret: str, at: datetime) -> None:
    """Let the phone with this secret stand at the link's door. Opening twice is once."""
    insert_once(
        DoorPass,
        {
            "door_link_id": link.id,
            "phone_digest": digest(phone_secret),
            "opened_at": at,
            "last_seen_at": at,
        },
    )


def withdraw_link(link: DoorLink, *, at: datetime) -> None:
    """End the link and every phone that came by it, at once."""
    link.withdrawn_at = link.withdrawn_at or at
