"""/finish/<token>: a walk-in scans a QR code, and completes their RSVP on their own phone."""

from __future__ import annotations

from flask import Response, url_for

from eventapp.account import gate
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.links import new_secret
from eventapp.core.security import limiter
from eventapp.model import Rsvp
from eventapp.rsvp import actions, queries
from eventapp.rsvp.forms import AnswerForm
from eventapp.rsvp.views import bp


@bp.get("/finish/<token>")
def finish(token: str) -> Response:
    rsvp = queries.rsvp_to_finish(token)
    form = AnswerForm(formdata=None, form_id=new_secret())
    if rsvp.person_id is None:
        form.name.data = rsvp.name
    return _show(rsvp, token, form)


@bp.post("/finish/<token>")
@limiter.limit("300 per hour")
def send_finished(token: str) -> Response:
    rsvp, form = queries.rsvp_to_finish(token), AnswerForm()
    if form.validate():
        with form.showing_refusals():
            with transaction():
                code = actions.finish(
                    rsvp,
                    form.typed(form.email.data),
                    at=clock.now(),
                    by=gate.visitor(),
                    form_id=form.form_id.data,
                )
            go_to = url_for("rsvp.mailed", slug=rsvp.event.slug, page=code.page)
            return gate.remember_browser(htmx.done(go_to=go_to))
    return _show(rsvp, token, form)


def _show(rsvp: Rsvp, token: str, form: AnswerForm) -> Response:
    return htmx.show(
        "rsvp/finish.html",
        fragment="rsvp/_finish.html",
        status=form.status,
        rsvp=rsvp,
        event=rsvp.event,
        token=token,
        form=form,
    )
