"""Guests of an event only: whoever is asking, as the one looking back on whom they met."""

from __future__ import annotations

from werkzeug.exceptions import Forbidden

from eventapp.account import gate
from eventapp.attendees.queries import viewer_of
from eventapp.events.queries import published_event
from eventapp.met.queries import Guest
from eventapp.model import Event


class NotAGuest(Forbidden):
    """Whoever is asking has no place at this event, so nobody can have met them there."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event


def guest_at(slug: str) -> Guest:
    """The person asking, as a guest of the event. Raises SignInNeeded, NotFound, NotAGuest."""
    person, event = gate.require_person(), published_event(slug)
    viewer = viewer_of(event, person)
    if viewer.rsvp is None or not viewer.is_attendee:
        raise NotAGuest(event)
    return Guest(event, person, viewer.rsvp, viewer)
