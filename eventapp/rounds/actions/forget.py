"""The day after an event, nothing says any more who took part in its rounds. Who sat where is kept
until guests can say no longer whom they met: so long they can block or report whom they sat with.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, select

from eventapp.core.due import deletion
from eventapp.met.actions.closed import form_closed
from eventapp.model import Event, Round, Rounds, RoundSeat, RoundsTick

KEPT = timedelta(days=1)


def _of_events(are_past: ColumnElement[bool]) -> Select[int]:
    return select(Rounds.id).join(Event, Event.id == Rounds.event_id).where(are_past)


def _seats_over(at: datetime) -> ColumnElement[bool]:
    past = Round.rounds_id.in_(_of_events(form_closed(at)))
    return RoundSeat.round_id.in_(select(Round.id).where(past))


def _ticks_over(at: datetime) -> ColumnElement[bool]:
    return RoundsTick.rounds_id.in_(_of_events(Event.ends_at < at - KEPT))


forget_seats = deletion(RoundSeat.round_id, _seats_over)
forget_ticks = deletion(RoundsTick.rsvp_id, _ticks_over)
