"""/e/<event>/kiosk: the tablet at which guests scan their ticket or say who they are."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from eventapp.core import clock, htmx
from eventapp.core.security import allow_camera, limiter
from eventapp.door.access import note_phone
from eventapp.door.log import DoorAction, ScanResult
from eventapp.door.scan import scan
from eventapp.kiosk.access import Tablet, at_kiosk, limits_of_tablet, tablet_key
from eventapp.kiosk.forms import CodeForm, NameForm, PinForm
from eventapp.kiosk.self_check_in import Claim, run_once, self_check_in

ANSWER_SECONDS = 8
PER_TABLET = "40 per minute"  # guests are slower, and somebody who tries codes is slowed down

bp = Blueprint("kiosk", "eventapp.kiosk", static_folder="static", static_url_path="/static/kiosk")


@bp.get("/e/<slug>/kiosk")
def kiosk(slug: str) -> Response:
    return _show(at_kiosk(slug))


@bp.post("/e/<slug>/kiosk/check-in")
@limiter.limit(PER_TABLET, key_func=tablet_key)
def check_in(slug: str) -> Response:
    tablet = at_kiosk(slug)
    form = CodeForm() if "code" in request.form else NameForm()
    code = form.code.data if isinstance(form, CodeForm) else form.scanned()
    if code and isinstance(form, NameForm):
        form = CodeForm(code=code)
    if not form.validate():
        return _show(tablet, form)

    def let_in(action: DoorAction) -> ScanResult:
        if isinstance(form, CodeForm):
            result = scan(tablet.event, form.code.data or "", action)
        else:
            claim = Claim(form.name.data, form.letters.data)
            result = self_check_in(tablet.event, claim, action, limits_of_tablet(tablet))
        note_phone(tablet.opened_by)
        return result

    result = None
    with form.showing_refusals():
        result = run_once(tablet.event, let_in, lambda now: tablet.action(form.scan_id.data, now))
    if form.refusal:
        return _show(tablet, form)
    return _show(tablet, result=result, came_by="code" if isinstance(form, CodeForm) else "name")


def _show(
    tablet: Tablet,
    form: CodeForm | NameForm | None = None,
    *,
    result: ScanResult | None = None,
    came_by: str = "",
) -> Response:
    allow_camera()
    response = htmx.show(
        "kiosk/kiosk.html",
        fragment="kiosk/_kiosk.html",
        status=form.status if form else 200,
        event=tablet.event,
        now=clock.now(),
        result=result,
        came_by=came_by,
        seconds=ANSWER_SECONDS,
        code_form=form if isinstance(form, CodeForm) else CodeForm(formdata=None),
        name_form=form if isinstance(form, NameForm) else NameForm(formdata=None),
        pin_form=PinForm(formdata=None),
    )
    if result:  # goes back to the start without JavaScript, too
        start = url_for("kiosk.kiosk", slug=tablet.event.slug)
        response.headers["Refresh"] = f"{ANSWER_SECONDS}; url={start}"
    return response
