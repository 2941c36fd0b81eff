"""Whoever is asking, as a guest of the event: also who has cancelled, or was not let in."""

from __future__ import annotations

from flask import url_for

from eventapp.account import gate
from eventapp.attendees.queries import Viewer, viewer_of
from eventapp.events.queries import published_event
from eventapp.met.gate import NotAGuest, NotConfirmed, rsvp_with
from eventapp.met.queries import Attendee


def guest_asking(slug: str | None = None, key: str | None = None) -> Attendee:
    """The guest whose session asks about an event, or whose key does.

    Raises NotFound; SignInNeeded and NotAGuest by a session; NotConfirmed by a key.
    """
    return _guest_at(slug) if slug is not None else _guest_with(key or "")


def _guest_at(slug: str) -> Attendee:
    person, event = gate.require_person(), published_event(slug)
    viewer = viewer_of(event, person)
    if viewer.rsvp is None:
        raise NotAGuest(event)
    return Attendee(event, person, viewer.rsvp, viewer)


def _guest_with(key: str) -> Attendee:
    rsvp = rsvp_with(key)
    if not rsvp.is_confirmed:
        raise NotConfirmed(rsvp)
    assert rsvp.person is not None  # noqa: S101  see `rsvp_with`
    return Attendee(rsvp.event, rsvp.person, rsvp, Viewer(rsvp.person, rsvp), key)


def address_of(guest: Attendee, page: str, /, **values: int | str | None) -> str:
    """The address of a page of theirs, reached as they reached this one."""
    if guest.key is None:
        return url_for(f"conduct.{page}", slug=guest.event.slug, **values)  # type: ignore[arg-type]
    return url_for(f"conduct.{page}_by_key", key=guest.key, **values)  # type: ignore[arg-type]
