"""One of the two accepts or declines, and may change that until the other has accepted too. Whoever
made the introduction withdraws it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from eventapp.attendees.queries import are_apart
from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.introductions.actions.tell import mail_joined
from eventapp.model import Introduction, IntroductionSide, Person


class AnsweredTooLate(Refusal):
    code = "answered_too_late"
    message = _l("It's too late to change this one. Nobody is told anything.")


def accept(side: IntroductionSide, *, at: datetime) -> bool:
    """Say yes. Once both have, they are joined, and each gets what the other shares. Idempotent.
    Returns whether they are joined now. Raises AnsweredTooLate.
    """
    introduction = _locked(side)
    if introduction.joined_at:
        return True
    if not introduction.is_open(at):
        raise AnsweredTooLate
    side.accept(at)
    db.session.flush()
    if _may_join(introduction):
        introduction.joined_at = at
        mail_joined(introduction, at=at)
    return introduction.joined_at is not None


def decline(side: IntroductionSide, *, at: datetime) -> None:
    """Say no, also after a yes that the other has not answered with one. Nobody is told.
    Idempotent. Raises AnsweredTooLate.
    """
    introduction = _locked(side)
    if not introduction.is_open(at):
        raise AnsweredTooLate
    side.decline(at)


def withdraw(introduction: Introduction, *, at: datetime) -> None:
    """Ask the two no longer. Idempotent. Raises AnsweredTooLate once they are joined."""
    lock(introduction)
    if introduction.joined_at:
        raise AnsweredTooLate
    introduction.withdrawn_at = introduction.withdrawn_at or at


def _locked(side: IntroductionSide) -> Introduction:
    """Its introduction, locked, so that of two who accept at once the second joins them."""
    introduction = side.introduction
    lock(introduction)
    for each in introduction.sides:
        db.session.refresh(each)
    return introduction


def _may_join(introduction: Introduction) -> bool:
    """Whether both accepted, and none of the three has blocked another."""
    sides = introduction.sides
    if len(sides) != len({side.person_id for side in sides if side.accepted_at}) or len(sides) < 2:
        return False
    three = [introduction.introducer_id, *(side.person_id for side in sides)]
    one, other = aliased(Person), aliased(Person)
    apart: ColumnElement[bool] = are_apart(one.id, other.id)
    among = one.id.in_(three), other.id.in_(three)
    blocked = select(one.id).join(other, apart).where(*among).limit(1)
    return introduction.introducer_id is not None and db.session.scalar(blocked) is None
