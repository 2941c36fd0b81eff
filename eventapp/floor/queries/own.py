"""What a person asked about talks, and which questions they voted for, at all events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import words_to_voter
from eventapp.core.db import db
from eventapp.model import FloorQuestion, FloorVote, Person, Rsvp, Status


class VotedFor(NamedTuple):
    question: FloorQuestion
    words: str | None  # as far as they see them
    has_place: bool  # and so sees the page of questions


class OwnOnFloor(NamedTuple):
    asked: Sequence[FloorQuestion]
    voted_for: Sequence[VotedFor]

    def __bool__(self) -> bool:
        return bool(self.asked or self.voted_for)


def own_on_floor(person: Person) -> OwnOnFloor:
    """The newest first. Of what they asked anonymously, as long as it's known that it is theirs."""
    whole = joinedload(FloorQuestion.event), joinedload(FloorQuestion.talk)
    newest = select(FloorQuestion).options(*whole).order_by(FloorQuestion.id.desc())
    own = Rsvp.person_id == person.id
    asked = newest.join(Rsvp, Rsvp.id == FloorQuestion.rsvp_id).where(own)
    votes = FloorVote.question_id == FloorQuestion.id
    voted = newest.join(FloorVote, votes).join(Rsvp, Rsvp.id == FloorVote.rsvp_id).where(own)
    as_seen = voted.add_columns(words_to_voter(), Rsvp.status == Status.GOING)
    voted_for = [VotedFor._make(row) for row in db.session.execute(as_seen)]
    return OwnOnFloor(db.session.scalars(asked).all(), voted_for)
