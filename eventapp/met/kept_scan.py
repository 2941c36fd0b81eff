"""A badge that is scanned without network: the phone keeps that they met, and sends it later.

The service worker (static/sw.js) shows /met/kept in place of the badge's page. It keeps what is
said there, on the phones of who is signed in and of who keeps a pass, and sends it once.
"""

from __future__ import annotations

from flask import Response, jsonify, make_response, render_template, request

from eventapp.account import gate
from eventapp.core import clock, json_api
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.links import digest, is_secret
from eventapp.core.polling import phone
from eventapp.core.security import limiter
from eventapp.core.sent_forms import is_sent_first
from eventapp.met import actions, queries
from eventapp.met.gate import guest_sending, people_here
from eventapp.met.views import bp
from eventapp.model import Person

PER_PHONE, PER_NETWORK = "120 per minute", "6000 per minute"  # all of a venue may share a network


@bp.get("/met/kept")
def kept_scan() -> Response:
    """The page that the phone keeps, before and (`?said=1`) after it was said. It names nobody."""
    viewers = _viewers()
    if not viewers:
        raise NotFound
    words = render_template("met/kept_scan.html", viewers=viewers, is_said="said" in request.args)
    return make_response(words)


@bp.post("/m/<badge>/kept")
@limiter.limit(PER_NETWORK)
@limiter.limit(PER_PHONE, key_func=lambda: phone(*map(gate.cookie_name, ("sid", gate.KEPT))))
def say_kept(badge: str) -> Response:
    """Say what a phone kept: that its guest met whoever wears this badge. Sent again, it changes
    nothing, though it was taken back meanwhile; nor if somebody else is at the phone by now.
    """
    found, form_id = guest_sending(badge), request.form.get("form_id", "")
    if found is None:
        return json_api.refuse("not_there", status=404)
    guest, wearer = found
    if request.form.get("viewer") not in _viewers() or not is_secret(form_id):
        return json_api.refuse("viewer_or_form_id", status=422)
    meeting = queries.meeting_if_seen(guest, wearer.id)
    if meeting is None or guest.viewer.is_own(wearer):
        return json_api.refuse("not_shown", status=409)
    at = clock.now()
    with transaction():
        if is_sent_first(form_id, badge, at=at):
            actions.say_we_met(guest, meeting.them, at=at, note={})
    return jsonify(outcome="said")


def _viewers() -> list[str]:
    """Those for whom this phone speaks now, whoever does first."""
    return [_viewer(person) for person in people_here()]


def _viewer(person: Person) -> str:
    """Tells the people apart for whom one phone speaks, at once or one after the other."""
    return digest(f"kept scan {person.id} {person.created_at.isoformat()}")[:16]
