"""Reads of an event's guest list: a page of whom an organiser chose, one guest, counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import ids_by_name
from eventapp.core import text
from eventapp.core.any_of import among
from eventapp.core.db import db, in_portions
from eventapp.core.errors import NotFound
from eventapp.door.guests import is_new
from eventapp.guests.choice import OPPOSITE, Choice, Mark, Order, Sort, has_mark, in_order
from eventapp.model import CheckIn, Event, OutboxMail, Person, Rsvp, Status

FOUND_MOST = 100_000  # by a name: as many as one list brings at most


@dataclass(frozen=True)
class GuestListEntry:
    """A guest as organisers see them."""

    rsvp: Rsvp
    arrived_at: datetime | None  # the earliest known
    door: str | None
    mail_failed: bool
    is_new: bool  # see `door.guests.is_new`


@dataclass(frozen=True)
class Counts:
    """How many guests a list would show if one more, or another, thing were chosen."""

    by_status: Mapping[Status, int]  # of those with the chosen marks, zeros included
    by_mark: Mapping[Mark, int]  # of those with the chosen status and marks
    shown: int

    @property
    def all(self) -> int:
        return sum(self.by_status.values())


class _Counted(NamedTuple):
    """Guests of a status, and how many of them have each mark."""

    guests: int
    by_mark: Mapping[Mark, int]

    @classmethod
    def of(cls, status: str, guests: int, by_mark: Mapping[Mark, int]) -> _Counted:
        not_yet = guests - by_mark[Mark.CAME] if status == Status.GOING else 0
        return cls(guests, {**by_mark, Mark.NOT_YET: not_yet})


_NONE = _Counted(0, dict.fromkeys(Mark, 0))


class GuestList:
    """The guests of an event whom an organiser chose."""

    def __init__(self, event: Event, choice: Choice | None = None) -> None:
        self.event, self.choice = event, choice or Choice()

    def page(self, *, limit: int, offset: int = 0) -> list[GuestListEntry]:
        """Some of them, in the order that was chosen."""
        return list(entries(self.event, self._ids_in_order(limit, offset)))

    def ids(self) -> list[int]:
        """All of them, in the order in which they came onto the list."""
        return list(db.session.scalars(self._chosen().order_by(Rsvp.id)))

    def counts(self) -> Counts:
        choice = self.choice
        everybody = dict.fromkeys(Status, _NONE) | self._count_by_status()
        chosen = everybody.values() if choice.status is None else [everybody[Status(choice.status)]]
        by_mark = {mark: sum(one.by_mark[mark] for one in chosen) for mark in Mark}
        for mark in OPPOSITE.keys() & {*choice.marks}:  # the others were not counted
            opposite = OPPOSITE[mark]
            by_mark[opposite] = self._count(choice.status, choice.with_mark(opposite))
        by_status = {status: one.guests for status, one in everybody.items()}
        return Counts(by_status, by_mark, sum(one.guests for one in chosen))

    @cached_property
    def _found(self) -> list[int] | None:
        """Whom the search finds, the nearest first; None if nothing was typed."""
        typed = self.choice.typed
        if not typed:
            return None
        if "@" in typed:
            return list(db.session.scalars(_found_by_email(self.event, typed)))
        return ids_by_name(self.event.id, typed, limit=FOUND_MOST)

    def _where(self, status: str | None, marks: Iterable[Mark]) -> list[ColumnElement[bool]]:
        listed = Rsvp.event_id == self.event.id, Rsvp.removed_at.is_(None)
        where = [*listed, *(has_mark(self.event, mark) for mark in marks)]
        if status:
            where.append(Rsvp.status == status)
        if self._found is not None:
            where.append(among(Rsvp.id, self._found))
        return where

    def _chosen(self, *more: Mark) -> Select[int]:
        choice = self.choice
        return select(Rsvp.id).where(*self._where(choice.status, (*choice.marks, *more)))

    def _ids_in_order(self, limit: int, offset: int) -> Sequence[int]:
        order = self.choice.order
        if order is None and self._found is not None:
            return self._nearest_first()[offset : offset + limit]
        order = order or Order()
        if order.by == Sort.ARRIVED:
            return self._by_arrival(order, limit, offset)
        found = self._chosen().order_by(*in_order(order))
        return db.session.scalars(found.limit(limit).offset(offset)).all()

    def _nearest_first(self) -> list[int]:
        chosen = {*self.ids()} if self.choice.status or self.choice.marks else None
        return [id_ for id_ in self._found or () if chosen is None or id_ in chosen]

    def _by_arrival(self, order: Order, limit: int, offset: int) -> Sequence[int]:
        """Those who came in the order of their arrival; then the others, as they are by default.
        Two statements: in one, a database would sort everybody.
        """
        came = self._chosen(Mark.CAME)
        arrived = came.join(CheckIn, CheckIn.rsvp_id == Rsvp.id).order_by(*in_order(order))
        first = db.session.scalars(arrived.limit(limit).offset(offset)).all()
        if len(first) == limit:
            return first
        before = offset + len(first) if first else self._count_of(came)
        others = self._chosen().where(~has_mark(self.event, Mark.CAME)).order_by(*in_order(Order()))
        rest = others.limit(limit - len(first)).offset(max(0, offset - before))
        return [*first, *db.session.scalars(rest)]

    def _count(self, status: str | None, marks: Iterable[Mark]) -> int:
        return self._count_of(select(Rsvp.id).where(*self._where(status, marks)))

    def _count_of(self, some: Select[int]) -> int:
        return db.session.scalar(some.with_only_columns(func.count())) or 0

    def _count_by_status(self) -> dict[Status, _Counted]:
        """Of those with the chosen marks, in one statement."""
        asked = [mark for mark in Mark if mark != Mark.NOT_YET]
        columns = (func.count().filter(has_mark(self.event, mark)) for mark in asked)
        counted = select(Rsvp.status, func.count(), *columns)
        rows = db.session.execute(
            counted.where(*self._where(None, self.choice.marks)).group_by(Rsvp.status)
        )
        return {
            Status(status): _Counted.of(status, guests, dict(zip(asked, marks, strict=True)))
            for status, guests, *marks in rows
        }


def entries(event: Event, ids: Sequence[int]) -> Iterator[GuestListEntry]:
    """These guests of an event, in this order, read in portions while iterating."""
    for some in in_portions(ids):
        found = _entries(event).where(among(Rsvp.id, some))
        by_id = {row[0].id: GuestListEntry(*row) for row in db.session.execute(found)}
        yield from (by_id[id_] for id_ in some if id_ in by_id)


def removed_from(event: Event) -> Sequence[Rsvp]:
    """Guests whom hosts took off the list, the last first."""
    gone = select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.removed_at.is_not(None))
    return db.session.scalars(gone.order_by(Rsvp.removed_at.desc(), Rsvp.id)).all()


def guest_at(event: Event, rsvp_id: int) -> GuestListEntry:
    """A guest of this event. Raises NotFound."""
    found = db.session.execute(_entries(event).where(Rsvp.id == rsvp_id)).first()
    if found is None:
        raise NotFound
    return GuestListEntry(*found)


def _found_by_email(event: Event, typed: str) -> Select[int]:
    key = text.clean_line(typed).casefold()
    return (
        select(Rsvp.id)
        .join(Person, Person.id == Rsvp.person_id)
        .where(Rsvp.event_id == event.id, Person.email_key.contains(key, autoescape=True))
        .order_by(Person.email_key)
    )


def _entries(event: Event) -> Select[Any]:
    return (
        select(Rsvp)
        .where(Rsvp.event_id == event.id)
        .outerjoin(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        .add_columns(
            CheckIn.at,
            CheckIn.door,
            _mail_failed(),
            is_new(event.community_id, event.starts_at),
        )
        .options(joinedload(Rsvp.person))
    )


def _mail_failed() -> ColumnElement[bool]:
    """Whether a mail about their answer was not delivered."""
    return exists().where(OutboxMail.about_id == Rsvp.id, OutboxMail.failed_at.is_not(None))
