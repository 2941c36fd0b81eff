"""Which questions from the floor who is shown, the most wanted first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, exists, false, func, not_, or_, select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import (
    asker_on_wall,
    asker_to_guests,
    asker_to_hosts,
    words_to_voter,
)
from eventapp.core.db import db, found
from eventapp.floor.queries.floors import talk_on
from eventapp.met.queries import Attendee
from eventapp.model import Event, Floor, FloorQuestion, FloorVote, Person, Rsvp, Talk

SHOWN_MOST = 200
ON_WALL_MOST = 5
TIMES = ("created_at", "shown_at", "hidden_at", "answered_at")

_is_shown = FloorQuestion.shown_at.is_not(None)
_is_answered = FloorQuestion.answered_at.is_not(None)
_waits = and_(FloorQuestion.shown_at.is_(None), FloorQuestion.hidden_at.is_(None))
votes_there = (
    select(func.count())
    .where(FloorVote.question_id == FloorQuestion.id)
    .correlate(FloorQuestion)
    .scalar_subquery()
)
_votes = func.coalesce(FloorQuestion.counted, votes_there)
_most_wanted = _votes.desc(), FloorQuestion.id


class ShownQuestion(NamedTuple):
    """A question as somebody sees it. The name is None where it isn't shown to them."""

    question: FloorQuestion
    votes: int
    name: str | None
    is_own: bool
    is_voted: bool  # by whoever looks

    @property
    def said(self) -> tuple[Any, ...]:
        """All that a page shows of it."""
        return self.question.id, self.question.talk_id, self.question.state, *self[1:]


@dataclass
class OfTalk:
    """What is asked about a talk. None is the event as a whole."""

    talk: Talk | None
    questions: list[ShownQuestion] = field(default_factory=list)


class Questions(NamedTuple):
    """Those that fit on a page, and how many more there are."""

    shown: Sequence[ShownQuestion]
    more: int

    def first(self, count: int) -> Questions:
        """So many of them, and how many more there are then."""
        return Questions(self.shown[:count], self.more + max(0, len(self.shown) - count))

    def by_talk(self, event: Event) -> list[OfTalk]:
        """A group for each talk, in the order of the programme; for the event as a whole where
        there are no talks, or something was asked about it.
        """
        of_talks = {talk.id: OfTalk(talk) for talk in event.talks}
        whole = OfTalk(None)
        for one in self.shown:
            of_talks.get(one.question.talk_id or 0, whole).questions.append(one)
        return [*of_talks.values(), *([whole] if whole.questions or not of_talks else [])]

    def in_state(self, state: str) -> list[ShownQuestion]:
        return [one for one in self.shown if one.question.state == state]

    @property
    def said(self) -> list[Any]:
        return [self.more, *(one.said for one in self.shown)]


def questions_to_guest(guest: Attendee) -> Questions:
    """What hosts show, and this guest's own in any state; answered ones last. Only their own to
    whoever has no place (any more).
    """
    is_own = func.coalesce(FloorQuestion.rsvp_id == guest.rsvp.id, false())
    voted = FloorVote.question_id == FloorQuestion.id, FloorVote.rsvp_id == guest.rsvp.id
    name = asker_to_guests(guest.event, guest.viewer)
    seen = _asked(guest.event, name, is_own, exists().where(*voted))
    seen = seen.where(or_(_is_shown, is_own) if guest.viewer.is_attendee else is_own)
    shown, more = _first(seen.order_by(is_own.desc(), _is_answered, *_most_wanted))  # of many
    in_order = sorted(shown, key=lambda one: (one.question.state == "answered", -one.votes))
    return Questions(in_order, more)


def questions_to_hosts(event: Event, host: Person) -> Questions:
    """All of them: those that wait first."""
    done = or_(FloorQuestion.hidden_at.is_not(None), _is_answered)
    all_of_it = _asked(event, asker_to_hosts(host), false(), false())
    return _first(all_of_it.order_by(_waits.desc(), done, *_most_wanted))


def questions_on_wall(floor: Floor, at: datetime) -> tuple[Talk | None, Questions]:
    """Those that are not answered: about the talk that hosts chose, or the one that is on by the
    programme and the event as a whole; all of them while none is on.
    """
    talk = floor.talk or talk_on(floor.event, at)
    seen = _asked(floor.event, asker_on_wall(floor.event), false(), false())
    seen = seen.where(_is_shown, not_(_is_answered))
    if talk:
        of_talk = FloorQuestion.talk_id == talk.id
        seen = seen.where(of_talk if floor.talk else or_(of_talk, FloorQuestion.talk_id.is_(None)))
    return talk, _first(seen.order_by(*_most_wanted), most=ON_WALL_MOST)


def _asked(event: Event, name: Any, is_own: Any, is_voted: Any) -> Select[Any]:
    return (
        select(FloorQuestion, _votes, name, is_own, is_voted)
        .select_from(FloorQuestion)
        .outerjoin(Rsvp, Rsvp.id == FloorQuestion.rsvp_id)
        .where(FloorQuestion.event_id == event.id)
    )


def _first(asked: Select[Any], most: int = SHOWN_MOST) -> Questions:
    rows = db.session.execute(asked.limit(most), execution_options={"populate_existing": True})
    shown = [ShownQuestion(row[0], row[1], row[2], bool(row[3]), bool(row[4])) for row in rows]
    if len(shown) < most:
        return Questions(shown, 0)
    ids = asked.with_only_columns(FloorQuestion.id).order_by(None).subquery()
    counted = db.session.scalar(select(func.count()).select_from(ids)) or 0
    return Questions(shown, counted - len(shown))


def question_at(event: Event, question_id: int) -> FloorQuestion:
    """A question of this event, in any state. Raises NotFound."""
    of_event = FloorQuestion.id == question_id, FloorQuestion.event_id == event.id
    return found(select(FloorQuestion).where(*of_event))


def has_asked(rsvp: Rsvp) -> bool:
    """Whether there is a question which this guest may withdraw."""
    own = exists().where(FloorQuestion.rsvp_id == rsvp.id)
    return bool(db.session.scalar(select(own)))


def count_waiting(event: Event) -> int:
    """How many wait for a host to look at them."""
    counted = select(func.count()).where(FloorQuestion.event_id == event.id, _waits)
    return db.session.scalar(counted) or 0


def questions_told(rsvp_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What these guests asked, as long as it's known, and the questions they voted for; those with
    their words as far as they see them.
    """
    told: dict[int, dict[str, Any]] = defaultdict(lambda: {"asked": [], "voted_for": []})
    asked = select(FloorQuestion).where(FloorQuestion.rsvp_id.in_(rsvp_ids))
    asked = asked.options(joinedload(FloorQuestion.talk))
    for one in db.session.scalars(asked.order_by(FloorQuestion.id)):
        times = {name: at.isoformat() if (at := getattr(one, name)) else None for name in TIMES}
        row = {"words": one.words, "talk": one.talk and one.talk.title, **times}
        told[one.rsvp_id or 0]["asked"].append({**row, "is_anonymous": one.is_anonymous})
    voted = (
        select(FloorVote.rsvp_id, words_to_voter())
        .join(FloorQuestion, FloorQuestion.id == FloorVote.question_id)
        .join(Rsvp, Rsvp.id == FloorVote.rsvp_id)
        .where(FloorVote.rsvp_id.in_(rsvp_ids))
        .order_by(FloorQuestion.id)
    )
    for rsvp_id, words in db.session.execute(voted):
        told[rsvp_id]["voted_for"].append(words)
    return told
