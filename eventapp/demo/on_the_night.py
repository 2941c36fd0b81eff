"""What guests of the demo do at an event: sit down at small tables, ask about the talks, vote."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.demo.sayings import Question
from eventapp.floor.actions import (
    Asked,
    answer_question,
    ask_question,
    open_floor,
    show_question,
    vote,
)
from eventapp.model import Event, FloorQuestion, Rounds, Rsvp
from eventapp.rounds.actions import Settings, announce, plan_next, start_round, take_part

TAKE_PART = 0.8  # of those who are there, in rounds
VOTE = 0.4  # of them, for each question


def sit_down(
    event: Event, settings: Settings, there: Sequence[Rsvp], chance: random.Random
) -> None:
    """Rounds at small tables, from half past eight on, for most of those who are there."""
    announce(event, settings, at=event.created_at)
    db.session.flush()
    rounds = db.session.scalars(select(Rounds).where(Rounds.event_id == event.id)).one()
    begins_at = event.starts_at + timedelta(minutes=90)
    for rsvp in there:
        if chance.random() < TAKE_PART:
            take_part(rsvp, at=begins_at - timedelta(minutes=5))
    every = timedelta(minutes=settings.minutes + settings.pause_minutes)
    for number in range(1, settings.count + 1):
        at = begins_at + (number - 1) * every
        start_round(rounds, plan_next(rounds, number), at=at)
        db.session.flush()


def ask(
    event: Event,
    questions: Sequence[Question],
    there: Sequence[Rsvp],
    chance: random.Random,
    *,
    at: datetime,
    waiting: int = 0,
) -> list[FloorQuestion]:
    """Each is asked by another guest. All but so many are shown, and others vote for them."""
    open_floor(event, hosts_first=True, at=event.created_at)
    db.session.flush()
    askers = chance.sample(there, len(questions))
    asked = [
        _ask(event, question, by, at=at) for question, by in zip(questions, askers, strict=True)
    ]
    for question in asked[: len(asked) - waiting]:
        show_question(question, at=at)
        db.session.flush()
        for rsvp in there:
            if chance.random() < VOTE:
                vote(rsvp, question.id, at=at)
    return asked


def _ask(event: Event, question: Question, by: Rsvp, *, at: datetime) -> FloorQuestion:
    talk = event.talks[question.talk]
    asked = ask_question(by, Asked(question.words, talk.id, question.is_anonymous), at=at)
    db.session.flush()
    return asked


def answer(asked: Sequence[FloorQuestion], *, at: datetime) -> None:
    """All of them are put to the speaker."""
    for question in asked:
        answer_question(question, at=at)
