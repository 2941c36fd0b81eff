"""Door links: made by organisers, opened by phones, withdrawn with immediate effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select, update
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
    """A door link's role and hours. If None, the hours of the event's door apply.

    Only a kiosk has a PIN, which is needed to leave it.
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
    """The hash of a kiosk's PIN that the database keeps, salted with the link's secret."""
    return digest(f"{link_secret}:{pin}")


def link_address(link: DoorLink) -> str:
    return absolute("door.link", secret=link.secret)


def open_door(link: DoorLink, *, phone_secret: str, at: datetime, user_agent: str = "") -> None:
    """Give the phone with this secret a pass for the link's door. Idempotent. If a phone has passes
    by several links, the one opened last counts.
    """
    seen = {"opened_at": at, "user_agent": user_agent[:USER_AGENT_MOST]}
    there = {"door_link_id": link.id, "phone_digest": digest(phone_secret)}
    if not insert_once(DoorPass, {**there, **seen, "last_seen_at": at}):
        execute(update(DoorPass).filter_by(**there).values(**seen, last_seen_at=at))


def forget_phone(phone_secret: str) -> None:
    """Delete all passes of the phone with this secret."""
    db.session.execute(delete(DoorPass).where(DoorPass.phone_digest == digest(phone_secret)))


def withdraw_link(link: DoorLink, *, at: datetime) -> bool:
    """End the link and the access of every phone that opened it, at once. Returns False if it was
    withdrawn before.
    """
    lock(link)
    if link.withdrawn_at:
        return False
    link.withdrawn_at = at
    return True


def withdraw_phone(phone: DoorPass) -> None:
    """End one phone's access to its door, at once. With the link it can be opened again."""
    db.session.delete(phone)


def hours_of(link: DoorLink) -> LinkHours:
    return hours_around(link.event, link.opens_hours_before, link.closes_hours_after)


def link_by_secret(secret: str) -> DoorLink:
    """The door link with this secret, unless it was withdrawn. Raises NotFound."""
    return found(
        select(DoorLink)
        .where(DoorLink.secret == secret, DoorLink.withdrawn_at.is_(None))
        .options(joinedload(DoorLink.event))
    )


def links_of(event: Event) -> Sequence[DoorLink]:
    """The event's door links that were not withdrawn, the oldest first."""
    there = select_links(event).options(joinedload(DoorLink.event)).order_by(DoorLink.id)
    return db.session.scalars(there).all()


def select_links(event: Event) -> Select[DoorLink]:
    return select(DoorLink).where(DoorLink.event_id == event.id, DoorLink.withdrawn_at.is_(None))


def link_of(event: Event, link_id: int) -> DoorLink:
    """One of the event's door links. Raises NotFound."""
    return found(
        select(DoorLink)
        .where(DoorLink.id == link_id, DoorLink.event_id == event.id)
        .options(joinedload(DoorLink.event))
    )


def phones_of(event: Event) -> dict[int, list[DoorPass]]:
    """The phones at an event's doors, by the id of their link, the last seen first.

    At most PHONES_MOST: a leaked link must not make the list endless.
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
