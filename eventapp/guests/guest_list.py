"""Reads of an event's guest list: a page of whom an organiser chose, one guest, counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import ids_by_companion, ids_by_name
from eventapp.core import text
from eventapp.core.any_of import among
from eventapp.core.db import db, in_portions
from eventapp.core.errors import NotFound
from eventapp.door.guests import is_new
from eventapp.guests.choice import (
    BY_STATUS,
    OPPOSITE,
    REMOVED,
    Choice,
    Mark,
    Order,
    Sort,
    has_failed_mail,
    has_mark,
    in_order,
)
from eventapp.guests.counts import NONE, Counted, Counts
from eventapp.model import CheckIn, Event, Person, Rsvp, Status

FOUND_MOST = 100_000  # by a name: as many as one list brings at most


@dataclass(frozen=True)
class GuestListEntry:
    """A guest as organisers see them."""

    rsvp: Rsvp
    arrived_at: datetime | None  # the earliest known
    door: str | None
    mail_failed: bool
    is_new: bool  # see `door.guests.is_new`


class _Part(NamedTuple):
    """Some of a list, their order, and how many they are."""

    ids: Select[int]
    order: Order
    guests: int

    def read(self, limit: int, offset: int) -> list[int]:
        """Some of their ids, counted from the nearer end."""
        until = min(offset + limit, self.guests)
        if offset <= self.guests // 2:
            found = self.ids.order_by(*in_order(self.order)).limit(limit).offset(offset)
            return list(db.session.scalars(found))
        found = self.ids.order_by(*in_order(self.order.reverse)).limit(until - offset)
        return list(db.session.scalars(found.offset(self.guests - until)))[::-1]


def ids_of_everybody(event: Event) -> list[int]:
    """Those, too, whom hosts took off the list: they are cancelled."""
    guests = select(Rsvp.id).where(Rsvp.event_id == event.id)
    return list(db.session.scalars(guests.order_by(Rsvp.id)))


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

    def ids_as_sorted(self) -> Sequence[int]:
        """All of them, in the order that was chosen; if none was, as `ids`."""
        return self._ids_in_order(self.counts.shown, 0) if self.choice.order else self.ids()

    @cached_property
    def counts(self) -> Counts:
        choice = self.choice
        everybody = dict.fromkeys(Status, NONE) | self._count_by_status(None)
        removed = self._count_by_status(REMOVED).get(Status.CANCELLED, NONE)
        if choice.status == REMOVED:
            chosen = [removed]
        else:
            chosen = [everybody[Status(choice.status)]] if choice.status else [*everybody.values()]
        by_mark = {mark: sum(one.by_mark[mark] for one in chosen) for mark in Mark}
        for mark in OPPOSITE.keys() & {*choice.marks}:  # the others were not counted
            by_mark[OPPOSITE[mark]] = self._count_opposite(mark, everybody[Status.GOING].guests)
        by_status = {status: one.guests for status, one in everybody.items()}
        shown = sum(one.guests for one in chosen)
        return Counts(by_status, by_mark, removed.guests, shown)

    @cached_property
    def _called(self) -> list[int]:
        """Whom the search finds by name, the nearest first; then by the name of a companion."""
        event_id, typed = self.event.id, self.choice.typed
        named = ids_by_name(event_id, typed, limit=FOUND_MOST)
        there = {*named}
        brought = ids_by_companion(event_id, typed, limit=FOUND_MOST)
        return [*named, *(id_ for id_ in brought if id_ not in there)]

    def _is_found(self) -> list[ColumnElement[bool]]:
        """What the search asks: for a part of an address if it has an @, else for a name."""
        typed = self.choice.typed
        if "@" in typed:
            part = text.clean_line(typed).casefold()
            return [Rsvp.person.has(Person.email_key.contains(part, autoescape=True))]
        return [among(Rsvp.id, self._called)] if typed else []

    def _where(self, status: str | None, marks: Iterable[Mark]) -> list[ColumnElement[bool]]:
        where = [Rsvp.event_id == self.event.id, *self._is_found()]
        where += [has_mark(self.event, mark) for mark in marks]
        if status == REMOVED:
            where.append(Rsvp.removed_at.is_not(None))
        elif status:
            where.append(Rsvp.status == status)
        if status != REMOVED:
            where.append(Rsvp.removed_at.is_(None))
        return where

    def _chosen(self, *more: Mark) -> Select[int]:
        choice = self.choice
        return select(Rsvp.id).where(*self._where(choice.status, (*choice.marks, *more)))

    def _ids_in_order(self, limit: int, offset: int) -> Sequence[int]:
        order, typed = self.choice.order, self.choice.typed
        if order is None and typed and "@" not in typed:
            return self._nearest_first()[offset : offset + limit]
        ids: list[int] = []
        for part in self._parts(order or Order()):
            if offset < part.guests and len(ids) < limit:
                ids += part.read(limit - len(ids), offset)
            offset = max(0, offset - part.guests)
        return ids

    def _parts(self, order: Order) -> Iterator[_Part]:
        """What the list consists of in this order, each part with its own, so that a page of a long
        list is found in one of them: in one statement, a database would sort everybody.
        """
        choice, counts = self.choice, self.counts
        if order.by == Sort.ARRIVED:
            came = 0 if Mark.NOT_YET in choice.marks else counts.by_mark[Mark.CAME]
            arrived = self._chosen(Mark.CAME).join(CheckIn, CheckIn.rsvp_id == Rsvp.id)
            yield _Part(arrived, order, came)
            others = self._chosen().where(~has_mark(self.event, Mark.CAME))
            yield _Part(others, Order(), counts.shown - came)
        elif order.by == Sort.STATUS and not choice.status:
            for status in reversed(BY_STATUS) if order.is_descending else BY_STATUS:
                of_status = select(Rsvp.id).where(*self._where(status, choice.marks))
                yield _Part(of_status, order, counts.by_status[status])
        else:
            yield _Part(self._chosen(), order, counts.shown)

    def _nearest_first(self) -> list[int]:
        if not self.choice.status and not self.choice.marks and not self.counts.removed:
            return self._called
        chosen = {*self.ids()}
        return [id_ for id_ in self._called if id_ in chosen]

    def _count_opposite(self, mark: Mark, going: int) -> int:
        """How many would be listed with the opposite of a chosen mark, of whose guests so many are
        going. Mostly it is the difference, which is counted over an index.
        """
        choice = self.choice
        others = choice.without_mark(mark)
        if choice.status == Status.GOING or (choice.status is None and mark == Mark.CAME):
            return self._count(Status.GOING, others) - going
        return self._count(choice.status, choice.with_mark(OPPOSITE[mark]))

    def _count(self, status: str | None, marks: Iterable[Mark]) -> int:
        counted = select(func.count()).select_from(Rsvp)
        return db.session.scalar(counted.where(*self._where(status, marks))) or 0

    def _count_by_status(self, status: str | None) -> dict[Status, Counted]:
        """Of those with the chosen marks, in one statement."""
        asked = [mark for mark in Mark if mark != Mark.NOT_YET]
        chosen = self.choice.marks
        columns = (
            func.count() if mark in chosen else func.count().filter(has_mark(self.event, mark))
            for mark in asked
        )
        counted = select(Rsvp.status, func.count(), *columns)
        rows = db.session.execute(
            counted.where(*self._where(status, self.choice.marks)).group_by(Rsvp.status)
        )
        return {
            Status(status): Counted.of(status, guests, dict(zip(asked, marks, strict=True)))
            for status, guests, *marks in rows
        }


def entries(event: Event, ids: Sequence[int]) -> Iterator[GuestListEntry]:
    """These guests of an event, in this order, read in portions while iterating."""
    for some in in_portions(ids):
        found = _entries(event).where(among(Rsvp.id, some))
        by_id = {row[0].id: GuestListEntry(*row) for row in db.session.execute(found)}
        yield from (by_id[id_] for id_ in some if id_ in by_id)


def guest_at(event: Event, rsvp_id: int) -> GuestListEntry:
    """A guest of this event. Raises NotFound."""
    found = db.session.execute(_entries(event).where(Rsvp.id == rsvp_id)).first()
    if found is None:
        raise NotFound
    return GuestListEntry(*found)


def _entries(event: Event) -> Select[Any]:
    return (
        select(Rsvp)
        .where(Rsvp.event_id == event.id)
        .outerjoin(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        .add_columns(
            CheckIn.at,
            CheckIn.door,
            has_failed_mail(),
            is_new(event.community_id, event.starts_at),
        )
        .options(joinedload(Rsvp.person))
    )
