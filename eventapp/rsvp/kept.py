"""/r/<key>/kept: a pass alone, as the phone of its guest keeps it to open it without network.

A phone on which its guest is signed in keeps it by itself, unless they said no. Any other keeps it
once its guest says so, on that phone: a signed cookie holds what was said of which passes, by the
digests of their keys. A phone that keeps a pass is its guest's own, and speaks for them where the
code of a badge is scanned.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Response, make_response, render_template, request, url_for
from werkzeug.http import http_date

from eventapp.account import gate
from eventapp.core import clock, htmx
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.core.links import absolute, digest, sign_values, signed_values
from eventapp.model import Rsvp
from eventapp.rsvp import queries
from eventapp.rsvp.views import bp

KEPT_AFTER = timedelta(days=1)  # the event
REMEMBERED = timedelta(days=365)  # what was said of a pass
PASSES_MOST = 10  # the newest: a cookie is sent with every request


def may_be_kept(rsvp: Rsvp, at: datetime) -> bool:
    """Whether its guest may keep this pass on this phone: the address is confirmed, and nobody else
    was the last to sign in here.
    """
    is_of_use = rsvp.opens_the_door(at) and at < rsvp.event.ends_at + KEPT_AFTER
    return is_of_use and _may_be_its_guests_phone(rsvp)


def _may_be_its_guests_phone(rsvp: Rsvp) -> bool:
    if rsvp.person is None or not rsvp.is_confirmed:
        return False
    return gate.session_secret() is None or gate.knows(rsvp.person)


def is_to_be_kept(rsvp: Rsvp, at: datetime) -> bool:
    """Whether this phone keeps this pass. Not after signing out, unless its guest says so anew."""
    if not may_be_kept(rsvp, at):
        return False
    said = {name: keeps for name, keeps, _ in _said_here()}.get(_name(rsvp))
    return gate.session_secret() is not None if said is None else said


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


@bp.post("/r/<key>/keep")
def keep(key: str) -> Response:
    """Keep the pass on this phone. The page that follows does."""
    return _say(queries.rsvp_by_key(key), keeps=True)


@bp.post("/r/<key>/keep/end")
def end_keeping(key: str) -> Response:
    """Keep it here no longer: the service worker forgets it as soon as this is answered."""
    return _say(queries.rsvp_by_key(key), keeps=False)


def _say(rsvp: Rsvp, *, keeps: bool) -> Response:
    others = [one for one in _said_here() if one[0] != _name(rsvp)]
    said = [*others[1 - PASSES_MOST :], (_name(rsvp), keeps, rsvp.id)]
    response = htmx.done(go_to=url_for("rsvp.own", key=rsvp.key))
    gate.set_cookie(response, gate.KEPT, sign_values(gate.KEPT, said), valid=REMEMBERED)
    return response


def rsvps_kept_here(at: datetime) -> list[Rsvp]:
    """Those whose guests said on this phone that it keeps their pass, the newest first."""
    return [rsvp for rsvp in _rsvps_said_to_be_kept() if may_be_kept(rsvp, at)]


def rsvps_that_send_scans(at: datetime) -> list[Rsvp]:
    """Likewise, also when the pass is over: what a phone kept without network may still be sent, as
    long as their guests may say whom they met.
    """
    said = [rsvp for rsvp in _rsvps_said_to_be_kept() if _may_be_its_guests_phone(rsvp)]
    return [rsvp for rsvp in said if may_be_kept(rsvp, at) or rsvp.may_say_whom_they_met(at)]


def _rsvps_said_to_be_kept() -> list[Rsvp]:
    names = {row_id: name for name, keeps, row_id in reversed(_said_here()) if keeps and row_id}
    found = (db.session.get(Rsvp, row_id) for row_id in names)
    return [rsvp for rsvp in found if rsvp and _name(rsvp) == names[rsvp.id]]


def _said_here() -> list[tuple[str, bool, int | None]]:
    """What was said on this phone: the name of a pass, whether it is kept, and its RSVP, which
    older cookies lack.
    """
    token = request.cookies.get(gate.cookie_name(gate.KEPT), "")
    said = signed_values(gate.KEPT, token, valid=REMEMBERED) or ()
    return [(one[0], one[1], one[2] if len(one) > 2 else None) for one in said]


def _name(rsvp: Rsvp) -> str:
    return digest(rsvp.key)[:16]
