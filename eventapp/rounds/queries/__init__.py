"""Reads: how the rounds of an event stand, who takes part, and who sits where."""

from eventapp.rounds.queries.people import (
    TakingPart,
    how_often_together,
    ids_to_seat,
    people_to_seat,
    rounded_down,
    taking_part,
)
from eventapp.rounds.queries.seats import Mate, Seat, WallTable, rounds_told, seat_of, wall_tables
from eventapp.rounds.queries.standing import (
    Phase,
    Standing,
    last_round,
    rounds_at,
    rounds_on_wall,
    standing_of,
    tick_of,
)

__all__ = [
    "Mate",
    "Phase",
    "Seat",
    "Standing",
    "TakingPart",
    "WallTable",
    "how_often_together",
    "ids_to_seat",
    "last_round",
    "people_to_seat",
    "rounded_down",
    "rounds_at",
    "rounds_on_wall",
    "rounds_told",
    "seat_of",
    "standing_of",
    "taking_part",
    "tick_of",
    "wall_tables",
]
