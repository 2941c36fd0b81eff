"""What becomes of a guest's questions on talks, when the guest goes or becomes one with another.

Hosts could tell whose an anonymous question was by its going with somebody. It stays, and nothing
says any more by whom it is.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, update

from eventapp.core.db import db
from eventapp.model import FloorQuestion, FloorVote, Rsvp


def leave_floor(rsvp: Rsvp) -> None:
    """Delete what this guest asked by their name, and their votes."""
    forget_who_asked([rsvp.id])
    for theirs in (FloorQuestion, FloorVote):
        db.session.execute(delete(theirs).where(theirs.rsvp_id == rsvp.id))


def give_questions(gone: Rsvp, kept: Rsvp) -> None:
    """What was asked by name is now asked by the other."""
    forget_who_asked([gone.id])
    own = update(FloorQuestion).where(FloorQuestion.rsvp_id == gone.id)
    db.session.execute(own.values(rsvp_id=kept.id))


def forget_who_asked(rsvp_ids: Collection[int]) -> None:
    """Have nothing say any more that these guests' anonymous questions are theirs."""
    own = FloorQuestion.rsvp_id.in_(rsvp_ids), FloorQuestion.is_anonymous
    db.session.execute(update(FloorQuestion).where(*own).values(rsvp_id=None))
