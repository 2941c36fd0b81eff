"""The events that whoever is asking organises."""

from __future__ import annotations

from eventapp.account import gate
from eventapp.communities.gate import organises
from eventapp.communities.queries import is_organiser
from eventapp.core.errors import NotFound
from eventapp.events import queries
from eventapp.model import Event


def event_shown(slug: str) -> Event:
    """The event at this address: if it is a draft, to those who organise it. Raises NotFound."""
    event, person = queries.event_at(slug), gate.person()
    if event.published_at:
        return event
    if event.is_rehearsal or person is None or not is_organiser(person, event.community_id):
        raise NotFound
    return event


def organises_event(event: Event) -> bool:
    """Whether whoever is asking organises its community. Asks nothing for guests."""
    person = gate.person()
    return person is not None and organises() and is_organiser(person, event.community_id)


def organised_event(slug: str) -> Event:
    """The event at this address, if the person asking organises its community.

    Raises SignInNeeded if nobody is signed in, and NotFound for anybody else, and for a rehearsal,
    which is not published, changed or mailed to.
    """
    event = organised_door(slug)
    if event.is_rehearsal:
        raise NotFound
    return event


def organised_door(slug: str) -> Event:
    """Like `organised_event`, for pages that rehearsals have as well."""
    return queries.event_organised_by(gate.require_person(), slug)
