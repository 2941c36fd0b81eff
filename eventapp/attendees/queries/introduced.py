"""Who was introduced to whom, where both accepted: each may hold the other's card, as if they had
met. They know each other by the name that whoever introduced them knew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, case, func, literal, select
from sqlalchemy.orm import aliased

from eventapp.attendees.queries.blocks import are_apart
from eventapp.model import Event, Introduction, IntroductionSide, Person, Rsvp

_own, _other = aliased(IntroductionSide), aliased(IntroductionSide)
_rsvp, _by = aliased(Rsvp), aliased(Rsvp)
_two = and_(_other.introduction_id == _own.introduction_id, _other.id != _own.id)
_known_as = and_(_rsvp.event_id == _other.event_id, _rsvp.person_id == _other.person_id)
_made_by = and_(_by.event_id == _own.event_id, _by.person_id == Introduction.introducer_id)
_is_hidden = are_apart(_own.person_id, Introduction.introducer_id)
_introducer = case((_is_hidden, ""), else_=func.coalesce(_by.name, ""))
_reason = case((_is_hidden, ""), else_=Introduction.reason)
# Built once, as in `cards.py`.
_JOINED = (
    select(Introduction.id)
    .join_from(_own, Introduction, Introduction.id == _own.introduction_id)
    .join(_other, _two)
    .join(_rsvp, _known_as)
    .outerjoin(_by, _made_by)
    .where(Introduction.joined_at.is_not(None), ~are_apart(_own.person_id, _other.person_id))
)
_CROSSING = _JOINED.with_only_columns(
    *(_other.person_id, _rsvp.name, literal("").label("title")),
    *(Introduction.joined_at.label("at"), _introducer.label("introducer")),
)
_INTRODUCED = (
    _JOINED.with_only_columns(
        *(_rsvp.id, _other.person_id, _rsvp.name, Person.created_at),
        *(_introducer.label("introducer"), _reason.label("reason")),
        *(Introduction.joined_at, Event.tz),
    )
    .join(Event, Event.id == _own.event_id)
    .join(Person, Person.id == _other.person_id)
    .order_by(Introduction.joined_at.desc(), Introduction.id.desc())
)
_JOINED_BY = (
    select(_own.person_id, _other.person_id)
    .join_from(_own, Introduction, Introduction.id == _own.introduction_id)
    .join(_other, and_(_two, _own.id < _other.id))
    .where(Introduction.joined_at.is_not(None))
)


def introduced_to(person_id: Any) -> Select[Any]:
    """Those to whom a person was introduced: `id` of an RSVP, `person_id` and `name` of the other,
    since when, by whom and why; "" if that one is apart from the person, or deleted.
    """
    return _INTRODUCED.where(_own.person_id == person_id)


def joined_by(person_id: int) -> Select[int, int]:
    """The pairs of people whom a person introduced to each other, where both accepted: their ids.

    Nothing that either of the two did since takes a pair out, as that would tell of it.
    """
    return _JOINED_BY.where(Introduction.introducer_id == person_id)


def crossed_by_introduction(person_id: Any) -> Select[Any]:
    """The same as rows of `crossings`."""
    return _CROSSING.where(_own.person_id == person_id)
