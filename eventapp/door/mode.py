"""What a scan does on this phone: let in at once, ask first, or note who leaves."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, redirect, request, url_for

from eventapp.account.gate import set_cookie
from eventapp.door.access import at_door
from eventapp.door.blueprint import bp
from eventapp.door.forms import MODES

MODE_COOKIE = "door_mode"


@bp.post("/e/<slug>/door/mode")
def choose_mode(slug: str) -> Response:
    at_door(slug)
    response: Response = redirect(url_for("door.door", slug=slug), 303)  # type: ignore[assignment]
    if (chosen := request.form.get("mode")) in MODES:
        set_cookie(response, MODE_COOKIE, chosen, valid=timedelta(days=1))
    return response
