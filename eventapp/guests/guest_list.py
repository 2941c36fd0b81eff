"""Reads of an event's guest list: a page of it, one guest, everybody, counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import find_by_name, ids_by_name
from eventapp.core import text
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.model import CheckIn, Event, OutboxMail, Person, Rsvp, Status

PORTION = 1000  # rows
FOUND_MOST = 100_000  # by a name: as many as one list brings at most


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
    if typed and "@" not in typed:
        found = find_by_name(event.id, typed, *_has(status), limit=limit, offset=offset)
    else:
        there = _found_by_email(event, typed) if typed else _at(event).order_by(Rsvp.id.desc())
        found = there.where(*_has(status)).limit(limit).offset(offset)
    return [GuestListEntry(*row) for row in db.session.execute(_with_arrival(found))]


def guest_at(event: Event, rsvp_id: int) -> GuestListEntry:
    """A guest of this event. Raises NotFound."""
    found = db.session.execute(_with_arrival(_at(event).where(Rsvp.id == rsvp_id))).first()
    if found is None:
        raise NotFound
    return GuestListEntry(*found)


def all_guests(
    event: Event, *, typed: str = "", status: str | None = None
) -> Iterator[GuestListEntry]:
    """Everybody whom `guests_of` finds over all its pages, oldest answers first, fetched in
    portions while iterating.
    """
    portions: list[list[ColumnElement[bool]]] = [_has(status)]
    if typed:
        ids = sorted(_ids_found(event, typed, status))
        portions = [[Rsvp.id.in_(ids[at : at + PORTION])] for at in range(0, len(ids), PORTION)]
    for portion in portions:
        found = _with_arrival(_at(event).where(*portion).order_by(Rsvp.id))
        for row in db.session.execute(found, execution_options={"yield_per": PORTION}):
            yield GuestListEntry(*row)


def count_found(event: Event, typed: str, status: str | None) -> int:
    """How many `guests_of` finds by what was typed, over all its pages."""
    return len(_ids_found(event, typed, status))


def _ids_found(event: Event, typed: str, status: str | None) -> Sequence[int]:
    if "@" not in typed:
        return ids_by_name(event.id, typed, *_has(status), limit=FOUND_MOST)
    found = _found_by_email(event, typed).where(*_has(status)).with_only_columns(Rsvp.id)
    return db.session.scalars(found).all()


def _has(status: str | None) -> list[ColumnElement[bool]]:
    return [Rsvp.status == status] if status else []


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
