"""/e/<event>/met/network: whom a guest met there, as a drawing and as a list."""

from __future__ import annotations

from functools import partial

from flask import Response, make_response, render_template, url_for

from eventapp.met.gate import address_of, anybody_asking, both
from eventapp.met.network_drawing import drawing_of
from eventapp.met.own_network import Acquaintance, Bond, own_network
from eventapp.met.queries import Attendee
from eventapp.met.views import bp


@both(bp, "GET", "/met/network")
def network(**place: str) -> Response:
    """What was said stays: also once it is too late to say more, and after losing one's place."""
    guest = anybody_asking(**place)
    own = own_network(guest)
    page = render_template(
        "met/network.html",
        guest=guest,
        event=guest.event,
        address=partial(address_of, guest),
        contact=partial(_contact, guest),
        network=own,
        drawing=drawing_of(own),
        bonds=[*Bond],
    )
    return make_response(page)


def _contact(guest: Attendee, one: Acquaintance) -> str | None:
    """Where one of them is among the contacts, or, as a key opens none, on the form, which only
    who holds a place can open.
    """
    if guest.key is None:
        anchor = f"contact-{one.rsvp_id}" if one.rsvp_id else "known"
        where = {"q": one.name, "event": guest.event.slug, "_anchor": anchor}
        return url_for("contacts.contacts", **where)  # type: ignore[arg-type]
    if not guest.viewer.is_attendee:
        return None
    if one.rsvp_id is None:
        return address_of(guest, "met.met", _anchor="somebody")
    return address_of(guest, "met.met", who=one.rsvp_id, _anchor=f"guest-{one.rsvp_id}")
