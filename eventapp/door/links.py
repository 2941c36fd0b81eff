"""Door links: made by an organiser, opened by phones, withdrawn at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, execute, found, lock
from eventapp.core.insert import insert_once
from eventapp.core.links import absolute, digest, new_secret
from eventapp.door.passes import LinkHours, hours_around
from eventapp.model import DoorLink, DoorPass, DoorRole, Event
from eventapp.model.limits import USER_AGENT_MOST

PHONES_MOST = 300


@dataclass(frozen=True)
class Terms:
    """What a door link lets one do, and when; without hours, while the event's door is open.

    Only a kiosk has a PIN, without which it cannot be left.
    """

    role: str = DoorRole.HELPER
    opens_hours_before: int | None = None
    closes_hours_after: int | None = None
    pin: str | None = None


HELPER = Terms()


def add_link(event: Event, name: str, *, at: datetime, terms: Terms = HELPER) -> DoorLink:
    link = DoorLink(
        event_id=event.id,
        name=name,
        secret=new_secret(),
        role=terms.role,
        opens_hours_before=terms.opens_hours_before,
        closes_hours_after=terms.closes_hours_after,
        created_at=at,
    )
    if terms.role == DoorRole.KIOSK and terms.pin:
        link.pin_digest = pin_digest(link.secret, terms.pin)
    db.session.add(link)
    db.session.flush()
    return link


def pin_digest(link_secret: str, pin: str) -> str:
    """What the database keeps of a kiosk's PIN: the link's own secret salts it."""
    return digest(f"{link_secret}:{pin}")


def link_address(link: DoorLink) -> str:
    return absolute("door.link", secret=link.secret)


def open_door(link: DoorLink, *, phone_secret: str, at: datetime, user_agent: str = "") -> None:
    """Let the phone with this secret stand at the link's door. Idempotent; where several links let
    it in, the one opened last counts.
    """
    seen = {"opened_at": at, "user_agent": user_agent[:USER_AGENT_MOST]}
    there = {"door_link_id": link.id, "phone_digest": digest(phone_secret)}
    if not insert_once(DoorPass, {**there, **seen, "last_seen_at": at}):
        execute(update(DoorPass).filter_by(**there).values(**seen, last_seen_at=at))


def forget_phone(phone_secret: str) -> None:
    """Let the phone with this secret stand at no door any longer."""
    db.session.execute(delete(DoorPass).where(DoorPass.phone_digest == digest(phone_secret)))


def withdraw_link(link: DoorLink, *, at: datetime) -> bool:
    """End the link and every phone that came by it, at once. Returns whether it was good."""
    lock(link)
    if link.withdrawn_at:
        return False
    link.withdrawn_at = at
    return True


def withdraw_phone(phone: DoorPass) -> None:
    """Send one phone away from its door, at once. Whoever has the link may come in by it again."""
    db.session.delete(phone)


def hours_of(link: DoorLink) -> LinkHours:
    return hours_around(link.event, link.opens_hours_before, link.closes_hours_after)


def link_by_secret(secret: str) -> DoorLink:
    """The door link that is printed so, unless it was withdrawn. Raises NotFound."""
    return found(
        select(DoorLink)
        .where(DoorLink.secret == secret, DoorLink.withdrawn_at.is_(None))
        .options(joinedload(DoorLink.event))
    )


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
    return found(
        select(DoorLink)
        .where(DoorLink.id == link_id, DoorLink.event_id == event.id)
        .options(joinedload(DoorLink.event))
    )


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
    return found(
        select(DoorPass)
        .join(DoorPass.door_link)
        .where(DoorPass.id == pass_id, DoorLink.id == link_id, DoorLink.event_id == event.id)
    )
