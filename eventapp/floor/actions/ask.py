"""A guest asks, by name or anonymously, and withdraws what they asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.sent_forms import add_once
from eventapp.floor.actions.hold import hold_open
from eventapp.model import FloorQuestion, Rsvp, Talk
from eventapp.model.limits import FLOOR_QUESTIONS_MOST


class TooManyQuestions(Refusal):
    code = "too_many_questions"
    message = _l("You've asked %(most)s questions, and more don't fit. Withdraw one of them first.")


@dataclass(frozen=True)
class Asked:
    words: str
    talk_id: int | None  # of the event; None: about the event as a whole
    is_anonymous: bool


def ask_question(
    rsvp: Rsvp, asked: Asked, *, at: datetime, form_id: str | None = None
) -> FloorQuestion:
    """Shown at once, unless hosts look first. Idempotent by `form_id`. Raises FloorClosed,
    TooManyQuestions.
    """
    own = select(FloorQuestion).where(FloorQuestion.rsvp_id == rsvp.id)

    def add() -> FloorQuestion:
        floor = hold_open(rsvp.event, at=at)  # so none waits once hosts don't look first
        _refuse_many(rsvp)
        row = FloorQuestion(event_id=rsvp.event_id, rsvp_id=rsvp.id, created_at=at)
        row.words, row.is_anonymous = asked.words, asked.is_anonymous
        row.talk_id = _talk_there(rsvp.event_id, asked.talk_id)
        row.shown_at = None if floor.hosts_first else at
        db.session.add(row)
        return row

    lock(rsvp)
    return add_once(form_id, (rsvp.id, asked), own, add, at=at)


def _talk_there(event_id: int, talk_id: int | None) -> int | None:
    """The same; None if hosts take it out of the programme at this moment. They wait otherwise."""
    of_event = Talk.id == talk_id, Talk.event_id == event_id
    there = select(Talk.id).where(*of_event).with_for_update(read=True, key_share=True)
    return db.session.scalar(there) if talk_id else None


def _refuse_many(rsvp: Rsvp) -> None:
    own = select(func.count()).where(FloorQuestion.rsvp_id == rsvp.id)
    if (db.session.scalar(own) or 0) >= FLOOR_QUESTIONS_MOST:
        raise TooManyQuestions(most=FLOOR_QUESTIONS_MOST)


def withdraw_question(rsvp: Rsvp, question_id: int) -> None:
    """Delete what this guest asked, with the votes for it, at any time. Idempotent."""
    own = FloorQuestion.id == question_id, FloorQuestion.rsvp_id == rsvp.id
    db.session.execute(delete(FloorQuestion).where(*own))
