"""A guest votes for a question of somebody else's, once while hosts take questions, and takes it
back at any time. What was counted when they closed stays counted: see `close_floor`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from eventapp.core.database_errors import Vanished
from eventapp.core.db import db, lock
from eventapp.core.insert import insert_once
from eventapp.floor.actions.hold import hold_open
from eventapp.model import FloorQuestion, FloorVote, Person, Rsvp


def vote(rsvp: Rsvp, question_id: int, *, at: datetime) -> bool:
    """Idempotent: a guest has one vote for each question. Returns False where there is nothing to
    vote for: it isn't there, isn't shown (any more), is answered, or is their own. Raises
    FloorClosed.
    """
    hold_open(rsvp.event, at=at)
    of_event = FloorQuestion.id == question_id, FloorQuestion.event_id == rsvp.event_id
    question = db.session.scalar(select(FloorQuestion).where(*of_event))
    try:
        if question:
            lock(question)
    except Vanished:
        return False
    if question is None or question.rsvp_id == rsvp.id or question.state != "shown":
        return False
    insert_once(FloorVote, {"question_id": question.id, "rsvp_id": rsvp.id})
    return True


def take_vote_back(rsvp: Rsvp, question_id: int) -> None:
    """Idempotent."""
    own = FloorVote.question_id == question_id, FloorVote.rsvp_id == rsvp.id
    db.session.execute(delete(FloorVote).where(*own))


def take_own_vote_back(person: Person, question_id: int) -> None:
    """The same, whether they have a place there or not. Idempotent."""
    own = FloorVote.rsvp_id.in_(select(Rsvp.id).where(Rsvp.person_id == person.id))
    db.session.execute(delete(FloorVote).where(FloorVote.question_id == question_id, own))
