"""The introductions that a person made. Of the two they learn that both accepted, and what each
says came of it: a no, and no answer, are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import aliased

from eventapp.attendees.queries import are_apart
from eventapp.core.db import db, found
from eventapp.introductions.queries.got import known_as
from eventapp.introductions.queries.states import State
from eventapp.model import LAPSES_AFTER, Event, Introduction, IntroductionSide, Person, Rsvp

_one, _other = aliased(IntroductionSide), aliased(IntroductionSide)
_one_rsvp, _other_rsvp = aliased(Rsvp), aliased(Rsvp)

_EVER_MADE: Any = (
    select(
        *(Introduction.id, Introduction.reason, Introduction.created_at),
        *(Introduction.joined_at, Introduction.withdrawn_at),
        *(_one_rsvp.name.label("one"), _one.came_of_it.label("came_to_one")),
        *(_other_rsvp.name.label("other"), _other.came_of_it.label("came_to_other")),
        Event.tz,
    )
    .join(_one, _one.introduction_id == Introduction.id)
    .join(_other, and_(_other.introduction_id == Introduction.id, _one.id < _other.id))
    .join(_one_rsvp, known_as(_one_rsvp, _one))
    .join(_other_rsvp, known_as(_other_rsvp, _other))
    .join(Event, Event.id == _one.event_id)
    .where(
        ~are_apart(Introduction.introducer_id, _one.person_id),
        ~are_apart(Introduction.introducer_id, _other.person_id),
    )
    .order_by(Introduction.created_at.desc(), Introduction.id.desc())
)
_MADE = _EVER_MADE.where(Introduction.withdrawn_at.is_(None))


@dataclass(frozen=True)
class IntroductionMade:
    """An introduction, as whoever made it sees it."""

    id: int
    names: tuple[str, str]
    reason: str
    asked_at: datetime
    joined_at: datetime | None
    withdrawn_at: datetime | None
    lapses_at: datetime
    state: State
    came_of_it: Sequence[tuple[str, str]]  # name → what they said, of those who said something
    tz: str


def made_by(person: Person, *, at: datetime) -> list[IntroductionMade]:
    """The introductions that a person made and did not withdraw, the newest first. None with
    somebody who is deleted, or apart from them.
    """
    rows = db.session.execute(_MADE.where(Introduction.introducer_id == person.id))
    return [_made(row, at) for row in rows]


def ever_made_by(person: Person, *, at: datetime) -> list[IntroductionMade]:
    """The same, with those that they withdrew."""
    rows = db.session.execute(_EVER_MADE.where(Introduction.introducer_id == person.id))
    return [_made(row, at) for row in rows]


def _made(row: Row[Any], at: datetime) -> IntroductionMade:
    said = (row.one, row.came_to_one), (row.other, row.came_to_other)
    return IntroductionMade(
        id=row.id,
        names=(row.one, row.other),
        reason=row.reason,
        asked_at=row.created_at,
        joined_at=row.joined_at,
        withdrawn_at=row.withdrawn_at,
        lapses_at=row.created_at + LAPSES_AFTER,
        state=_state(row, at),
        came_of_it=[(name, words) for name, words in said if words],
        tz=row.tz,
    )


def _state(row: Row[Any], at: datetime) -> State:
    if row.joined_at:
        return State.JOINED
    if row.withdrawn_at:
        return State.WITHDRAWN
    return State.ASKED if at < row.created_at + LAPSES_AFTER else State.LAPSED


def one_made_by(person: Person, introduction_id: int) -> Introduction:
    """Such an introduction, also one that they withdrew. Raises NotFound."""
    own = Introduction.introducer_id == person.id, Introduction.id == introduction_id
    row: Introduction = found(_EVER_MADE.with_only_columns(Introduction).where(*own))
    return row


def made_before(person: Person, two: Sequence[int], *, since: datetime) -> bool:
    """Whether this person has introduced the two people with these ids since then."""
    one, other = two
    pair = or_(
        and_(_one.person_id == one, _other.person_id == other),
        and_(_one.person_id == other, _other.person_id == one),
    )
    made = (
        select(Introduction.id)
        .join(_one, _one.introduction_id == Introduction.id)
        .join(_other, and_(_other.introduction_id == Introduction.id, _one.id < _other.id))
        .where(pair, Introduction.created_at > since)
    )
    return db.session.scalar(made.where(Introduction.introducer_id == person.id)) is not None
