"""Hosts start, stop and hold up rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert

from eventapp.attendees.queries import pairs_apart
from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Round, Rounds, RoundSeat
from eventapp.model.limits import ROUNDS_MOST
from eventapp.rounds.plan import plan_rounds, seat_those_left
from eventapp.rounds.queries import (
    how_often_together,
    ids_to_seat,
    last_round,
    people_to_seat,
    standing_of,
)
from eventapp.rounds.swaps import Table

AHEAD_MOST = 4  # rounds that are planned together


class TooFew(Refusal):
    code = "too_few"
    message = _l(
        "Fewer than two people who take part are checked in and may share a table, so no round "
        "has begun."
    )


class NotNow(Refusal):
    code = "not_now"
    message = _l("Rounds can begin while the door of the event is open.")


class TooMany(Refusal):
    code = "too_many"
    message = _l("These were %(most)s rounds, and an event has no more.")


@dataclass(frozen=True)
class Plan:
    """Who would sit with whom in a round."""

    number: int
    tables: Sequence[Table]


def plan_next(rounds: Rounds, number: int) -> Plan:
    """Changes nothing. For 600 people it takes up to a second: no transaction should wait."""
    ahead = min(AHEAD_MOST, max(1, rounds.count - number + 1))
    planned = plan_rounds(
        people_to_seat(rounds),
        size=rounds.table_size,
        rounds=ahead,
        together=how_often_together(rounds),
        apart=pairs_apart(rounds.event),
    )
    return Plan(number, planned[0])


def start_round(rounds: Rounds, plan: Plan, *, at: datetime) -> bool:
    """Start the planned round, and end the one that runs. Returns False where it has begun already:
    of two who start it at once, one does. Whoever left meanwhile, or blocked somebody, is parted
    from the table. Raises TooFew, TooMany, NotNow.
    """
    lock(rounds)
    standing = standing_of(rounds, at)
    if standing.next_number != plan.number:
        return False
    if not standing.may_start:
        raise NotNow
    if plan.number > ROUNDS_MOST:
        raise TooMany(most=ROUNDS_MOST)
    tables = seat_those_left(plan.tables, ids_to_seat(rounds), pairs_apart(rounds.event))
    if not tables:
        raise TooFew
    if standing.last and at < standing.last.ends_at:
        standing.last.ends_at = max(at, standing.last.starts_at)
    ends_at = at + timedelta(minutes=rounds.minutes)
    _seat(rounds, Round(number=plan.number, starts_at=at, ends_at=ends_at), tables)
    rounds.count = max(rounds.count, plan.number)
    has_next = plan.number < rounds.count
    rounds.next_at = ends_at + timedelta(minutes=rounds.pause_minutes) if has_next else None
    return True


def _seat(rounds: Rounds, begun: Round, tables: Sequence[Table]) -> None:
    begun.rounds_id = rounds.id
    begun.people, begun.tables = sum(map(len, tables)), len(tables)
    db.session.add(begun)
    db.session.flush()
    rows = [
        {"round_id": begun.id, "rsvp_id": one, "table_number": number}
        for number, table in enumerate(tables, 1)
        for one in table
    ]
    db.session.execute(insert(RoundSeat), rows)


def stop_round(rounds: Rounds, number: int, *, at: datetime) -> bool:
    """End this round now. The next one waits for hosts. Returns whether it ran."""
    lock(rounds)
    last = last_round(rounds)
    if last is None or last.number != number or at >= last.ends_at:
        return False
    last.ends_at = max(at, last.starts_at)
    rounds.next_at = None
    return True


def wait_for_latecomers(rounds: Rounds) -> bool:
    """Start no round until hosts say so. Returns whether one would have started by itself."""
    lock(rounds)
    was_to_start = rounds.next_at is not None
    rounds.next_at = None
    return was_to_start
