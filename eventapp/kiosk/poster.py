"""/o/e/<event>/poster: the poster on the wall, whose code guests scan to check themselves in."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import found, lock, transaction
from eventapp.core.i18n import force_locale, gettext, language
from eventapp.core.links import absolute, new_secret
from eventapp.events.gate import organised_event
from eventapp.kiosk.tablet import bp
from eventapp.model import AuditVerb, Event
from eventapp.ui import formats


def event_of_poster(secret: str) -> Event:
    """The event on whose poster this code is. Raises NotFound."""
    return found(
        select(Event).where(Event.poster_secret == secret).options(joinedload(Event.community))
    )


def make_poster(event: Event) -> None:
    """Give the event's poster a new code. Posters printed before stop working at once."""
    event.poster_secret = new_secret()


def remove_poster(event: Event) -> bool:
    """Remove the code, so that posters stop working. Returns whether there was one."""
    lock(event)
    had_one = event.poster_secret is not None
    event.poster_secret = None
    return had_one


@bp.get("/o/e/<slug>/poster")
def poster(slug: str) -> Response:
    event = organised_event(slug)
    address = absolute("kiosk.here", secret=event.poster_secret) if event.poster_secret else None
    return htmx.show(
        "kiosk/poster.html",
        fragment="kiosk/_poster.html",
        event=event,
        address=address,
        words=[_words(event, spoken) for spoken in dict.fromkeys((event.community.language, "en"))],
    )


def _words(event: Event, spoken: str) -> dict[str, Any]:
    """The poster's text in one language."""
    at, now = event.starts_at, clock.now()
    with force_locale(spoken):
        hours = formats.span(at, event.ends_at, event.tz, now)
        return {
            "lang": language(),
            "when": f"{formats.day(at, event.tz, now)}, {hours}",
            "heading": gettext("Check yourself in"),
            "steps": [
                gettext("Point your phone's camera at the code, and open the page."),
                gettext(
                    "Type your name, and the last four characters before the @ of your email: "
                    "for ana27@example.org, na27."
                ),
                gettext("Press “I'm here”, and come in."),
            ],
        }


@bp.post("/o/e/<slug>/poster")
def put_up_poster(slug: str) -> Response:
    event = organised_event(slug)
    had_one = event.poster_secret is not None
    with transaction():
        make_poster(event)
        record(AuditVerb.POSTER_PUT_UP, event)
    if had_one:
        flash(gettext("It has a new code. Those that were printed before lead nowhere now."))
    return htmx.done(go_to=url_for("kiosk.poster", slug=slug))


@bp.post("/o/e/<slug>/poster/take-down")
def take_down_poster(slug: str) -> Response:
    event = organised_event(slug)
    with transaction():
        if remove_poster(event):
            record(AuditVerb.POSTER_TAKEN_DOWN, event)
    flash(gettext("The poster leads nowhere now."))
    return htmx.done(go_to=url_for("kiosk.poster", slug=slug))
