"""Hosts switch rounds on for an event, change them, and switch them off."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.model import Event, Rounds
from eventapp.rounds.queries import last_round, rounds_at


class EventOver(Refusal):
    code = "event_over"
    message = _l("This event is over or called off, so it can't have rounds.")


@dataclass(frozen=True)
class Settings:
    minutes: int
    table_size: int
    count: int
    pause_minutes: int


def announce(event: Event, settings: Settings, *, at: datetime) -> bool:
    """Switch rounds on, or change those to come. Returns whether that changed anything. Raises
    EventOver.
    """
    lock(event)
    if event.called_off_at or at >= event.door_closes_at:
        raise EventOver
    rounds = rounds_at(event)
    if rounds is None:
        db.session.add(Rounds(event_id=event.id, announced_at=at, **asdict(settings)))
        return True
    lock(rounds)
    before = Settings(*(getattr(rounds, name) for name in asdict(settings)))
    if before == settings and rounds.ended_at is None:
        return False
    for name, value in asdict(settings).items():
        setattr(rounds, name, value)
    if rounds.ended_at:
        rounds.ended_at, rounds.wall = None, new_secret()  # an address of before shows nothing new
    last = last_round(rounds)
    if last and last.number >= rounds.count:
        rounds.next_at = None
    return True


def end_rounds(rounds: Rounds, *, at: datetime) -> bool:
    """Switch rounds off: at once, and for good unless they're announced again. Without any round
    so far, as if they had never been announced. Returns whether they were on.
    """
    lock(rounds)
    if rounds.ended_at:
        return False
    last = last_round(rounds)
    if last is None:
        db.session.delete(rounds)
        return True
    last.ends_at = min(last.ends_at, max(at, last.starts_at))
    rounds.ended_at, rounds.next_at = at, None
    return True
