"""What an organiser chooses of a guest list: a search, a status, marks, and the order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.sql.elements import UnaryExpression

from eventapp.door.guests import people_who_came_before
from eventapp.model import CheckIn, Event, OutboxMail, Rsvp, Status


class Mark(StrEnum):
    """What guests of any status may have."""

    CAME = "came"
    NOT_YET = "not_yet"  # expected, and not in
    FIRST_TIME = "first_time"
    NO_ADDRESS = "no_address"
    MAIL_FAILED = "mail_failed"


REMOVED = "removed"  # chosen in place of a status: those whom hosts took off the list
OPPOSITE = {Mark.CAME: Mark.NOT_YET, Mark.NOT_YET: Mark.CAME}  # nobody has both
BY_STATUS = (
    Status.PENDING,
    Status.WAITLISTED,
    Status.GOING,
    Status.MAYBE,
    Status.NOT_GOING,
    Status.CANCELLED,
)


class Sort(StrEnum):
    """By what a list is ordered."""

    NAME = "name"
    STATUS = "status"
    ANSWERED = "answered"
    ARRIVED = "arrived"


@dataclass(frozen=True)
class Order:
    by: Sort = Sort.ANSWERED
    is_descending: bool = True

    @property
    def reverse(self) -> Order:
        return Order(self.by, not self.is_descending)


@dataclass(frozen=True)
class Choice:
    """Whom to show, and in which order; None: who is nearest to a typed name comes first, or who
    answered last.
    """

    typed: str = ""
    status: str | None = None  # or REMOVED
    marks: tuple[Mark, ...] = ()
    order: Order | None = None

    @property
    def narrows(self) -> bool:
        return bool(self.typed or self.status or self.marks)

    def with_mark(self, mark: Mark) -> tuple[Mark, ...]:
        """The marks with this one, without what contradicts it."""
        marks = {*self.marks, mark} - {OPPOSITE.get(mark)}
        return tuple(one for one in Mark if one in marks)

    def without_mark(self, mark: Mark) -> tuple[Mark, ...]:
        return tuple(one for one in self.marks if one != mark)


def has_mark(event: Event, mark: Mark) -> ColumnElement[bool]:
    """Whether a guest of this event has a mark. Most ask whether the guest is in a list that a
    database makes once, so that it may begin with that, or look everybody up in it.
    """
    came = select(CheckIn.rsvp_id).where(CheckIn.event_id == event.id)
    match mark:
        case Mark.CAME:
            return Rsvp.id.in_(came)
        case Mark.NOT_YET:
            return and_(Rsvp.status == Status.GOING, Rsvp.id.not_in(came))
        case Mark.FIRST_TIME:
            # Not `IS NOT NULL`, which leads SQLite to an index that does not have the status.
            is_known = func.coalesce(Rsvp.person_id, 0) > 0
            return and_(is_known, Rsvp.person_id.not_in(people_who_came_before(event)))
        case Mark.NO_ADDRESS:
            return Rsvp.person_id.is_(None)
        case Mark.MAIL_FAILED:
            return has_failed_mail()


def has_failed_mail() -> ColumnElement[bool]:
    """Whether a mail about their answer was not delivered."""
    return exists().where(OutboxMail.about_id == Rsvp.id, OutboxMail.failed_at.is_not(None))


def in_order(order: Order) -> list[UnaryExpression[Any]]:
    """What to sort by, those of one status if by that. By arrivals needs a join with CheckIn."""
    by: dict[Sort, ColumnElement[Any]] = {
        Sort.NAME: Rsvp.name_key.expression,
        Sort.STATUS: Rsvp.waitlisted_at.expression,
        Sort.ANSWERED: Rsvp.created_at.expression,
        Sort.ARRIVED: CheckIn.at.expression,
    }
    columns = (by[order.by], Rsvp.id.expression)
    return [column.desc() if order.is_descending else column.asc() for column in columns]
