"""Whoever is asking, as a guest of the event: also who has cancelled, or was not let in."""

from __future__ import annotations

from eventapp.met.gate import anybody_at, anybody_with
from eventapp.met.queries import Attendee


def guest_asking(slug: str | None = None, key: str | None = None) -> Attendee:
    """The guest whose session asks about an event, or whose key does.

    Raises NotFound; SignInNeeded and NotAGuest by a session; NotConfirmed by a key.
    """
    return anybody_at(slug) if slug is not None else anybody_with(key or "")
