"""What becomes of a guest's questions on talks, when the guest goes or becomes one with another.

Hosts could tell whose an anonymous question was by its going with somebody. It stays, and nothing
says any more by whom it is.
"""

from __future__ import annotations

from sqlalchemy import delete, update

from eventapp.core.db import db
from eventapp.model import FloorQuestion, FloorVote, Rsvp


def leave_floor(rsvp: Rsvp) -> None:
    """Delete what this guest asked by their name, and their votes."""
    _part_anonymous(rsvp)
    for theirs in (FloorQuestion, FloorVote):
        db.session.execute(delete(theirs).where(theirs.rsvp_id == rsvp.id))


def give_questions(gone: Rsvp, kept: Rsvp) -> None:
    """What was asked by name is the other's now."""
    _part_anonymous(gone)
    own = update(FloorQuestion).where(FloorQuestion.rsvp_id == gone.id)
    db.session.execute(own.values(rsvp_id=kept.id))


def _part_anonymous(rsvp: Rsvp) -> None:
    own = FloorQuestion.rsvp_id == rsvp.id, FloorQuestion.is_anonymous
    db.session.execute(update(FloorQuestion).where(*own).values(rsvp_id=None))
