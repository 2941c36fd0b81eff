"""Whoever is asking, as an attendee of the event."""

from __future__ import annotations

from werkzeug.exceptions import Forbidden

from eventapp.account import gate
from eventapp.attendees.queries import viewer_of
from eventapp.core import clock
from eventapp.events.queries import published_event
from eventapp.met.queries import Attendee
from eventapp.model import Event, Rsvp
from eventapp.rsvp.queries import rsvp_by_badge


class NotAGuest(Forbidden):
    """Whoever is asking is no guest of this event, so nobody can have met them there."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event


def guest_at(slug: str) -> Attendee:
    """The person asking, as a guest of the event. Raises SignInNeeded, NotFound, NotAGuest."""
    person, event = gate.require_person(), published_event(slug)
    viewer = viewer_of(event, person)
    if viewer.rsvp is None or not viewer.is_attendee:
        raise NotAGuest(event)
    return Attendee(event, person, viewer.rsvp, viewer)


def guest_before(badge: str) -> tuple[Attendee, Rsvp] | None:
    """The person asking, if they may note now that they met this badge's wearer, and the wearer.
    Returns None for anybody else, and likewise for a badge that does not exist.
    """
    wearer, person = rsvp_by_badge(badge), gate.person()
    if wearer is None or person is None or not wearer.holds_a_seat:
        return None
    event = wearer.event
    viewer = viewer_of(event, person)
    is_open = event.published_at is not None and event.takes_encounters(clock.now())
    if not is_open or viewer.rsvp is None or not viewer.is_attendee:
        return None
    return Attendee(event, person, viewer.rsvp, viewer), wearer
