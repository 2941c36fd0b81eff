"""Hosts announce, start and stop rounds; guests take part and leave. None of it is told by mail."""

from eventapp.rounds.actions.announce import Settings, announce, end_rounds
from eventapp.rounds.actions.forget import forget_seats, forget_ticks
from eventapp.rounds.actions.go_on import start_rounds_due
from eventapp.rounds.actions.start import (
    NotNow,
    TooFew,
    plan_next,
    start_round,
    stop_round,
    wait_for_latecomers,
)
from eventapp.rounds.actions.take_part import NoRounds, stop_taking_part, take_part

__all__ = [
    "NoRounds",
    "NotNow",
    "Settings",
    "TooFew",
    "announce",
    "end_rounds",
    "forget_seats",
    "forget_ticks",
    "plan_next",
    "start_round",
    "start_rounds_due",
    "stop_round",
    "stop_taking_part",
    "take_part",
    "wait_for_latecomers",
]
