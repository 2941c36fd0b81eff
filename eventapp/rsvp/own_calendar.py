"""/r/<key>/calendar.ics: the event for a guest's own calendar, with what who is going is told."""

from __future__ import annotations

from flask import Response

from eventapp.core import clock
from eventapp.core.errors import NotFound
from eventapp.events.queries import CALENDAR_TYPE, calendar_text
from eventapp.rsvp import queries
from eventapp.rsvp.views import bp


@bp.get("/r/<key>/calendar.ics")
def calendar(key: str) -> Response:
    """The same entry as in the public file, which it replaces."""
    rsvp = queries.rsvp_by_key(key)
    if rsvp.event.published_at is None:
        raise NotFound
    written = calendar_text(rsvp.event, at=clock.now(), rsvp=rsvp)
    response = Response(written, content_type=CALENDAR_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename=f"{rsvp.event.slug}.ics")
    return response
