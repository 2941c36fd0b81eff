"""The poster on the wall: its code checks in whoever stands before it."""

from __future__ import annotations

from eventapp.core.db import lock
from eventapp.core.links import new_secret
from eventapp.model import Event


def put_up_poster(event: Event) -> None:
    """Give the event's poster a code. Those printed before are good for nothing, at once."""
    event.poster_secret = new_secret()


def take_down_poster(event: Event) -> bool:
    """Nobody checks themself in by a poster any longer. Returns whether there was one."""
    lock(event)
    had_one = event.poster_secret is not None
    event.poster_secret = None
    return had_one
