"""What the key in a mail may do beside the form: prove the address, and lead to the contacts."""

from __future__ import annotations

from flask import Response, request, url_for

from eventapp.account import actions as account
from eventapp.account import gate
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.links import ours_or
from eventapp.core.security import limiter
from eventapp.met.gate import rsvp_with
from eventapp.met.views import bp
from eventapp.rsvp.actions import confirm, lock_own_rsvp


@bp.post("/r/<key>/met/confirm")
def confirm_by_key(key: str) -> Response:
    """Prove the mailbox by one tap, and choose who may see the guest."""
    rsvp = rsvp_with(key)
    with transaction():
        lock_own_rsvp(rsvp, key)
        confirm(rsvp, at=clock.now(), listing=request.form.get("listing"))
    form = url_for("met.met_by_key", key=key)
    return htmx.done(go_to=ours_or(request.form.get("next"), form))


@bp.post("/r/<key>/met/contacts")
@limiter.limit("120 per hour")
def contacts_by_key(key: str) -> Response:
    """Lead to the contacts, which the key alone does not show: at once where this browser has been
    signed in as this person, else by a mailed link.
    """
    person = rsvp_with(key).person
    assert person is not None  # noqa: S101  see `rsvp_with`
    go_to = url_for("contacts.contacts")
    if gate.person() == person:
        return htmx.go(go_to)
    with transaction():
        if gate.knows(person):
            secret = gate.start_session(person)
            return gate.sign_in(htmx.go(go_to), secret)
        code = account.mail_sign_in(person.email, by=gate.visitor(), at=clock.now(), go_to=go_to)
    return gate.remember_browser(htmx.go(url_for("account.mailed", page=code.page)))
