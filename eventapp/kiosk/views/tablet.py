"""The tablet at the entrance: scan a ticket, or say who one is; and how it is left."""

from __future__ import annotations

from flask import Response, flash, request, url_for

from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext
from eventapp.core.security import allow_camera, limiter
from eventapp.door.access import note_phone
from eventapp.door.log import DoorAction, ScanResult
from eventapp.door.scan import scan
from eventapp.kiosk import actions, queries
from eventapp.kiosk.actions import Claim
from eventapp.kiosk.forms import CodeForm, NameForm, PinForm
from eventapp.kiosk.gate import (
    AtKiosk,
    at_kiosk,
    forget_tablet,
    sources_of_pin,
    sources_of_tablet,
    tablet,
)
from eventapp.kiosk.views.blueprint import bp
from eventapp.kiosk.views.once import do_once

ANSWER_SECONDS = 8
PER_TABLET = "40 per minute"  # no queue is quicker, and whoever tries codes is slow


@bp.get("/e/<slug>/kiosk")
def kiosk(slug: str) -> Response:
    return _show(at_kiosk(slug))


@bp.post("/e/<slug>/kiosk/check-in")
@limiter.limit(PER_TABLET, key_func=tablet)
def check_in(slug: str) -> Response:
    at = at_kiosk(slug)
    form = CodeForm() if "code" in request.form else NameForm()
    code = form.code.data if isinstance(form, CodeForm) else form.scanned()
    if code and isinstance(form, NameForm):
        form = CodeForm(code=code)
    if not form.validate():
        return _show(at, form)

    def let_in(act: DoorAction) -> ScanResult:
        if isinstance(form, CodeForm):
            verdict = scan(at.event, form.code.data or "", act)
        else:
            claim = Claim(form.name.data, form.letters.data)
            verdict = actions.check_in_oneself(at.event, claim, act, sources_of_tablet(at))
        note_phone(at.phone)
        return verdict

    verdict = None
    with form.showing_refusals():
        verdict = do_once(at.event, let_in, lambda now: at.act(form.scan_id.data, now))
    if form.refusal:
        return _show(at, form)
    return _show(at, verdict=verdict, came_by="code" if isinstance(form, CodeForm) else "name")


def _show(
    at: AtKiosk,
    form: CodeForm | NameForm | None = None,
    *,
    verdict: ScanResult | None = None,
    came_by: str = "",
) -> Response:
    allow_camera()
    response = htmx.show(
        "kiosk/kiosk.html",
        fragment="kiosk/_kiosk.html",
        status=form.status if form else 200,
        event=at.event,
        now=clock.now(),
        verdict=verdict,
        came_by=came_by,
        seconds=ANSWER_SECONDS,
        code_form=form if isinstance(form, CodeForm) else CodeForm(formdata=None),
        name_form=form if isinstance(form, NameForm) else NameForm(formdata=None),
        pin_form=PinForm(formdata=None),
    )
    if verdict:  # without JavaScript it goes back to its start as well
        start = url_for("kiosk.kiosk", slug=at.event.slug)
        response.headers["Refresh"] = f"{ANSWER_SECONDS}; url={start}"
    return response


@bp.post("/e/<slug>/kiosk/leave")
@limiter.limit(PER_TABLET, key_func=tablet)
def leave(slug: str) -> Response:
    at, form = at_kiosk(slug), PinForm()
    if form.validate():
        with form.showing_refusals():
            with transaction():
                link = queries.link_with_id(at.phone.link_id)
                may_leave = actions.leave_kiosk(
                    link,
                    form.pin.data or "",
                    phone_secret=at.phone_secret,
                    at=clock.now(),
                    sources=sources_of_pin(at),
                )
            if may_leave:
                flash(gettext("This tablet is a kiosk no longer."))
                response = htmx.done(go_to=url_for("events.home"))
                return forget_tablet(response)
            form.say_wrong()
    return htmx.show(
        "kiosk/leave.html",
        fragment="kiosk/_leave.html",
        status=form.status,
        event=at.event,
        pin_form=form,
    )
