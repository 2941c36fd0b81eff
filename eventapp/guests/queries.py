"""Reads of an event's guest list: a page of it, its numbers, all of it, who waits for a ticket."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from eventapp.attendees.queries import find_by_name
from eventapp.core import text
from eventapp.core.db import db, in_portions
from eventapp.core.errors import NotFound
from eventapp.model import (
    CheckIn,
    Event,
    Notice,
    NoticeKind,
    OutboxMail,
    Person,
    Rsvp,
    Source,
    Status,
)

GETS_TICKET = (Status.GOING, Status.WAITLISTED)  # who waits: their place in the queue


@dataclass(frozen=True)
class Guest:
    """A guest as organisers see them."""

    rsvp: Rsvp
    arrived_at: datetime | None  # the earliest known
    door: str | None
    mail_failed: bool


def guests_of(
    event: Event, *, typed: str = "", status: str | None = None, limit: int, offset: int = 0
) -> list[Guest]:
    """A page of the guest list, who answered last first; or those whose name, or whose address
    if there is an @ in it, was typed.
    """
    has_status = [Rsvp.status == status] if status else []
    if typed and "@" not in typed:
        found = find_by_name(event.id, typed, *has_status, limit=limit, offset=offset)
    else:
        there = _found_by_email(event, typed) if typed else _at(event).order_by(Rsvp.id.desc())
        found = there.where(*has_status).limit(limit).offset(offset)
    return [Guest(*row) for row in db.session.execute(_with_arrival(found))]


def guest_at(event: Event, rsvp_id: int) -> Guest:
    """A guest of this event. Raises NotFound."""
    found = db.session.execute(_with_arrival(_at(event).where(Rsvp.id == rsvp_id))).first()
    if found is None:
        raise NotFound
    return Guest(*found)


def all_guests(event: Event) -> Iterator[Guest]:
    """Everybody on the list, in the order of their answers, read as they are asked for."""
    found = _with_arrival(_at(event).order_by(Rsvp.id))
    rows = db.session.execute(found, execution_options={"yield_per": 1000})
    return (Guest(*row) for row in rows)


def counts_of(event: Event) -> dict[str, int]:
    """How many RSVPs have each status, all of the statuses told."""
    counted = db.session.execute(
        select(Rsvp.status, func.count()).where(Rsvp.event_id == event.id).group_by(Rsvp.status)
    )
    return dict.fromkeys(Status, 0) | dict(counted.all())


def without_ticket(event: Event) -> list[Rsvp]:
    """Imported guests who come or wait, have an address, and were never mailed their ticket."""
    found = _at(event).where(_needs_ticket()).options(joinedload(Rsvp.person))
    return list(db.session.scalars(found.order_by(Rsvp.id)))


def count_without_ticket(event: Event) -> int:
    counted = select(func.count()).select_from(Rsvp)
    return db.session.scalar(counted.where(Rsvp.event_id == event.id, _needs_ticket())) or 0


def rsvps_by_id(event: Event, rsvp_ids: Collection[int]) -> Iterator[Rsvp]:
    """These guests, as they are in the database now."""
    found = _at(event).options(joinedload(Rsvp.person))
    for some in in_portions(rsvp_ids):
        chosen = found.where(Rsvp.id.in_(some)).execution_options(populate_existing=True)
        yield from db.session.scalars(chosen)


def rsvp_ids_by_mailbox(event: Event, mailboxes: Collection[str]) -> dict[str, int]:
    """By the `email_key` of their person."""
    found = select(Person.email_key, Rsvp.id).join(Rsvp, Rsvp.person_id == Person.id)
    return dict(_by(event, found, Person.email_key, mailboxes))


def rsvps_by_short_code(event: Event, codes: Collection[str]) -> dict[str, tuple[int, str]]:
    """The id and the folded name of each."""
    found = select(Rsvp.short_code, Rsvp.id, Rsvp.name_key)
    rows = _by(event, found, Rsvp.short_code, codes)
    return {code: (rsvp_id, name_key) for code, rsvp_id, name_key in rows}


def rsvp_ids_by_source_ref(event: Event, refs: Collection[str]) -> dict[str, int]:
    """Imported guests by who they are in the list that they came from."""
    found = select(Rsvp.source_ref, Rsvp.id).where(Rsvp.source == Source.IMPORT)
    return dict(_by(event, found, Rsvp.source_ref, refs))


def _by(
    event: Event, found: Any, column: InstrumentedAttribute[Any], values: Collection[Any]
) -> Iterator[Any]:
    for some in in_portions(values):
        yield from db.session.execute(found.where(Rsvp.event_id == event.id, column.in_(some)))


def _at(event: Event) -> Select[Any]:
    return select(Rsvp).where(Rsvp.event_id == event.id)


def _found_by_email(event: Event, typed: str) -> Select[Any]:
    key = text.clean_line(typed).casefold()
    return (
        _at(event)
        .join(Person, Person.id == Rsvp.person_id)
        .where(Person.email_key.contains(key, autoescape=True))
        .order_by(Person.email_key)
    )


def _with_arrival(found: Select[Any]) -> Select[Any]:
    return (
        found.outerjoin(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        .add_columns(CheckIn.at, CheckIn.door, _mail_failed())
        .options(joinedload(Rsvp.person))
    )


def _mail_failed() -> ColumnElement[bool]:
    """Whether a mail about their answer did not arrive."""
    return exists().where(OutboxMail.about_id == Rsvp.id, OutboxMail.failed_at.is_not(None))


def _needs_ticket() -> ColumnElement[bool]:
    told = (
        Notice.rsvp_id == Rsvp.id,
        Notice.kind == NoticeKind.TICKET,
        Notice.person_id == Rsvp.person_id,
    )
    return (
        Rsvp.status.in_(GETS_TICKET)
        & (Rsvp.source == Source.IMPORT)
        & Rsvp.person_id.is_not(None)
        & Rsvp.confirmed_at.is_(None)
        & ~exists().where(*told)
    )
