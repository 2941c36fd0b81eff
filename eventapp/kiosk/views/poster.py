"""The poster, as its organisers put it up, print and renew it."""

from __future__ import annotations

from flask import Response, flash, url_for

from eventapp.communities.gate import record
from eventapp.core import htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import force_locale, gettext, language
from eventapp.core.links import absolute
from eventapp.events.gate import organised_event
from eventapp.kiosk import actions
from eventapp.kiosk.views.blueprint import bp
from eventapp.model import AuditVerb


@bp.get("/o/e/<slug>/poster")
def poster(slug: str) -> Response:
    event = organised_event(slug)
    address = absolute("kiosk.here", secret=event.poster_secret) if event.poster_secret else None
    return htmx.show(
        "kiosk/poster.html",
        fragment="kiosk/_poster.html",
        event=event,
        address=address,
        words=[_words(spoken) for spoken in dict.fromkeys((event.community.language, "en"))],
    )


def _words(spoken: str) -> dict[str, str]:
    """What a poster says, in a language of those who stand before it."""
    with force_locale(spoken):
        return {
            "lang": language(),
            "heading": gettext("Check yourself in"),
            "how": gettext("Point your phone’s camera here."),
        }


@bp.post("/o/e/<slug>/poster")
def put_up_poster(slug: str) -> Response:
    event = organised_event(slug)
    had_one = event.poster_secret is not None
    with transaction():
        actions.put_up_poster(event)
        record(AuditVerb.POSTER_PUT_UP, event)
    if had_one:
        flash(gettext("It has a new code. Those that were printed before lead nowhere now."))
    return htmx.done(go_to=url_for("kiosk.poster", slug=slug))


@bp.post("/o/e/<slug>/poster/take-down")
def take_down_poster(slug: str) -> Response:
    event = organised_event(slug)
    with transaction():
        if actions.take_down_poster(event):
            record(AuditVerb.POSTER_TAKEN_DOWN, event)
    flash(gettext("The poster leads nowhere now."))
    return htmx.done(go_to=url_for("kiosk.poster", slug=slug))
