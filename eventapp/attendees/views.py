"""/e/<event>/people: the attendees whom this viewer may see."""

from __future__ import annotations

from flask import Blueprint, Response

from eventapp.account import gate
from eventapp.attendees import queries
from eventapp.attendees.gate import asked
from eventapp.core import clock, htmx
from eventapp.events.queries import published_event
from eventapp.model import Event

bp = Blueprint("attendees", __name__, cli_group=None)


@bp.app_template_global()
def who_comes(event: Event) -> queries.WhoComes:
    """For the event's page, which stands further up the list of features."""
    viewer = queries.viewer_of(event, gate.person())
    return queries.who_comes(event, viewer, at=clock.now())


@bp.get("/e/<slug>/people")
def people(slug: str) -> Response:
    event, ask, now = published_event(slug), asked(), clock.now()
    viewer = queries.viewer_of(event, gate.person())
    rows = queries.listed(event, viewer, typed=ask.typed, limit=ask.limit, offset=ask.offset)
    return htmx.show(
        "attendees/people.html",
        fragment="attendees/_people.html",
        event=event,
        viewer=viewer,
        q=ask.typed,
        guests=ask.shown(rows),
        next_page=ask.next_page(rows),
        count=0 if ask.typed else queries.count_listed(event, viewer),
        counted_most=queries.COUNTED_MOST,
        shown_to=queries.shown_to,
        now=now,
        is_over=event.ends_at <= now,
    )
