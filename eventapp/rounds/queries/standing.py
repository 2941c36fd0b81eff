"""How the rounds of an event stand now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, found
from eventapp.model import Event, Round, Rounds, RoundsTick, Rsvp


class Phase(StrEnum):
    ANNOUNCED = "announced"  # none has begun
    RUNNING = "running"
    PAUSE = "pause"  # between two
    OVER = "over"


@dataclass(frozen=True)
class Standing:
    rounds: Rounds
    last: Round | None  # the one that runs, or ran last
    at: datetime

    @property
    def phase(self) -> Phase:
        if self.rounds.ended_at or not self._may_go_on:
            return Phase.OVER
        if self.last is None:
            return Phase.ANNOUNCED
        if self.at < self.last.ends_at:
            return Phase.RUNNING
        return Phase.PAUSE if self.last.number < self.rounds.count else Phase.OVER

    @property
    def running(self) -> Round | None:
        return self.last if self.phase == Phase.RUNNING else None

    @property
    def next_number(self) -> int:
        return self.last.number + 1 if self.last else 1

    @property
    def may_start(self) -> bool:
        """Whether another round may begin now: from when the door opens until it closes."""
        return (
            self.rounds.ended_at is None
            and self.rounds.event.published_at is not None
            and self._may_go_on
            and self.rounds.event.door_is_open(self.at)
        )

    @property
    def _may_go_on(self) -> bool:
        event = self.rounds.event
        return event.called_off_at is None and self.at < event.door_closes_at


def rounds_at(event: Event) -> Rounds | None:
    """Those of an event. None for most events, and for a rehearsal."""
    at_event = select(Rounds).where(Rounds.event_id == event.id)
    return db.session.scalar(at_event.options(joinedload(Rounds.event)))


def rounds_on_wall(wall: str) -> Rounds:
    """Those whose page for a wall has this secret. Raises NotFound."""
    of_wall = select(Rounds).where(Rounds.wall == wall)
    return found(of_wall.options(joinedload(Rounds.event).joinedload(Event.community)))


def standing_of(rounds: Rounds, at: datetime) -> Standing:
    return Standing(rounds, last_round(rounds), at)


def last_round(rounds: Rounds) -> Round | None:
    of_event = select(Round).where(Round.rounds_id == rounds.id)
    return db.session.scalar(of_event.order_by(Round.number.desc()).limit(1))


def tick_of(rsvp: Rsvp) -> RoundsTick | None:
    """That this guest takes part."""
    return db.session.get(RoundsTick, rsvp.id)
