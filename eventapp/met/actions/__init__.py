"""The actions on encounters: note one, decline, take back; and ask by mail the morning after."""

from eventapp.met.actions.morning_after import ask_who_they_met
from eventapp.met.actions.say import (
    MetCalledOff,
    MetClosed,
    MetNotOpen,
    decline,
    forget,
    forget_who_was_asked,
    lock_both,
    say_we_met,
)

__all__ = [
    "MetCalledOff",
    "MetClosed",
    "MetNotOpen",
    "ask_who_they_met",
    "decline",
    "forget",
    "forget_who_was_asked",
    "lock_both",
    "say_we_met",
]
