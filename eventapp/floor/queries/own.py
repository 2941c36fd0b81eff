"""What a person asked about talks, and which questions they voted for, at all events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.model import FloorQuestion, FloorVote, Person, Rsvp


class OwnOnFloor(NamedTuple):
    asked: Sequence[FloorQuestion]
    voted_for: Sequence[FloorQuestion]

    def __bool__(self) -> bool:
        return bool(self.asked or self.voted_for)


def own_on_floor(person: Person) -> OwnOnFloor:
    """The newest first. Of what they asked anonymously, as long as it's known that it is theirs."""
    whole = joinedload(FloorQuestion.event), joinedload(FloorQuestion.talk)
    newest = select(FloorQuestion).options(*whole).order_by(FloorQuestion.id.desc())
    own = Rsvp.person_id == person.id
    asked = newest.join(Rsvp, Rsvp.id == FloorQuestion.rsvp_id).where(own)
    votes = FloorVote.question_id == FloorQuestion.id
    voted_for = newest.join(FloorVote, votes).join(Rsvp, Rsvp.id == FloorVote.rsvp_id).where(own)
    return OwnOnFloor(db.session.scalars(asked).all(), db.session.scalars(voted_for).all())
