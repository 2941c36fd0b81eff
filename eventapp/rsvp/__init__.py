"""A guest answers an event, with companions, and may change or cancel the answer later."""

from eventapp.rsvp import (
    calling_off,
    finish,
    kept,
    mailed,
    moved,
    own,
    own_calendar,
    personal_feed,
    questions,
    wallet_page,
)
from eventapp.rsvp.views import bp

__all__ = [
    "bp",
    "calling_off",
    "finish",
    "kept",
    "mailed",
    "moved",
    "own",
    "own_calendar",
    "personal_feed",
    "questions",
    "wallet_page",
]
