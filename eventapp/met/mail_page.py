"""/r/<key>/met/mail: end the mails about people one met, or get them again; in each of them."""

from __future__ import annotations

from flask import Response, render_template, request

from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.links import ONE_CLICK
from eventapp.core.security import csrf, limiter
from eventapp.met import actions
from eventapp.met.gate import rsvp_with
from eventapp.met.views import bp


@bp.get("/r/<key>/met/mail")
def mail_page(key: str) -> str:
    return render_template("met/mail_page.html", key=key, person=rsvp_with(key).person)


@bp.post("/r/<key>/met/mail")
@limiter.limit("120 per hour")
def switch_mail(key: str) -> Response | str:
    """End these mails, or begin them again. Idempotent. A mail program ends them by itself: it has
    no page with a form's token, and follows no redirect, so it is answered with the page.
    """
    by_mail_program = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
    if not by_mail_program:
        csrf.protect()
    person = rsvp_with(key).person
    assert person is not None  # noqa: S101  see `rsvp_with`
    with transaction():
        if request.form.get("wanted") and not by_mail_program:
            actions.resume_met_mail(person)
        else:
            actions.end_met_mail(person, at=clock.now())
    if by_mail_program:
        return render_template("met/mail_page.html", key=key, person=person)
    return htmx.show("met/mail_page.html", fragment="met/_mail_page.html", key=key, person=person)


csrf.exempt(switch_mail)  # it asks for the token itself
