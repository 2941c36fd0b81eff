"""A guest takes part in rounds, or doesn't any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from eventapp.core.database_errors import Vanished
from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.insert import insert_once
from eventapp.model import Rounds, RoundsTick, Rsvp
from eventapp.rounds.queries import Phase, rounds_at, standing_of


class NoRounds(Refusal):
    code = "no_rounds"
    message = _l("There are no rounds to take part in any more.")


def take_part(rsvp: Rsvp, *, at: datetime) -> Rounds:
    """Note that this guest takes part, from the next round on. Idempotent. Raises NoRounds."""
    rounds = rounds_at(rsvp.event)
    if rounds is None or _is_gone(rounds) or standing_of(rounds, at).phase == Phase.OVER:
        raise NoRounds
    insert_once(RoundsTick, {"rsvp_id": rsvp.id, "rounds_id": rounds.id, "since": at})
    return rounds


def _is_gone(rounds: Rounds) -> bool:
    """Whether hosts switched rounds off at this moment. Otherwise they wait with that."""
    try:
        lock(rounds)
    except Vanished:
        return True
    return False


def stop_taking_part(rsvp: Rsvp) -> None:
    """From now on nobody is shown this guest, at their table neither. Idempotent."""
    db.session.execute(delete(RoundsTick).where(RoundsTick.rsvp_id == rsvp.id))
