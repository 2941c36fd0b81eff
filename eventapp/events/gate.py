"""Organisers only: the events for which whoever is asking may speak."""

from __future__ import annotations

from eventapp.account import gate
from eventapp.core.errors import NotFound
from eventapp.events import queries
from eventapp.model import Event


def organised_event(slug: str) -> Event:
    """The event at this address, if the person asking organises its community.

    Raises SignInNeeded where nobody is signed in, NotFound for anybody else, and for a rehearsal:
    it is not to be published, changed or written to.
    """
    event = organised_door(slug)
    if event.is_rehearsal:
        raise NotFound
    return event


def organised_door(slug: str) -> Event:
    """The same, where a rehearsal has the page as well."""
    return queries.event_organised_by(gate.require_person(), slug)
