"""Reads of an event's guest list: a page of it, one guest, everybody, counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import find_by_name
from eventapp.core import text
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.model import CheckIn, Event, OutboxMail, Person, Rsvp, Status


@dataclass(frozen=True)
class GuestListEntry:
    """A guest as organisers see them."""

    rsvp: Rsvp
    arrived_at: datetime | None  # the earliest known
    door: str | None
    mail_failed: bool


def guests_of(
    event: Event, *, typed: str = "", status: str | None = None, limit: int, offset: int = 0
) -> list[GuestListEntry]:
    """A page of the guest list, newest answers first; or of the guests found by what was typed: an
    address if there is an @ in it, else a name.
    """
    has_status = [Rsvp.status == status] if status else []
    if typed and "@" not in typed:
        found = find_by_name(event.id, typed, *has_status, limit=limit, offset=offset)
    else:
        there = _found_by_email(event, typed) if typed else _at(event).order_by(Rsvp.id.desc())
        found = there.where(*has_status).limit(limit).offset(offset)
    return [GuestListEntry(*row) for row in db.session.execute(_with_arrival(found))]


def guest_at(event: Event, rsvp_id: int) -> GuestListEntry:
    """A guest of this event. Raises NotFound."""
    found = db.session.execute(_with_arrival(_at(event).where(Rsvp.id == rsvp_id))).first()
    if found is None:
        raise NotFound
    return GuestListEntry(*found)


def all_guests(event: Event) -> Iterator[GuestListEntry]:
    """All guests, oldest answers first, fetched in portions while iterating."""
    found = _with_arrival(_at(event).order_by(Rsvp.id))
    rows = db.session.execute(found, execution_options={"yield_per": 1000})
    return (GuestListEntry(*row) for row in rows)


def counts_of(event: Event) -> dict[str, int]:
    """The number of RSVPs by status, zeros included."""
    counted = db.session.execute(
        select(Rsvp.status, func.count()).where(Rsvp.event_id == event.id).group_by(Rsvp.status)
    )
    return dict.fromkeys(Status, 0) | dict(counted.all())


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
    """Whether a mail about their answer was not delivered."""
    return exists().where(OutboxMail.about_id == Rsvp.id, OutboxMail.failed_at.is_not(None))
