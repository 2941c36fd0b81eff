"""/e/<event>/conduct/<guest>/block: block somebody, signed in; below /r/<key>/, the same from a
mail. /me lists whom one blocked.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, url_for

from eventapp.account import gate
from eventapp.attendees.queries import shown_to
from eventapp.conduct import actions, queries
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.met.gate import address_of, anybody_asking, both
from eventapp.met.queries import Attendee
from eventapp.model import Listing, Rsvp

bp = Blueprint("conduct", __name__, cli_group=None)


@both(bp, "POST", "/conduct/<int:rsvp_id>/block")
def block(rsvp_id: int, **place: str) -> Response:
    guest = anybody_asking(**place)
    them = queries.guest_of(guest, rsvp_id)
    with transaction():
        actions.block(guest.person, them, at=clock.now())
    return htmx.done(go_to=address_of(guest, "conduct.person", rsvp_id=rsvp_id))


@bp.post("/me/blocks/<int:block_id>/end")
def unblock(block_id: int) -> Response:
    """Answers alike whether there was one."""
    who = gate.require_person()
    with transaction():
        actions.unblock(who, block_id)
    return htmx.done(
        fragment="conduct/_blocks.html",
        go_to=url_for("me.me", _anchor="blocks"),
        blocks=queries.blocks_of(who),
    )


def person_context(guest: Attendee, them: Rsvp) -> dict[str, Any]:
    """What the page about somebody says of them."""
    there = queries.block_between(guest.person, them)
    is_public = shown_to(guest.rsvp) == Listing.EVERYONE and guest.rsvp.holds_a_seat
    return {
        "guest": guest,
        "event": guest.event,
        "address": partial(address_of, guest),
        "them": them,
        "name": there.name if there else them.name,
        "block": there,
        "is_public": is_public,
    }
