"""Who sits where: as a guest sees their own table, and as the page for a wall shows all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from eventapp.attendees.queries import Interests, is_named_on_the_wall, sits_with
from eventapp.attendees.queries.topics import Reason
from eventapp.core.db import db
from eventapp.model import LINES, Event, Round, RoundSeat, RoundsTick, Rsvp


@dataclass(frozen=True)
class Mate:
    """Somebody else at a guest's table, and why to talk to them, if there is a reason."""

    them: Rsvp
    reason: Reason | None

    @property
    def line(self) -> tuple[str, str] | None:
        """Without a reason, the first line that they wrote: which it is, and its words."""
        written = ((line.key, getattr(self.them, line.key)) for line in LINES)
        return None if self.reason else next((one for one in written if one[1]), None)


@dataclass(frozen=True)
class Seat:
    table: int
    mates: Sequence[Mate]


@dataclass(frozen=True)
class WallTable:
    number: int
    names: Sequence[str]


def seat_of(rsvp: Rsvp, round_: Round) -> Seat | None:
    """Where this guest sits in a round, with those at the table who still take part."""
    seat = db.session.get(RoundSeat, (round_.id, rsvp.id))
    if seat is None:
        return None
    others = db.session.scalars(
        select(Rsvp).where(sits_with(rsvp, round_.id)).order_by(Rsvp.name_key, Rsvp.id)
    )
    synonyms = rsvp.event.community.synonyms
    own = Interests.of(rsvp, synonyms)
    mates = [Mate(them, own.reason_to_meet(Interests.of(them, synonyms))) for them in others]
    return Seat(seat.table_number, mates)


def wall_tables(event: Event, round_: Round) -> list[WallTable]:
    """All tables of a round, until it ends. Whoever isn't named changes nothing: hosts see the
    wall, too, and by a number there they'd see who of them ticked, and who no longer takes part.
    """
    named = db.session.execute(
        select(RoundSeat.table_number, Rsvp.name)
        .join(Rsvp, Rsvp.id == RoundSeat.rsvp_id)
        .where(RoundSeat.round_id == round_.id, is_named_on_the_wall(event))
        .order_by(RoundSeat.table_number, Rsvp.name_key, Rsvp.id)
    )
    names: Mapping[int, list[str]] = defaultdict(list)
    for number, name in named:
        names[number].append(name)
    return [WallTable(number, names[number]) for number in range(1, round_.tables + 1)]


def rounds_told(rsvp_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Since when these guests take part, and at which tables they sat, as long as it's kept."""
    told: dict[int, dict[str, Any]] = defaultdict(lambda: {"takes_part_since": None, "tables": []})
    for tick in db.session.scalars(select(RoundsTick).where(RoundsTick.rsvp_id.in_(rsvp_ids))):
        told[tick.rsvp_id]["takes_part_since"] = tick.since.isoformat()
    seats = (
        select(RoundSeat.rsvp_id, Round.number, RoundSeat.table_number, Round.starts_at)
        .join(Round, Round.id == RoundSeat.round_id)
        .where(RoundSeat.rsvp_id.in_(rsvp_ids))
        .order_by(Round.id)
    )
    for rsvp_id, number, table, at in db.session.execute(seats):
        seat = {"round": number, "table": table, "at": at.isoformat()}
        told[rsvp_id]["tables"].append(seat)
    return told
