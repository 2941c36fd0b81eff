"""The day after an event, nothing says any more who took part in its rounds, or sat where."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from eventapp.core.due import deletion
from eventapp.model import Event, Round, Rounds, RoundSeat, RoundsTick

KEPT = timedelta(days=1)


def _over(at: datetime) -> Select[int]:
    """Rounds of events that ended a day ago."""
    ended = Event.ends_at < at - KEPT
    return select(Rounds.id).join(Event, Event.id == Rounds.event_id).where(ended)


def _rounds_over(at: datetime) -> Select[int]:
    return select(Round.id).where(Round.rounds_id.in_(_over(at)))


forget_seats = deletion(RoundSeat.round_id, lambda at: RoundSeat.round_id.in_(_rounds_over(at)))
forget_ticks = deletion(RoundsTick.rsvp_id, lambda at: RoundsTick.rounds_id.in_(_over(at)))
