"""The introductions that a person is asked about: the other's name and line, the reason, and their
own answer. Nothing of what the other answered, until both have accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from eventapp.attendees.queries import are_apart
from eventapp.core.db import db, found
from eventapp.core.errors import NotFound
from eventapp.introductions.queries.states import State
from eventapp.model import (
    LAPSES_AFTER,
    Event,
    Introduction,
    IntroductionSide,
    PassedContact,
    Person,
    Rsvp,
)

_own, _other = aliased(IntroductionSide), aliased(IntroductionSide)


def known_as(rsvp: Any, side: Any) -> ColumnElement[bool]:
    """The condition for the answer to an event by which one of the two is known."""
    return and_(rsvp.event_id == side.event_id, rsvp.person_id == side.person_id)


_own_rsvp, _rsvp, _by = aliased(Rsvp), aliased(Rsvp), aliased(Rsvp)
_is_apart = are_apart(_own.person_id, Introduction.introducer_id)
_introducer = case((_is_apart, ""), else_=func.coalesce(_by.name, ""))
_line = case((_rsvp.confirmed_at.is_not(None), _rsvp.ask_me_about), else_="")

# Each is known by their answer to an event, as its other attendees know them: without one, as when
# they are deleted, there is no introduction. But for its maker, once it is joined.
_EVER_ASKED: Any = (
    select(
        *(Introduction.id, Introduction.created_at, Introduction.joined_at),
        case((_is_apart, ""), else_=Introduction.reason).label("reason"),
        *(_own.id.label("side_id"), _own.key, _own.accepted_at, _own.declined_at),
        *(_own.came_of_it, _own.came_of_it_at),
        *(_own_rsvp.name.label("own_name"), _own_rsvp.ask_me_about.label("own_line")),
        *(_rsvp.name.label("other"), _rsvp.id.label("other_rsvp_id"), _line.label("line")),
        *(_other.person_id.label("other_id"), _introducer.label("introducer")),
        Event.tz,
    )
    .join_from(_own, Introduction, Introduction.id == _own.introduction_id)
    .join(_other, and_(_other.introduction_id == _own.introduction_id, _other.id != _own.id))
    .join(_own_rsvp, known_as(_own_rsvp, _own))
    .join(_rsvp, known_as(_rsvp, _other))
    .join(Event, Event.id == _own.event_id)
    .outerjoin(
        _by, and_(_by.event_id == _own.event_id, _by.person_id == Introduction.introducer_id)
    )
    .where(
        _own.asked_at.is_not(None),
        or_(Introduction.joined_at.is_not(None), and_(_by.id.is_not(None), ~_is_apart)),
    )
    .order_by(Introduction.created_at.desc(), Introduction.id.desc())
)
_together = ~are_apart(_own.person_id, _other.person_id)
_ASKED = _EVER_ASKED.where(Introduction.withdrawn_at.is_(None))
_GOT = _ASKED.where(_together)


@dataclass(frozen=True)
class IntroductionGot:
    """An introduction, as one of the two sees it."""

    id: int
    key: str
    side_id: int
    introducer: str  # "" if they are deleted or apart from this one, once it is joined
    other: str
    other_id: int
    other_rsvp_id: int
    line: str  # what the other can be asked about
    reason: str  # likewise
    own_name: str  # by which the other knows this one, with their line
    own_line: str
    asked_at: datetime
    joined_at: datetime | None
    lapses_at: datetime
    state: State
    accepted_at: datetime | None
    declined_at: datetime | None
    came_of_it: str | None
    came_of_it_at: datetime | None
    tz: str


def got_by(person: Person, *, at: datetime) -> list[IntroductionGot]:
    """What a person is asked about, or was and may still answer, and what was joined; the newest
    first.
    """
    found = _all(_GOT.where(_own.person_id == person.id), at)
    return [got for got in found if got.state != State.LAPSED]


def ever_got_by(person: Person, *, at: datetime) -> list[IntroductionGot]:
    """The same, with those that lapsed, or were withdrawn once the person had answered: their own
    answers stay theirs.
    """
    answered = or_(_own.accepted_at.is_not(None), _own.declined_at.is_not(None))
    is_theirs = or_(Introduction.withdrawn_at.is_(None), answered)
    return _all(_EVER_ASKED.where(_together, _own.person_id == person.id, is_theirs), at)


def got_with(key: str, *, at: datetime) -> IntroductionGot:
    """The one of whoever has this key, also once it is too late to answer. Raises NotFound."""
    return _one(_GOT.where(_own.key == key), at)


def got_by_id(person: Person, introduction_id: int, *, at: datetime) -> IntroductionGot:
    """The same of a person. Raises NotFound."""
    own = _own.person_id == person.id, Introduction.id == introduction_id
    return _one(_GOT.where(*own), at)


def got_to_block(person: Person, introduction_id: int, *, at: datetime) -> IntroductionGot:
    """The same, also once the two are apart: a second tap finds it, too. Raises NotFound."""
    own = _own.person_id == person.id, Introduction.id == introduction_id
    return _one(_ASKED.where(*own), at)


def side_of(got: IntroductionGot) -> IntroductionSide:
    """Its row, with those it refers to."""
    one = select(IntroductionSide).where(IntroductionSide.id == got.side_id)
    return found(one.options(joinedload(IntroductionSide.introduction)))


def _all(rows: Select[Any], at: datetime) -> list[IntroductionGot]:
    return [_got(row, at) for row in db.session.execute(rows)]


def _one(rows: Select[Any], at: datetime) -> IntroductionGot:
    row = db.session.execute(rows).first()
    if row is None:
        raise NotFound
    return _got(row, at)


def _got(row: Row[Any], at: datetime) -> IntroductionGot:
    return IntroductionGot(
        **{name: getattr(row, name) for name in _SAME},
        asked_at=row.created_at,
        lapses_at=row.created_at + LAPSES_AFTER,
        state=_state(row, at),
    )


_SAME = (
    *("id", "key", "side_id", "introducer", "other", "other_id", "other_rsvp_id", "line", "reason"),
    *("own_name", "own_line", "joined_at", "tz"),
    *("accepted_at", "declined_at", "came_of_it", "came_of_it_at"),
)


def _state(row: Row[Any], at: datetime) -> State:
    if row.joined_at:
        return State.JOINED
    if at >= row.created_at + LAPSES_AFTER:
        return State.LAPSED
    if row.accepted_at:
        return State.ACCEPTED
    return State.DECLINED if row.declined_at else State.ASKED


def person_with(key: str) -> Person:
    """Whose key it is, of a mail that asks, whatever became of it. Raises NotFound."""
    side, passed = IntroductionSide, PassedContact
    asked = select(side.person_id).where(side.key == key)
    may_i = select(passed.person_id).where(passed.key == key)
    return found(select(Person).where(or_(Person.id.in_(asked), Person.id.in_(may_i))))
