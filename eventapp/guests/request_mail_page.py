"""/requests/<token>: an organiser ends the mails about who asks to come, for themselves, or gets
them again; in each of them.
"""

from __future__ import annotations

from flask import Response, render_template, request

from eventapp.account import gate
from eventapp.communities.queries import organiser_for
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.links import ONE_CLICK
from eventapp.core.security import csrf, limiter
from eventapp.guests import request_mails
from eventapp.guests.page import bp
from eventapp.model import Event


@bp.get("/requests/<token>")
def request_mail_page(token: str) -> str:
    organiser = request_mails.organiser_told(token)
    return render_template("guests/request_mail_page.html", token=token, organiser=organiser)


@bp.post("/requests/<token>")
@limiter.limit("120 per hour")
def switch_request_mail(token: str) -> Response | str:
    """End these mails, or begin them again. Idempotent. A mail program ends them by itself: it has
    no page with a form's token, and follows no redirect, so it is answered with the page.
    """
    by_mail_program = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
    if not by_mail_program:
        csrf.protect()
    organiser = request_mails.organiser_told(token)
    with transaction():
        if request.form.get("wanted") and not by_mail_program:
            request_mails.resume_for_one(organiser)
        else:
            request_mails.end_for_one(organiser, at=clock.now())
    return htmx.show(
        "guests/request_mail_page.html",
        fragment="guests/_request_mail_page.html",
        token=token,
        organiser=organiser,
    )


csrf.exempt(switch_request_mail)  # it asks for the token itself


@bp.app_template_global()
def request_mail_ended(event: Event) -> str | None:
    """Where whoever is signed in gets these mails again, if they ended them for themselves."""
    organiser = organiser_for(gate.require_person(), event.community)
    return request_mails.page_of(organiser) if organiser.requests_ended_at else None
