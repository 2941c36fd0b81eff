"""Organisers only: the events for which whoever is asking may speak."""

from __future__ import annotations

from eventapp.account import gate
from eventapp.events import queries
from eventapp.model import Event


def organised_event(slug: str) -> Event:
    """The event at this address, if the person asking organises its community.

    Raises SignInNeeded where nobody is signed in, NotFound for anybody else.
    """
    return queries.event_organised_by(gate.require_person(), slug)
