"""A guest votes for a question of somebody else's, once, and takes it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from eventapp.core.database_errors import Vanished
from eventapp.core.db import db, lock
from eventapp.core.insert import insert_once
from eventapp.floor.actions.hold import hold_open
from eventapp.model import FloorQuestion, FloorVote, Rsvp


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


def take_vote_back(rsvp: Rsvp, question_id: int, *, at: datetime) -> None:
    """Idempotent. Raises FloorClosed: what was counted then stays."""
    hold_open(rsvp.event, at=at)
    own = FloorVote.question_id == question_id, FloorVote.rsvp_id == rsvp.id
    db.session.execute(delete(FloorVote).where(*own))
