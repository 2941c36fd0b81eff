"""Reads at the door: who may stand there, who is meant, what was answered before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from eventapp.attendees.queries import find_by_name
from eventapp.core.db import db, execute, in_portions
from eventapp.core.links import SHORT_CODE_ALPHABET, SHORT_CODE_LENGTH
from eventapp.model import CheckIn, DoorLink, DoorLog, DoorPass, Event, Rsvp

FOUND_MOST = 20


@dataclass(frozen=True)
class Verdict:
    """A door's answer. `party` is people in all; `first_at` (UTC) and `first_door` tell of
    the earliest admission known. The same scan id gets the same verdict for ever.
    """

    outcome: str
    scan_id: str
    reason: str | None = None
    rsvp_id: int | None = None
    guest: str | None = None
    party: int = 0
    first_at: datetime | None = None
    first_door: str | None = None


_COLUMNS = (
    Rsvp.id,
    Rsvp.event_id,
    Rsvp.name,
    Rsvp.status,
    Rsvp.companions,
    Rsvp.short_code,
    CheckIn.at.label("arrived_at"),
    CheckIn.door.label("arrived_door"),
)


class Guest(NamedTuple):
    """What a door knows of a guest: never an address."""

    id: int
    event_id: int
    name: str
    status: str
    companions: int
    short_code: str
    arrived_at: datetime | None
    arrived_door: str | None


# A door asks these all evening. Built once, they cost a third of what they cost built each time.
_GUEST = select(*_COLUMNS).select_from(Rsvp).outerjoin(CheckIn, CheckIn.rsvp_id == Rsvp.id)
_WITH_TICKET = _GUEST.where(Rsvp.ticket == bindparam("ticket"))
_AT_EVENT = _GUEST.where(Rsvp.event_id == bindparam("event_id"))
_WITH_SHORT_CODE = _AT_EVENT.where(Rsvp.short_code == bindparam("short_code"))
_WITH_ID = _AT_EVENT.where(Rsvp.id == bindparam("rsvp_id"))


def _first(statement: Select[*tuple[Any, ...]], **values: str | int) -> Guest | None:
    row = execute(statement, values).first()
    return Guest._make(row) if row else None


def guest_with_ticket(ticket: str) -> Guest | None:
    return _first(_WITH_TICKET, ticket=ticket)


def guest_with_short_code(event: Event, code: str) -> Guest | None:
    return _first(_WITH_SHORT_CODE, event_id=event.id, short_code=_ungrouped(code))


def guest_at(event: Event, rsvp_id: int) -> Guest:
    """A guest of this event. Raises NotFound."""
    found = _first(_WITH_ID, event_id=event.id, rsvp_id=rsvp_id)
    if found is None:
        raise NotFound
    return found


def guest_now(event: Event, verdict: Verdict) -> Guest | None:
    """The guest whom a verdict is about; None where it is about nobody on the list."""
    return guest_at(event, verdict.rsvp_id) if verdict.rsvp_id else None


def guest_after(event: Event, verdict: Verdict) -> Guest | None:
    """The same right after the act, without asking again where the verdict says all of it."""
    if verdict.rsvp_id is None or verdict.first_at is None:
        return guest_now(event, verdict)
    return Guest(
        id=verdict.rsvp_id,
        event_id=event.id,
        name=verdict.guest or "",
        status="going",
        companions=verdict.party - 1,
        short_code="",
        arrived_at=verdict.first_at,
        arrived_door=verdict.first_door,
    )


def is_short_code(typed: str) -> bool:
    """Whether this may be one, in small letters or in groups: `hcq-738`."""
    code = _ungrouped(typed)
    return len(code) == SHORT_CODE_LENGTH and set(code) <= set(SHORT_CODE_ALPHABET)


def _ungrouped(typed: str) -> str:
    return "".join(typed.replace("-", " ").split()).upper()


def find(event: Event, typed: str) -> Sequence[Guest]:
    """Guests by the start of any of their names, or by the short code of a ticket.

    Nobody before something is typed. At most FOUND_MOST, sorted by name.
    """
    typed = typed.strip()
    by_code = guest_with_short_code(event, typed) if is_short_code(typed) else None
    by_name = db.session.execute(
        find_by_name(event.id, typed, FOUND_MOST)
        .outerjoin(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        .with_only_columns(*_COLUMNS)
    ).all()
    found = [Guest._make(row) for row in by_name]
    others = [guest for guest in found if by_code is None or guest.id != by_code.id]
    others.sort(key=lambda guest: (guest.name.casefold(), guest.id))
    return [by_code, *others] if by_code else others


_HEARD = (
    select(
        DoorLog.outcome,
        DoorLog.scan_id,
        DoorLog.reason,
        DoorLog.rsvp_id,
        Rsvp.name.label("guest"),
        DoorLog.people.label("party"),
        DoorLog.first_at,
        DoorLog.first_door,
    )
    .outerjoin(Rsvp, Rsvp.id == DoorLog.rsvp_id)
    .where(DoorLog.event_id == bindparam("event_id"), DoorLog.scan_id == bindparam("scan_id"))
)


def was_heard(event: Event, scan_id: str) -> bool:
    return bool(scans_heard(event, [scan_id]))


def namesakes(guests: Iterable[Guest]) -> set[str]:
    """The names that several of these guests have: their short codes tell them apart."""
    names = Counter(guest.name for guest in guests)
    return {name for name, times in names.items() if times > 1}


def verdict_of_scan(event: Event, scan_id: str) -> Verdict:
    """What this very scan was answered when it was heard first."""
    row = execute(_HEARD, {"event_id": event.id, "scan_id": scan_id}).one()
    return Verdict(**row._mapping)


def scans_heard(event: Event, scan_ids: Iterable[str]) -> set[str]:
    """Those of these scans that were heard before."""
    of_event = select(DoorLog.scan_id).where(DoorLog.event_id == event.id)
    return {
        scan_id
        for some in in_portions(scan_ids)
        for scan_id in db.session.scalars(of_event.where(DoorLog.scan_id.in_(some)))
    }


_PASS = (
    select(Event, DoorLink.id, DoorLink.name)
    .join(DoorLink, DoorLink.event_id == Event.id)
    .join(DoorPass, DoorPass.door_link_id == DoorLink.id)
    .where(
        Event.slug == bindparam("slug"),
        DoorPass.phone_digest == bindparam("phone_digest"),
        DoorLink.withdrawn_at.is_(None),
    )
    .order_by(DoorPass.id.desc())
    .limit(1)
)


class Pass(NamedTuple):
    """By which link a phone stands at a door of which event."""

    event: Event
    link_id: int
    door: str


def pass_of_phone(slug: str, phone_digest: str) -> Pass | None:
    found = db.session.execute(_PASS, {"slug": slug, "phone_digest": phone_digest}).first()
    return Pass._make(found) if found else None


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
