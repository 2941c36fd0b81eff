"""A person's own events as a feed: read at a secret address, which they make, renew and end."""

from __future__ import annotations

from flask import Response, url_for

from eventapp.account import gate
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import force_locale, gettext
from eventapp.events.queries import personal_feed_text
from eventapp.model import Person
from eventapp.rsvp import actions, queries
from eventapp.rsvp.views import bp


@bp.get("/my-events/<key>/calendar.ics")
def personal_feed(key: str) -> Response:
    """Who has the address reads it: a calendar cannot sign in."""
    person, at = queries.personal_feed_by_key(key).person, clock.now()
    with force_locale(person.language):
        text = personal_feed_text(
            queries.rsvps_of_feed(person, at), name=gettext("My events"), at=at
        )
    return Response(text, content_type="text/calendar; charset=utf-8")


@bp.post("/me/calendar")
def make_personal_feed() -> Response:
    """Make a new address. One that was there leads nowhere any more."""
    person = gate.require_person()
    with transaction():
        actions.make_personal_feed(person, at=clock.now())
    return _show(person)


@bp.post("/me/calendar/end")
def end_personal_feed() -> Response:
    person = gate.require_person()
    with transaction():
        actions.end_personal_feed(person)
    return _show(person)


def _show(person: Person) -> Response:
    return htmx.done(
        fragment="rsvp/_personal_feed.html",
        go_to=url_for("me.me", _anchor="calendar"),
        feed=queries.personal_feed_of(person),
    )
