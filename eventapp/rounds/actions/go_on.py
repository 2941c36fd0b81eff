"""The worker starts the next round by itself, once the pause is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from eventapp.core.db import db, lock
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.errors import Refusal
from eventapp.model import Rounds
from eventapp.rounds.actions.start import Plan, plan_next, start_round
from eventapp.rounds.queries import standing_of


class _Starter:
    """Plans in `find`, which holds no lock meanwhile."""

    def __init__(self) -> None:
        self._plans: dict[int, Plan] = {}

    def find(self, at: datetime) -> Sequence[int]:
        due = db.session.scalars(select(Rounds).where(Rounds.next_at <= at).limit(AT_ONCE)).all()
        self._plans = {
            rounds.id: plan_next(rounds, standing_of(rounds, at).next_number) for rounds in due
        }
        return list(self._plans)

    def do(self, ids: Sequence[int], at: datetime) -> int:
        """Where a round can't begin, it waits for hosts."""
        due = db.session.scalars(select(Rounds).where(Rounds.id.in_(ids)).order_by(Rounds.id)).all()
        return sum(self._start(rounds, at) for rounds in due)

    def _start(self, rounds: Rounds, at: datetime) -> bool:
        lock(rounds)
        if rounds.next_at is None or rounds.next_at > at:
            return False
        try:
            return start_round(rounds, self._plans[rounds.id], at=at)
        except Refusal:
            rounds.next_at = None
            return True


_starter = _Starter()
start_rounds_due = Due("rounds to start", _starter.find, _starter.do)
