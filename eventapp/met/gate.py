"""Whoever is asking, as an attendee of the event: by their session, or by the key in their mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, url_for
from werkzeug.exceptions import Forbidden

from eventapp.account import gate
from eventapp.attendees.queries import Viewer, viewer_of
from eventapp.core import clock
from eventapp.core.errors import NotFound
from eventapp.core.i18n import gettext
from eventapp.events.queries import published_event
from eventapp.met.queries import Attendee, wearer_of
from eventapp.model import Event, Person, Rsvp
from eventapp.rsvp.gate import rsvps_kept_here, rsvps_that_send_scans
from eventapp.rsvp.queries import rsvp_by_key

View = Callable[..., Response]


class NotAGuest(Forbidden):
    """Whoever is asking holds no place at this event, so nobody can have met them there. `rsvp` is
    their own, where its key asks.
    """

    def __init__(self, event: Event, rsvp: Rsvp | None = None) -> None:
        super().__init__()
        self.event = event
        self.rsvp = rsvp


class NotConfirmed(Exception):
    """The key asks for an RSVP whose address nobody has proven: a POST has to, first."""

    def __init__(self, rsvp: Rsvp) -> None:
        super().__init__()
        self.rsvp = rsvp


def attendee_asking(slug: str | None = None, key: str | None = None) -> Attendee:
    """The attendee whose session asks about an event, or whose key does.

    Raises NotFound, NotAGuest; SignInNeeded without a session; NotConfirmed by a key.
    """
    return guest_at(slug) if slug is not None else guest_with(key or "")


def anybody_asking(slug: str | None = None, key: str | None = None) -> Attendee:
    """The same of whoever answered, whatever they said: also who has cancelled, or was not let in.
    Raises likewise.
    """
    return anybody_at(slug) if slug is not None else anybody_with(key or "")


def guest_at(slug: str) -> Attendee:
    """The person asking, as a guest of the event. Raises SignInNeeded, NotFound, NotAGuest."""
    guest = anybody_at(slug)
    if not guest.viewer.is_attendee:
        raise NotAGuest(guest.event)
    return guest


def anybody_at(slug: str) -> Attendee:
    """The same of whoever answered, whatever they said. Raises likewise."""
    person, event = gate.require_person(), published_event(slug)
    viewer = viewer_of(event, person)
    if viewer.rsvp is None:
        raise NotAGuest(event)
    return Attendee(event, person, viewer.rsvp, viewer)


def guest_with(key: str) -> Attendee:
    """The guest whose key asks. Raises NotFound, NotAGuest, NotConfirmed."""
    rsvp = rsvp_with(key)
    if not rsvp.holds_a_seat:
        raise NotAGuest(rsvp.event, rsvp)
    return anybody_with(key)


def anybody_with(key: str) -> Attendee:
    """The same of whoever answered, whatever they said: whoever brings the key has read a mail to
    their address. Raises NotFound, and NotConfirmed, since a GET proves no address.
    """
    rsvp = rsvp_with(key)
    if not rsvp.is_confirmed:
        raise NotConfirmed(rsvp)
    assert rsvp.person is not None  # noqa: S101  see `rsvp_with`
    return Attendee(rsvp.event, rsvp.person, rsvp, Viewer(rsvp.person, rsvp), key)


def rsvp_with(key: str) -> Rsvp:
    """The RSVP with this key, which was mailed to its guest. Raises NotFound."""
    rsvp = rsvp_by_key(key)
    if rsvp.person is None or rsvp.event.published_at is None:
        raise NotFound
    return rsvp


def both(
    bp: Blueprint, method: str, rule: str, *, signed_out: tuple[Any, Any] | None = None
) -> Callable[[View], View]:
    """Serve a view below /e/<event>, to whoever is signed in, and below /r/<key>, to whoever has
    the key of an RSVP. A page that people open signed out, by a code or a link that was passed on,
    says what it is: its title, and a sentence.
    """

    def serve(view: View) -> View:
        name = view.__name__
        bp.add_url_rule(f"/e/<slug>{rule}", name, view, methods=[method])
        bp.add_url_rule(f"/r/<key>{rule}", f"{name}_by_key", view, methods=[method])
        if signed_out:
            page = f"{bp.name}.{name}"
            gate.say_what_for(page, partial(_purpose, page, *signed_out))
        return view

    return serve


def _purpose(page: str, title: Any, words: Any, *, slug: str) -> gate.Purpose:
    """Whoever keeps their pass on this phone goes on by it. Raises NotFound."""
    event = published_event(slug)
    how = gettext("Open your ticket from its email and go on from there, or sign in.")
    without = [
        gate.Link(
            gettext("Go on as %(name)s", name=rsvp.name), url_for(f"{page}_by_key", key=rsvp.key)
        )
        for rsvp in rsvps_kept_here(clock.now())
        if rsvp.event_id == event.id
    ]
    part_of = gate.Link(event.title, url_for("rsvp.event", slug=slug))
    return gate.Purpose(str(title), f"{words} {how}", part_of, without)


def address_of(guest: Attendee, page: str, /, **values: int | str | None) -> str:
    """The address of such a page, `met.say` for example, reached as they reached this one."""
    if guest.key is None:
        return url_for(page, slug=guest.event.slug, **values)  # type: ignore[arg-type]
    return url_for(f"{page}_by_key", key=guest.key, **values)  # type: ignore[arg-type]


def guest_before(badge: str) -> tuple[Attendee, Rsvp] | None:
    """The person asking, if they may note now that they met this badge's wearer, and the wearer.
    Returns None for anybody else, and likewise for a badge that does not exist.
    """
    wearer = wearer_of(badge, at=clock.now())
    if wearer is None:
        return None
    passes = rsvps_kept_here(clock.now())
    guest = _signed_in_at(wearer.event) or _with_a_pass_of(wearer.event, passes)
    return (guest, wearer) if guest else None


def guest_sending(badge: str) -> tuple[Attendee, Rsvp] | None:
    """The same of whoever sends what their phone kept: also by a pass that is over."""
    wearer = wearer_of(badge, at=clock.now())
    if wearer is None:
        return None
    passes = rsvps_that_send_scans(clock.now())
    guest = _signed_in_at(wearer.event) or _with_a_pass_of(wearer.event, passes)
    return (guest, wearer) if guest else None


def people_here() -> list[Person]:
    """For whom this browser speaks of badges: whoever is signed in, or keeps a pass on it; the
    newest first.
    """
    if someone := gate.person():
        return [someone]
    kept = (rsvp.person for rsvp in rsvps_that_send_scans(clock.now()))
    return list(dict.fromkeys(person for person in kept if person))


def _signed_in_at(event: Event) -> Attendee | None:
    person = gate.person()
    if person is None:
        return None
    viewer = viewer_of(event, person)
    if viewer.rsvp is None or not viewer.is_attendee:
        return None
    return Attendee(event, person, viewer.rsvp, viewer)


def _with_a_pass_of(event: Event, passes: list[Rsvp]) -> Attendee | None:
    """As by the key that opened the pass: without cards."""
    for rsvp in passes:
        if rsvp.event_id == event.id and rsvp.person and rsvp.holds_a_seat:
            return Attendee(event, rsvp.person, rsvp, Viewer(rsvp.person, rsvp), rsvp.key)
    return None
