"""What tests of the organisers' questions begin with."""

from __future__ import annotations

from typing import Any

from eventapp.core.db import db, lock
from eventapp.model import Event
from eventapp.rsvp.actions import PlannedQuestion, questions_of, set_questions
from tests.make import Make


def asked(label: str, kind: str = "short", *options: str, **more: Any) -> PlannedQuestion:
    return PlannedQuestion(label, kind, options, **more)


def ask(make: Make, event: Event, *questions: PlannedQuestion) -> list[int]:
    """Have the event ask these questions alone. Returns their ids."""
    with make.act():
        there = db.session.get_one(Event, event.id)
        lock(there)
        set_questions(there, questions)
        db.session.flush()
        return [question.id for question in there.questions]


def plan(make: Make, event: Event) -> list[PlannedQuestion]:
    with make.act():
        return list(questions_of(db.session.get_one(Event, event.id)))
