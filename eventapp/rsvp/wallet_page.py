"""/r/<key>/pass.pkpass: the pass for a phone's wallet, where the community has a certificate."""

from __future__ import annotations

from flask import Response

from eventapp.core import clock
from eventapp.core.errors import NotFound
from eventapp.rsvp import queries
from eventapp.rsvp.views import bp
from eventapp.rsvp.wallet import signer_of, wallet_pass


@bp.get("/r/<key>/pass.pkpass")
def wallet(key: str) -> Response:
    rsvp, now = queries.rsvp_by_key(key), clock.now()
    signer = signer_of(rsvp.event.community, now)
    if signer is None or not rsvp.opens_the_door(now):
        raise NotFound
    response = Response(wallet_pass(rsvp, signer), mimetype="application/vnd.apple.pkpass")
    response.headers.set("Content-Disposition", "attachment", filename=f"{rsvp.event.slug}.pkpass")
    return response
