"""Door links: made by an organiser, opened by phones, withdrawn at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, update

from eventapp.core.db import db, execute, lock
from eventapp.core.insert import insert_once
from eventapp.core.links import absolute, digest, new_secret
from eventapp.model import DoorLink, DoorPass, Event
from eventapp.model.limits import USER_AGENT_MOST


@dataclass(frozen=True)
class Terms:
    """What a door link lets one do, and when; without hours, while the event's door is open.

    Only a kiosk has a PIN, without which it cannot be left.
    """

    role: str = "helper"
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
    if terms.role == "kiosk" and terms.pin:
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
    """Let the phone with this secret stand at the link's door. Opening twice is once: where it
    stood elsewhere meanwhile, it is back.
    """
    seen = {"opened_at": at, "user_agent": user_agent[:USER_AGENT_MOST]}
    there = {"door_link_id": link.id, "phone_digest": digest(phone_secret)}
    if not insert_once(DoorPass, {**there, **seen, "last_seen_at": at}):
        execute(update(DoorPass).filter_by(**there).values(**seen, last_seen_at=at))


_SEE = (
    update(DoorPass)
    .where(DoorPass.id == bindparam("pass_id"), DoorPass.last_seen_at < bindparam("minute"))
    .values(last_seen_at=bindparam("minute"))
)


def minute_of(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def see_phone(pass_id: int, *, at: datetime) -> None:
    """Note that a phone was seen, to the minute. Again within that minute it changes nothing.

    To be called last in a transaction: acts hold the event's row before their phone's.
    """
    execute(_SEE, {"pass_id": pass_id, "minute": minute_of(at)})


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
