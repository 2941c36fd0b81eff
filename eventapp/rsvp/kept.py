"""/r/<key>/kept: a pass alone, as the phone of its guest keeps it to open it without network."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Response, make_response, render_template
from werkzeug.http import http_date

from eventapp.account import gate
from eventapp.core import clock
from eventapp.core.errors import NotFound
from eventapp.core.links import absolute
from eventapp.model import Rsvp
from eventapp.rsvp import queries
from eventapp.rsvp.views import bp

KEPT_AFTER = timedelta(days=1)  # the event


def is_to_be_kept(rsvp: Rsvp, at: datetime) -> bool:
    """Whether this browser keeps this pass: its guest confirmed the address, was the last to sign
    in here, and has not signed out.
    """
    is_theirs = rsvp.is_confirmed and rsvp.person is not None and gate.knows(rsvp.person)
    return is_theirs and rsvp.opens_the_door(at) and at < rsvp.event.ends_at + KEPT_AFTER


def say_until(response: Response, rsvp: Rsvp) -> Response:
    """Tell the service worker that it may keep the pass, and until when."""
    response.headers["Kept-Until"] = http_date(rsvp.event.ends_at + KEPT_AFTER)
    return response


@bp.get("/r/<key>/kept")
def kept(key: str) -> Response:
    """Only to a browser that keeps it. No form, and so no token, is on it."""
    rsvp, now = queries.rsvp_by_key(key), clock.now()
    if not is_to_be_kept(rsvp, now):
        raise NotFound
    response = make_response(
        render_template(
            "rsvp/kept.html",
            rsvp=rsvp,
            event=rsvp.event,
            now=now,
            ticket_url=absolute("door.ticket", ticket=rsvp.ticket),
        )
    )
    return say_until(response, rsvp)
