"""Who takes part, as the planner needs to know them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations, groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, select

from eventapp.attendees.queries import Interests, is_in, takes_part
from eventapp.core.db import db
from eventapp.door.guests import is_new
from eventapp.model import LINES, Round, Rounds, RoundSeat, RoundsTick, Rsvp
from eventapp.rounds.search import Pair, Seated

STEP = 5


def rounded_down(count: int) -> int:
    """As hosts see how many take part: a multiple of STEP, and 0 is fewer than that. By the exact
    count, beside a list of who comes in at the door, they'd see who ticked.
    """
    return count // STEP * STEP


class TakingPart(NamedTuple):
    """How many, each `rounded_down`."""

    ticked: int
    inside: int  # of these, and have not left


def taking_part(rounds: Rounds) -> TakingPart:
    counted = select(func.count(), func.count().filter(is_in())).where(_ticked(rounds))
    ticked, inside = db.session.execute(counted.select_from(Rsvp)).one()
    return TakingPart(rounded_down(ticked), rounded_down(inside))


def people_to_seat(rounds: Rounds) -> list[Seated]:
    """Who takes part and is in, with whether they are new here, and their topics."""
    event = rounds.event
    rows: Any = db.session.execute(
        select(
            Rsvp.id,
            *LINES,
            is_new(event.community_id, event.starts_at).label("is_new"),
        ).where(_to_seat(rounds))
    )
    return [
        Seated(row.id, bool(row.is_new), frozenset(said.offered), frozenset(said.asked))
        for row in rows
        for said in (Interests.of(row, event.community.synonyms),)
    ]


def ids_to_seat(rounds: Rounds) -> set[int]:
    return set(db.session.scalars(select(Rsvp.id).where(_to_seat(rounds))))


def how_often_together(rounds: Rounds) -> Mapping[Pair, int]:
    """How often two sat at one table in the rounds so far."""
    so_far = select(Round.id).where(Round.rounds_id == rounds.id)
    table = RoundSeat.round_id, RoundSeat.table_number
    seats_so_far = select(*table, RoundSeat.rsvp_id).where(RoundSeat.round_id.in_(so_far))
    rows = db.session.execute(seats_so_far.order_by(*table))
    together: Counter[Pair] = Counter()
    for _, seats in groupby(rows, key=lambda row: (row.round_id, row.table_number)):
        together.update(map(frozenset, combinations((seat.rsvp_id for seat in seats), 2)))
    return together


def _to_seat(rounds: Rounds) -> ColumnElement[bool]:
    return and_(_ticked(rounds), is_in())


def _ticked(rounds: Rounds) -> ColumnElement[bool]:
    ticks = select(RoundsTick.rsvp_id).where(RoundsTick.rounds_id == rounds.id)
    return and_(Rsvp.id.in_(ticks), takes_part())
