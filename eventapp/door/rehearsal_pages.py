"""The views of a rehearsal: begin, start over, wipe."""

from __future__ import annotations

from flask import Response, flash, url_for

from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext
from eventapp.door import rehearsal
from eventapp.door.blueprint import bp
from eventapp.events.gate import organised_event


@bp.post("/o/e/<slug>/rehearsal")
def rehearse(slug: str) -> Response:
    event = organised_event(slug)
    with transaction():
        copy = rehearsal.rehearse(event, at=clock.now())
    return htmx.done(go_to=url_for("door.links", slug=copy.slug))


@bp.post("/o/e/<slug>/rehearsal/start-over")
def start_over(slug: str) -> Response:
    event = organised_event(slug)
    with transaction():
        rehearsal.wipe_rehearsal(event)
        copy = rehearsal.rehearse(event, at=clock.now())
    flash(gettext("Everybody is outside again. Door links have to be made anew."))
    return htmx.done(go_to=url_for("door.links", slug=copy.slug))


@bp.post("/o/e/<slug>/rehearsal/wipe")
def wipe(slug: str) -> Response:
    event = organised_event(slug)
    with transaction():
        rehearsal.wipe_rehearsal(event)
    flash(gettext("The rehearsal is wiped. The event's own list is as it was."))
    return htmx.done(go_to=url_for("door.links", slug=slug))
