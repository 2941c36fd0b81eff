"""The verbs of meeting: say it, say not now, take it back; and ask, the morning after."""

from eventapp.met.actions.morning_after import ask_who_they_met
from eventapp.met.actions.say import (
    MetClosed,
    MetNotOpen,
    decline,
    forget,
    forget_who_was_asked,
    hold_both,
    say_we_met,
)

__all__ = [
    "MetClosed",
    "MetNotOpen",
    "ask_who_they_met",
    "decline",
    "forget",
    "forget_who_was_asked",
    "hold_both",
    "say_we_met",
]
